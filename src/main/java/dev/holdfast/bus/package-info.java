/**
 * The public way to the owner: addresses, codecs and {@link dev.holdfast.bus.SessionClient}.
 *
 * <p>Contract: every request is answered or fails within its time; records are passed as they are
 * inside a JVM and as JSON on the wire. May use session, vertx-core and Jackson.
 */
package dev.holdfast.bus;
