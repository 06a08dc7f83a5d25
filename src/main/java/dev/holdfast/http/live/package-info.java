/**
 * The stream: durable steps of the state as frames for browsers.
 *
 * <p>Contract: a frame starts where the last one of the same stream ended, or a reset comes first;
 * a slow reader costs a bounded amount of memory and nobody else's time.
 */
package dev.holdfast.http.live;
