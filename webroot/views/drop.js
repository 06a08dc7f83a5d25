// @ts-check
import { h, setHidden } from '../dom.js';
import { texts } from '../texts.js';

/** Makes the whole page a place to drop files on. @param {(files: File[]) => void} onFiles */
export function acceptDrops(onFiles) {
  const overlay = h('div', { class: 'drop-overlay', hidden: true, 'aria-hidden': 'true' }, h('p', {}, texts.drop));
  document.body.append(overlay);
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setHidden(overlay, false);
  });
  addEventListener('dragleave', (event) => event.relatedTarget === null && setHidden(overlay, true));
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setHidden(overlay, true);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  });
}
