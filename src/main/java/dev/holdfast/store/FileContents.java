package dev.holdfast.store;

import dev.holdfast.session.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** PDFs as files of the data directory, their text in the database. */
final class FileContents implements Contents {
  private final DataDirectory directory;
  private final SqliteJournal journal;

  FileContents(DataDirectory directory, SqliteJournal journal) {
    this.directory = directory;
    this.journal = journal;
  }

  @Override
  public boolean keepsBesideAppends() {
    return false;
  }

  @Override
  public void keep(Document document, Path uploaded, List<String> pages)
      throws IOException, SQLException {
    directory.keep(uploaded, document.id());
    journal.insertPages(document.id(), pages);
  }

  @Override
  public Path content(Document document) {
    return directory.document(document.id());
  }

  @Override
  public void drop(String documentId) throws IOException {
    directory.drop(documentId);
  }
}
