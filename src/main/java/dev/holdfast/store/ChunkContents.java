package dev.holdfast.store;

import dev.holdfast.session.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * PDFs in chunks in the database, where every node can read them; the data directory keeps copies
 * of those that were asked for.
 */
final class ChunkContents implements Contents {
  private static final int CHUNK_BYTES = 256 << 10;
  private static final String COLUMNS = "document_id, place, bytes";
  private static final String UPSERT =
      Sql.insert("document_chunk", COLUMNS) + Sql.orReplace(COLUMNS, 2);

  private final PostgresConnections connections;
  private final DataDirectory copies;

  ChunkContents(PostgresConnections connections, DataDirectory copies) {
    this.connections = connections;
    this.copies = copies;
  }

  @Override
  public boolean keepsBesideAppends() {
    return true;
  }

  @Override
  public void keep(Document document, Path uploaded, List<String> pages)
      throws IOException, SQLException {
    try (Connection connection = connections.openPatient();
        InputStream content = Files.newInputStream(uploaded)) {
      connection.setAutoCommit(false);
      byte[] chunk = content.readNBytes(CHUNK_BYTES);
      for (long place = 0; chunk.length > 0; place++) {
        Sql.run(connection, UPSERT, document.id(), place, chunk);
        chunk = content.readNBytes(CHUNK_BYTES);
      }
      DocumentPages.insert(connection, document.id(), pages);
      connection.commit();
    }
    copies.keep(uploaded, document.id());
  }

  @Override
  public Path content(Document document) throws IOException, SQLException {
    Path copy = copies.document(document.id());
    if (!Files.exists(copy)) {
      fetch(document, copy);
    }
    return copy;
  }

  private void fetch(Document document, Path copy) throws IOException, SQLException {
    Path part = Files.createTempFile(copies.uploads(), "copy", ".pdf");
    try (Connection connection = connections.openPatient();
        OutputStream out = Files.newOutputStream(part)) {
      // Chunk by chunk: the driver would hold the whole document otherwise.
      connection.setAutoCommit(false);
      Sql.each(
          connection,
          "SELECT bytes FROM document_chunk WHERE document_id = ? ORDER BY place",
          r -> write(out, r.getBytes(1)),
          document.id());
    }
    Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void drop(String documentId) throws IOException {
    copies.drop(documentId);
  }
}
