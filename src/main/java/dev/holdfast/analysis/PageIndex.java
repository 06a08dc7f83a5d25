package dev.holdfast.analysis;

import dev.holdfast.analysis.Inquiry.Concept;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * An in-memory BM25 index of a document at three grains: whole pages, their headings and passages.
 *
 * <p>Queries are built from terms, never parsed, so no text of a question can be syntax.
 */
final class PageIndex implements AutoCloseable {

  /** What is scored; each grain has statistics of its own. */
  enum Grain {
    PAGE,
    HEADING,
    PASSAGE
  }

  private static final String PAGE_INDEX = "index";
  private static final float PHRASE_WEIGHT = 0.7f;
  private static final float NEIGHBOURS_WEIGHT = 0.1f;
  private static final int PHRASE_SLOP = 2;

  private final int pages;
  private final IndexReader reader;
  private final IndexSearcher searcher;

  private PageIndex(int pages, IndexReader reader) {
    this.pages = pages;
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null); // the shared cache would keep readers of closed documents
  }

  static PageIndex of(List<PageLayout> layouts) {
    try {
      ByteBuffersDirectory directory = new ByteBuffersDirectory();
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(Words.ANALYZER))) {
        for (int i = 0; i < layouts.size(); i++) {
          addPage(writer, i, layouts.get(i));
        }
        writer.forceMerge(1); // one segment: the same scores whatever the memory at hand
      }
      return new PageIndex(layouts.size(), DirectoryReader.open(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addPage(IndexWriter writer, int index, PageLayout layout) throws IOException {
    Document page = new Document();
    page.add(new NumericDocValuesField(PAGE_INDEX, index));
    page.add(new TextField(Grain.PAGE.name(), layout.body(), Field.Store.NO));
    page.add(new TextField(Grain.HEADING.name(), layout.heading(), Field.Store.NO));
    writer.addDocument(page);
    for (List<String> lines : Passages.of(layout.lines())) {
      Document passage = new Document();
      passage.add(new NumericDocValuesField(PAGE_INDEX, index));
      passage.add(new TextField(Grain.PASSAGE.name(), String.join("\n", lines), Field.Store.NO));
      writer.addDocument(passage);
    }
  }

  /** The best score of each page at that grain as a share of the best page's, 0..1. */
  double[] scores(Inquiry inquiry, Grain grain) {
    return search(queryOf(inquiry, grain.name()));
  }

  /**
   * How much it says that a page mentions the concept: near 0 when all do, and most when none does.
   */
  double rarity(Concept concept) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    any.add(new TermQuery(new Term(Grain.PAGE.name(), concept.term())), Occur.SHOULD);
    concept.phrases().forEach(phrase -> any.add(phrase(Grain.PAGE.name(), phrase), Occur.SHOULD));
    return rarityOf(count(any.build()));
  }

  /** The rarity of what no page mentions; nothing has a higher one. */
  double rarityOfAbsent() {
    return rarityOf(0);
  }

  private double rarityOf(int pagesWith) {
    return Math.log(1 + (pages - pagesWith + 0.5) / (pagesWith + 0.5));
  }

  private static Query queryOf(Inquiry inquiry, String field) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (Concept concept : inquiry.concepts()) {
      query.add(new TermQuery(new Term(field, concept.term())), Occur.SHOULD);
    }
    for (List<String> pair : inquiry.neighbours()) {
      query.add(new BoostQuery(phrase(field, pair), NEIGHBOURS_WEIGHT), Occur.SHOULD);
    }
    for (List<String> phrase : inquiry.phrases()) {
      query.add(new BoostQuery(phrase(field, phrase), PHRASE_WEIGHT), Occur.SHOULD);
    }
    return query.build();
  }

  private static Query phrase(String field, List<String> terms) {
    return terms.size() == 1
        ? new TermQuery(new Term(field, terms.get(0)))
        : new PhraseQuery(PHRASE_SLOP, field, terms.toArray(String[]::new));
  }

  private double[] search(Query query) {
    try {
      return searcher.search(query, new BestOfPage.Manager(pages, PAGE_INDEX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int count(Query query) {
    try {
      return searcher.count(query);
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
