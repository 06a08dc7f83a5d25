/**
 * Measures Holdfast against a floor: the least that anything doing the same would have to do.
 *
 * <p>Contract: floor and Holdfast are measured in turns in one run, because only their ratio means
 * something on another machine. Everything stays on loopback and ends by itself.
 */
package dev.holdfast.bench;
