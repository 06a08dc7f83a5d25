package dev.holdfast.http;

import dev.holdfast.session.Document;
import dev.holdfast.session.Failure;
import dev.holdfast.session.QuestionSetRef;
import dev.holdfast.session.Session;
import java.time.Instant;
import java.util.Map;

/** A session in the API. Nothing in it depends on the clock. */
record SessionView(
    String id,
    String title,
    String state,
    long revision,
    int attempt,
    String analyzer,
    Document document,
    QuestionSetRef questionSet,
    Progress progress,
    Statistics statistics,
    Map<String, String> labels,
    String createdBy,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt,
    Instant expiresAt,
    boolean pinned,
    Instant removedAt,
    String retryOf,
    String reason,
    Failure error) {

  /** How many of all questions are settled, and since when. */
  record Progress(int answered, int notFound, int total, Instant lastAt) {}

  /**
   * @param averageConfidence 0..1 of the answered rows, or null
   */
  record Statistics(Double averageConfidence, long durationMillis, long tokens, Double costUsd) {}

  static SessionView of(Session session) {
    return new SessionView(
        session.id(),
        session.title(),
        session.state().label(),
        session.revision(),
        session.attempt(),
        session.analyzer(),
        session.document(),
        session.questionSet(),
        new Progress(
            session.progress().answered(),
            session.progress().notFound(),
            session.questionSet().questions(),
            session.progress().lastAt()),
        new Statistics(
            session.progress().averageConfidence(),
            // After a resume the last report may be of the attempt before.
            Math.max(0, session.durationMillis()),
            session.statistics().tokens(),
            session.statistics().costUsd()),
        session.labels(),
        session.createdBy(),
        session.createdAt(),
        session.startedAt(),
        session.endedAt(),
        session.expiresAt(),
        session.pinned(),
        session.removedAt(),
        session.retryOf(),
        session.reason(),
        session.error());
  }
}
