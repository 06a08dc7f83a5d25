/**
 * Runs the one writer on Vert.x.
 *
 * <p>Contract: exactly one owner verticle is deployed, on the store whose ownership this process
 * holds; it decides nothing itself. May use session, bus, store and Vert.x.
 */
package dev.holdfast.owner;
