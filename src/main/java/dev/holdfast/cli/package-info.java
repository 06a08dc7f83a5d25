/**
 * The command line: reads the configuration and wires the parts.
 *
 * <p>Contract: the only package that knows all others.
 */
package dev.holdfast.cli;
