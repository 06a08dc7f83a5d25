/**
 * The routes of the application that Holdfast replaces, in its shapes, so that its pages keep
 * working. Every answer comes from one state, like everywhere else.
 */
package dev.holdfast.http.legacy;
