/**
 * PDF to pages, question to answer with citations.
 *
 * <p>Contract: may use {@code session}, {@code bus}, {@code store}, PDFBox, Lucene and Vert.x. A
 * PDF is only ever parsed in a child process, because a hostile one may take any amount of memory
 * or time; what comes back is plain text. Everything here is deterministic and blocks its caller,
 * so it is called from named, bounded workers.
 */
package dev.holdfast.analysis;
