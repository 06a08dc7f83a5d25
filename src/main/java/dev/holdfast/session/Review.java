package dev.holdfast.session;

import java.time.Instant;
import java.util.List;

/**
 * What a person said of a row; the answer of the analyzer stays beside it.
 *
 * @param correctedAnswer null unless corrected; at most {@link Row#ANSWER_MAX} characters
 * @param correctedPages 1-based, best first, distinct, at most {@link Row#PAGES_MAX}
 * @param reason what the person gave as reason, or null
 * @param by who said so
 * @param revision of the event that holds it
 */
public record Review(
    Verdict verdict,
    String correctedAnswer,
    List<Integer> correctedPages,
    String reason,
    String by,
    Instant at,
    long revision) {}
