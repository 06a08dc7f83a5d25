// @ts-check
import { fetchCode } from '../lazy.js';

/**
 * The PDF library, loaded when the first document is shown. It draws in a worker, and of it the server has only what
 * draws: no part that runs a document's scripts.
 */

const WORKER = new URL('../pdfjs/build/pdf.worker.min.mjs', import.meta.url).href;
const CHUNK_BYTES = 1 << 18;
/** Larger images are left out: what they cost in memory is not for a document to decide. */
const IMAGE_PIXELS_MAX = 1 << 26;

/** The one policy of the page, so that nothing but this script can become a worker. */
const policy = globalThis.trustedTypes?.createPolicy('holdfast', {
  createScriptURL: (/** @type {string} */ url) => {
    if (url !== WORKER) throw new TypeError('no script of this page');
    return url;
  },
});

/**
 * Opens a document of which only the parts that are looked at are fetched.
 * @param {string} url
 * @param {number} length in bytes
 * @param {(error: Error) => void} onFailure told when a part cannot be fetched
 * @returns {Promise<{lib: any, pdf: any, close: () => void}>}
 */
export async function openPdf(url, length, onFailure) {
  const lib = await fetchCode('pdfjs/build/pdf.min.mjs');
  const port = new Worker(/** @type {any} */ (policy?.createScriptURL(WORKER) ?? WORKER), { type: 'module' });
  port.addEventListener('error', () => onFailure(new Error('worker')));
  const worker = new lib.PDFWorker({ port });
  const asking = new AbortController();
  const range = rangesOf(lib, url, length, asking.signal, onFailure);
  const task = lib.getDocument({
    // why no system fonts: they would be loaded by an address, which the policy of the page forbids; those of the library come as data
    useSystemFonts: false, range, worker, rangeChunkSize: CHUNK_BYTES, disableAutoFetch: true, disableStream: true, isEvalSupported: false, enableXfa: false,
    maxImageSize: IMAGE_PIXELS_MAX, verbosity: lib.VerbosityLevel.ERRORS, cMapPacked: true,
    cMapUrl: new URL('../pdfjs/cmaps/', import.meta.url).href,
    standardFontDataUrl: new URL('../pdfjs/standard_fonts/', import.meta.url).href,
  });
  const close = () => {
    asking.abort();
    void task.destroy().catch(() => {}).finally(() => port.terminate());
  };
  try {
    return { lib, pdf: await task.promise, close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * @param {any} lib
 * @param {string} url
 * @param {number} length
 * @param {AbortSignal} signal
 * @param {(error: Error) => void} onFailure
 */
function rangesOf(lib, url, length, signal, onFailure) {
  const range = new lib.PDFDataRangeTransport(length, null);
  range.requestDataRange = async (/** @type {number} */ begin, /** @type {number} */ end) => {
    try {
      const reply = await fetch(url, { headers: { range: `bytes=${begin}-${end - 1}` }, signal });
      if (!reply.ok) throw new Error(String(reply.status));
      const bytes = new Uint8Array(await reply.arrayBuffer());
      // why: something between here and the server may answer with the whole document
      range.onDataRange(begin, reply.status === 206 ? bytes : bytes.slice(begin, end));
    } catch (error) {
      if (!signal.aborted) onFailure(/** @type {Error} */ (error));
    }
  };
  return range;
}
