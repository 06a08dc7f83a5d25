/**
 * Routes, public JSON, problems, access and the page.
 *
 * <p>Contract: decides nothing about sessions; a request becomes a command or query, its answer
 * becomes JSON. May use session, bus, the reads and documents of store, and vertx-web.
 */
package dev.holdfast.http;
