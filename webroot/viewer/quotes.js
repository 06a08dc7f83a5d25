// @ts-check
/**
 * Finds quoted passages in the text of a page. Two programs that read the same page differ in white space, hyphens,
 * ligatures and quotation marks, so these do not count; letters, digits and their order do.
 */

const IGNORED = /[\s\p{Cc}\p{Cf}\p{Pd}\u2212]/u;
const MARKS = new Map([['\u2018', "'"], ['\u2019', "'"], ['\u201a', "'"], ['\u201c', '"'], ['\u201d', '"'], ['\u201e', '"'], ['\u00b4', "'"]]);

/** @param {string} text @returns {string} what of the text counts */
export function essence(text) {
  let out = '';
  for (const character of text) out += essenceOf(character);
  return out;
}

/** @param {string} character */
function essenceOf(character) {
  let out = '';
  for (const part of character.normalize('NFKC').toLowerCase()) if (!IGNORED.test(part)) out += MARKS.get(part) ?? part;
  return out;
}

/** @typedef {{piece: number, from: number, to: number}} Stretch a part of one piece of text, by UTF-16 offsets */

/** The text of a page that came in pieces, each somewhere on the page. */
export class PageText {
  /** @type {{text: string, at: {piece: number, from: number, to: number}[]}[]} one for each order of the pieces */
  #orders;

  /** @param {string[]} pieces @param {number[][]} orders of the pieces, as indexes; the first that has a quote counts */
  constructor(pieces, orders) {
    this.#orders = orders.map((order) => indexed(pieces, order));
  }

  /** @param {string} quote @returns {Stretch[]} where it stands, in order; none where it does not */
  find(quote) {
    const wanted = essence(quote);
    if (wanted === '') return [];
    for (const { text, at } of this.#orders) {
      const start = text.indexOf(wanted);
      if (start >= 0) return joined(at.slice(start, start + wanted.length));
    }
    return [];
  }
}

/** @param {string[]} pieces @param {number[]} order */
function indexed(pieces, order) {
  let text = '';
  /** @type {Stretch[]} */
  const at = [];
  for (const piece of order) {
    let from = 0;
    for (const character of pieces[piece]) {
      const to = from + character.length;
      const counted = essenceOf(character);
      text += counted;
      for (let i = 0; i < counted.length; i += 1) at.push({ piece, from, to });
      from = to;
    }
  }
  return { text, at };
}

/** @param {Stretch[]} characters @returns {Stretch[]} neighbours made into one */
function joined(characters) {
  /** @type {Stretch[]} */
  const stretches = [];
  for (const { piece, from, to } of characters) {
    const last = stretches[stretches.length - 1];
    if (last && last.piece === piece && from >= last.from) last.to = Math.max(last.to, to);
    else stretches.push({ piece, from, to });
  }
  return stretches;
}
