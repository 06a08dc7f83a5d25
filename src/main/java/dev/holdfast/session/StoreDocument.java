package dev.holdfast.session;

import dev.holdfast.session.Decision.Accepted;
import dev.holdfast.session.Decision.Refused;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes note of a document, or of one more use of a known one.
 *
 * @param kept whether the store has its content; else it must be known
 */
public record StoreDocument(Document document, boolean kept) implements Command<Document> {
  /** Uploads within that time count as one use. */
  private static final Duration USE = Duration.ofHours(1);

  @Override
  public Decision decide(View view, Instant now, Policy policy) {
    DocumentUse known = view.documentUse(document.id());
    if (known == null && !kept) {
      return new Refused(Refusal.NOT_FOUND, "The document is gone; upload it again.");
    }
    return known != null && !known.isIdleSince(now.minus(USE))
        ? Accepted.unchanged()
        : Accepted.of(new Event.DocumentStored(known == null ? document : known.document()));
  }

  @Override
  public Document subject(View view) {
    return view.document(document.id());
  }
}
