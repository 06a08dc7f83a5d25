package dev.holdfast.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The yardstick for {@link Retrieval}: BM25 over whole pages with every term of the question, and
 * nothing else.
 */
public final class PlainRanking implements AutoCloseable {
  private static final String TEXT = "text";
  private static final String PAGE = "page";

  private final DirectoryReader reader;

  private PlainRanking(DirectoryReader reader) {
    this.reader = reader;
  }

  /** Indexes the text of a document; index 0 of the list is page 1. */
  public static PlainRanking over(List<String> pages) {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(Words.ANALYZER))) {
      for (int i = 0; i < pages.size(); i++) {
        Document page = new Document();
        page.add(new TextField(TEXT, pages.get(i), Field.Store.NO));
        page.add(new StoredField(PAGE, i + 1));
        writer.addDocument(page);
      }
      writer.commit();
      return new PlainRanking(DirectoryReader.open(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The best pages, best first, 1-based, at most {@code max}. */
  public List<Integer> pages(String question, int max) {
    Set<String> terms = new LinkedHashSet<>(Words.of(question));
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    terms.forEach(term -> query.add(new TermQuery(new Term(TEXT, term)), Occur.SHOULD));
    try {
      StoredFields stored = reader.storedFields();
      ScoreDoc[] hits = new IndexSearcher(reader).search(query.build(), max).scoreDocs;
      return Arrays.stream(hits).map(hit -> pageOf(stored, hit.doc)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int pageOf(StoredFields stored, int doc) {
    try {
      return stored.document(doc).getField(PAGE).numericValue().intValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
