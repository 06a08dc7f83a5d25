// @ts-check
/** @typedef {import('./types.js').ChangesReply} ChangesReply */

/**
 * The events of a stream that say what this reply of a poll says. Polls do not bring rows, and the frame says so.
 * @param {ChangesReply} reply
 * @returns {[string, any][]}
 */
export function eventsOf(reply) {
  if (reply.reset) return [['snapshot', reply.snapshot]];
  const { revision, previous, counts } = reply;
  return [
    ...reply.sessions.map((session) => /** @type {[string, any]} */ (['session', { session }])),
    ...reply.removed.map((removed) => /** @type {[string, any]} */ (['removed', removed])),
    ['frame', { revision, previous, counts, withoutRows: true }],
  ];
}
