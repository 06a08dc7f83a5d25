package dev.holdfast.analysis;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Collects the highest score among the hits of each page. */
final class BestOfPage extends SimpleCollector {

  /** One collector, or several whose pages are put together. */
  record Manager(int pages, String pageField) implements CollectorManager<BestOfPage, double[]> {
    @Override
    public BestOfPage newCollector() {
      return new BestOfPage(pages, pageField);
    }

    /** The scores as shares of the highest, by index of the page. */
    @Override
    public double[] reduce(Collection<BestOfPage> collectors) {
      double[] best = new double[pages];
      for (BestOfPage collector : collectors) {
        Arrays.setAll(best, i -> Math.max(best[i], collector.best[i]));
      }
      double highest = Arrays.stream(best).max().orElse(0);
      return highest == 0 ? best : Arrays.stream(best).map(score -> score / highest).toArray();
    }
  }

  private final double[] best;
  private final String pageField;
  private NumericDocValues pageOf;
  private Scorable scorer;

  private BestOfPage(int pages, String pageField) {
    this.best = new double[pages];
    this.pageField = pageField;
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext context) throws IOException {
    pageOf = DocValues.getNumeric(context.reader(), pageField);
  }

  @Override
  public void setScorer(Scorable scorer) {
    this.scorer = scorer;
  }

  @Override
  public void collect(int doc) throws IOException {
    if (pageOf.advanceExact(doc)) {
      int page = (int) pageOf.longValue();
      best[page] = Math.max(best[page], scorer.score());
    }
  }
}
