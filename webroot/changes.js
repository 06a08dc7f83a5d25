// @ts-check
/** @typedef {import('./types.js').Changes} Changes */

/** @returns {Changes} */
export function noChanges() {
  return { added: new Set(), touched: new Set(), removed: new Map(), moved: new Set(), tables: new Set(), rows: new Map() };
}

/**
 * Adds `more` to `sum`: several folds may happen before the next paint, and the paint shows only their end.
 * @param {Changes} sum
 * @param {Changes} more
 */
export function addChanges(sum, more) {
  for (const [id, reason] of more.removed) {
    sum.removed.set(id, reason);
    for (const set of [sum.added, sum.touched, sum.moved]) set.delete(id);
  }
  for (const id of more.added) { sum.added.add(id); sum.removed.delete(id); }
  for (const id of more.touched) sum.touched.add(id);
  for (const id of more.moved) sum.moved.add(id);
  for (const id of more.tables) sum.tables.add(id);
  for (const [id, questions] of more.rows) {
    const known = sum.rows.get(id);
    if (known) for (const question of questions) known.add(question);
    else sum.rows.set(id, new Set(questions));
  }
}
