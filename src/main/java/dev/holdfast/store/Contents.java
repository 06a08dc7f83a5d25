package dev.holdfast.store;

import dev.holdfast.session.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Where the PDFs are. Blocking. */
interface Contents {

  /** Whether keeping a document needs nothing of the writer's connection. */
  boolean keepsBesideAppends();

  /** Keeps an uploaded file, which is taken away, with its text. */
  void keep(Document document, Path uploaded, List<String> pages) throws IOException, SQLException;

  /** A local file with the PDF of a known document. */
  Path content(Document document) throws IOException, SQLException;

  /** Lets go of a document whose purge is in the journal. */
  void drop(String documentId) throws IOException;
}
