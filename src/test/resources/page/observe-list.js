// Watches the list from inside the page. Every change of the document is an observation: whatever the page does between
// two of them is never painted.
() => {
  const STATES = ['queued', 'running', 'completed', 'partial', 'failed'];
  const seen = { observations: 0, added: [], removed: [], returned: [], empty: 0, faults: [], revisions: 0, connections: [] };
  const removed = new Set();
  let revision = 0;
  const rows = () => [...document.querySelectorAll('table.list tbody [data-session]')];
  const fault = (...what) => seen.faults.length < 20 && seen.faults.push(what.join(' '));
  const number = (name) => Number(document.querySelector(`[data-count=${name}]`).textContent);

  const observe = () => {
    const shown = rows();
    seen.observations += 1;
    if (shown.length === 0 || document.querySelector('table.list').hidden) seen.empty += 1;
    if (new Set(shown.map((row) => row.dataset.session)).size !== shown.length) fault('a session is listed twice');
    const now = Number(document.body.dataset.revision);
    if (now < revision) fault('revision fell from', revision, 'to', now);
    if (now > revision) seen.revisions += 1;
    revision = now;
    for (const state of STATES) {
      const listed = shown.filter((row) => row.dataset.state === state).length;
      if (number(state) !== listed) fault(state, 'is counted', number(state), 'and listed', listed, 'at revision', now);
    }
    if (number('total') !== shown.length) fault('total is', number('total'), 'for', shown.length, 'rows');
    const { connection } = document.body.dataset;
    if (!seen.connections.includes(connection)) seen.connections.push(connection);
  };

  new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.removedNodes) if (node.dataset?.session) { removed.add(node.dataset.session); seen.removed.push(node.dataset.session); }
      for (const node of record.addedNodes) {
        if (!node.dataset?.session) continue;
        seen.added.push(node.dataset.session);
        if (removed.has(node.dataset.session)) seen.returned.push(node.dataset.session);
      }
    }
    observe();
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  window.observed = seen;
}
