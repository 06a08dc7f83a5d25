/** The page in a real browser, against a real server in this process. */
package dev.holdfast.page;
