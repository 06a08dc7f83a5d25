/**
 * Looks at a server from outside, over HTTP alone, while clients of its own change and read it, and
 * says what does not fit together. It knows nothing of how Holdfast works inside: what it needs to
 * know of a server stands in a {@link dev.holdfast.verify.Shape}.
 *
 * <p>The rule for every check: an answer is compared with what was answered before the request was
 * sent. What went on at the same time may show in it or not, so that a right server is never
 * blamed.
 */
package dev.holdfast.verify;
