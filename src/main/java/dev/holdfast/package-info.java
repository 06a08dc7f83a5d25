/** The whole of Holdfast as one object. */
package dev.holdfast;
