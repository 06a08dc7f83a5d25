package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Creates a session: an external one runs at once, any other is queued.
 *
 * @param documentId may be null for an external one
 * @param version of the question set; 0 takes the latest
 */
public record CreateSession(
    String sessionId,
    String title,
    String analyzer,
    String documentId,
    String questionSet,
    int version,
    Map<String, String> labels)
    implements Command<Session> {
  public static final int TITLE_MAX = 200;
  public static final int LABELS_MAX = 20;
  public static final int LABEL_MAX = 100;

  /** The analyzers of this server. */
  public static final List<String> ANALYZERS = List.of("retrieval", Session.EXTERNAL);

  public CreateSession {
    Check.optionalText("title", title, TITLE_MAX);
    labels = labels == null ? Map.of() : labels;
    Check.count("labels", labels.size(), 0, LABELS_MAX);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      checkLabel(label.getKey(), label.getValue());
      if (label.getValue() == null) {
        throw new IllegalArgumentException("labels." + label.getKey() + " is missing");
      }
    }
  }

  /** A null value stands for a label that is taken away. */
  static void checkLabel(String key, String value) {
    Check.text("labels", key, 1, LABEL_MAX);
    Check.optionalText("labels." + key, value, LABEL_MAX);
  }

  @Override
  public Decision decide(View view, Instant now, Policy policy) {
    if (view.session(sessionId) != null) {
      return Accepted.unchanged();
    }
    if (view.tombstone(sessionId) != null) {
      return Refusals.session(sessionId, view.tombstone(sessionId));
    }
    if (!ANALYZERS.contains(analyzer)) {
      return new Refused(
          Refusal.UNKNOWN_ANALYZER, "analyzer must be one of " + String.join(", ", ANALYZERS));
    }
    int wanted = version == 0 ? view.latestVersion(questionSet) : version;
    if (view.questionSet(questionSet, wanted) == null) {
      return new Refused(
          Refusal.UNKNOWN_QUESTION_SET,
          "No question set of that name and version is stored; PUT it first, or choose one of"
              + " GET /api/v1/question-sets.");
    }
    boolean external = analyzer.equals(Session.EXTERNAL);
    if (documentId == null ? !external : view.document(documentId) == null) {
      return new Refused(
          Refusal.UNKNOWN_DOCUMENT,
          documentId == null
              ? "documentId is missing: upload the PDF with POST /api/v1/documents first."
              : "No document of that id is stored; upload the PDF with POST /api/v1/documents.");
    }
    Event created =
        new Event.SessionCreated(
            sessionId,
            titleOr(view),
            analyzer,
            documentId,
            questionSet,
            wanted,
            labels,
            null,
            null);
    return external
        ? Accepted.of(created, new Event.SessionStarted(sessionId, 1))
        : Accepted.of(created);
  }

  private String titleOr(View view) {
    if (title != null && !title.isBlank()) {
      return title;
    }
    if (documentId == null) {
      return questionSet;
    }
    String filename = view.document(documentId).filename();
    if (filename.length() <= TITLE_MAX) {
      return filename;
    }
    boolean insidePair = Character.isHighSurrogate(filename.charAt(TITLE_MAX - 1));
    return filename.substring(0, insidePair ? TITLE_MAX - 1 : TITLE_MAX);
  }

  @Override
  public Session subject(View view) {
    return view.session(sessionId);
  }
}
