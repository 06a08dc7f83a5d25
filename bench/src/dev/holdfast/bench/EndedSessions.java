package dev.holdfast.bench;

import dev.holdfast.session.CompleteSession;
import dev.holdfast.session.CreateSession;
import dev.holdfast.session.Document;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.ReportRows;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import dev.holdfast.session.Statistics;
import dev.holdfast.session.StoreDocument;
import dev.holdfast.session.StoreQuestionSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Sessions as over HTTP, created, answered and completed: every text is a string of its own. Titles
 * of 47 characters, 40 documents, no labels, one row.
 */
final class EndedSessions {
  private static final String SET = "retained";
  private static final int DOCUMENTS = 40;
  private static final int AT_ONCE = 500;
  private static final Row ROW =
      new Row("Q1", RowStatus.ANSWERED, "The city", List.of(1), 0.8, List.of(), null, 0);

  private final BareOwner owner;
  private final Random random = new Random(7);

  /** Stores what the sessions refer to. */
  EndedSessions(BareOwner owner) throws Exception {
    this.owner = owner;
    QuestionSet.Question question = new QuestionSet.Question("Q1", "Who owns the works?");
    QuestionSet.Section section = new QuestionSet.Section("s", "General", List.of(question));
    owner.submit(new StoreQuestionSet(new QuestionSet(SET, 0, null, List.of(section))));
    for (int i = 0; i < DOCUMENTS; i++) {
      owner.submit(new StoreDocument(document(i), true));
    }
    owner.land();
  }

  private static Document document(int number) {
    return new Document(
        String.format("%064x", number + 1), "pump-station-" + number + ".pdf", 28, 181_234);
  }

  void add(int sessions) throws Exception {
    for (int i = 0; i < sessions; i += AT_ONCE) {
      addSome(i, Math.min(AT_ONCE, sessions - i));
    }
  }

  private void addSome(int first, int count) throws Exception {
    String[] ids = new String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = new UUID(random.nextLong(), random.nextLong()).toString();
      String title = String.format("Pump station %06d, technical specification.pdf", first + i);
      String document = document((first + i) % DOCUMENTS).id();
      String analyzer = String.valueOf("external".toCharArray());
      owner.submit(new CreateSession(ids[i], title, analyzer, document, SET, 0, Map.of()));
    }
    owner.land();
    for (String id : ids) {
      owner.submit(new ReportRows(id, 1, List.of(ROW)));
    }
    owner.land();
    for (String id : ids) {
      owner.submit(new CompleteSession(id, 1, new Statistics(0, null)));
    }
    owner.land();
  }
}
