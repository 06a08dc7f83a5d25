/**
 * Journal, documents and reads: the only SQL.
 *
 * <p>Contract: an append is one transaction that checks the owner's epoch; whatever a method
 * returns is durable. May use session, JDBC, Flyway, Jackson and the executors of Vert.x.
 */
package dev.holdfast.store;
