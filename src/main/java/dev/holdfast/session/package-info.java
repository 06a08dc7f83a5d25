/**
 * What a session is, which events a command causes, and the owner that applies them.
 *
 * <p>Contract: plain Java on one thread. No I/O, no clock, no randomness; time and ids arrive as
 * values, so that a seed reproduces any run. Nothing here depends on another package.
 */
package dev.holdfast.session;
