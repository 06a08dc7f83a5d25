package dev.holdfast.http.legacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.holdfast.session.Counts;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.SessionState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The shapes of the old application; names and types are as its pages read them. */
final class LegacyView {
  private LegacyView() {}

  /**
   * @param truncated true when older sessions are left out; else absent
   */
  record SessionList(
      boolean success,
      Summary summary,
      Groups sessions,
      Diagnostics diagnostics,
      @JsonInclude(JsonInclude.Include.NON_NULL) Boolean truncated) {}

  record Summary(
      @JsonProperty("total_sessions") int total,
      @JsonProperty("active_count") int active,
      @JsonProperty("completed_count") int completed,
      @JsonProperty("partial_count") int partial,
      @JsonProperty("legacy_count") int legacy) {
    static Summary of(Counts counts) {
      return new Summary(
          counts.total(),
          counts.queued() + counts.running(),
          counts.completed(),
          counts.partial() + counts.failed(),
          0);
    }
  }

  record Groups(List<Item> active, List<Item> completed, List<Item> partial, List<Item> legacy) {}

  /**
   * @param uptime in seconds
   */
  record Diagnostics(String owner, long revision, String journal, long uptime) {}

  record Item(
      @JsonProperty("session_id") String id,
      String status,
      @JsonProperty("pdf_filename") String filename,
      @JsonProperty("pdf_path") String path,
      @JsonProperty("config_path") String config,
      @JsonProperty("started_at") Instant startedAt,
      @JsonProperty("completed_at") Instant completedAt,
      @JsonProperty("stopped_at") Instant stoppedAt,
      @JsonProperty("questions_answered") int answered,
      @JsonProperty("total_pages") int pages,
      @JsonProperty("total_tokens") long tokens,
      @JsonProperty("processing_time") double seconds,
      @JsonInclude(JsonInclude.Include.NON_NULL) String error) {

    static Item of(Session session) {
      SessionState state = session.state();
      boolean stopped = state == SessionState.PARTIAL || state == SessionState.FAILED;
      return new Item(
          session.id(),
          state.isActive() ? "active" : state.label(),
          session.document() == null ? session.title() : session.document().filename(),
          session.document() == null ? null : "documents/" + session.document().id(),
          session.questionSet().name() + "@" + session.questionSet().version(),
          session.startedAt() == null ? session.createdAt() : session.startedAt(),
          state == SessionState.COMPLETED ? session.endedAt() : null,
          stopped ? session.endedAt() : null,
          session.progress().answered(),
          LegacyView.pages(session),
          session.statistics().tokens(),
          LegacyView.seconds(session),
          session.error() == null ? null : session.error().message());
    }
  }

  private static int pages(Session session) {
    return session.document() == null ? 0 : session.document().pages();
  }

  private static double seconds(Session session) {
    return Math.max(0, session.durationMillis()) / 1_000.0;
  }

  /**
   * @param partial true unless the session is completed; else absent
   */
  record Results(
      boolean success,
      @JsonInclude(JsonInclude.Include.NON_NULL) Boolean partial,
      Result result,
      Statistics statistics) {
    static Results of(Query.Results results) {
      Session session = results.session();
      return new Results(
          true,
          session.state() == SessionState.COMPLETED ? null : true,
          Result.of(results),
          Statistics.of(session));
    }
  }

  record Result(
      List<Section> sections,
      @JsonProperty("document_name") String document,
      @JsonProperty("total_pages") int pages,
      @JsonProperty("questions_answered") int answered,
      @JsonProperty("total_questions") int total) {
    static Result of(Query.Results results) {
      Session session = results.session();
      List<Section> sections =
          results.table().questions().sections().stream()
              .map(
                  section ->
                      new Section(
                          section.id(),
                          section.name(),
                          section.questions().stream()
                              .map(question -> Question.of(question, results))
                              .toList()))
              .toList();
      return new Result(
          sections,
          session.document() == null ? session.title() : session.document().filename(),
          LegacyView.pages(session),
          session.progress().answered(),
          session.questionSet().questions());
    }
  }

  record Section(
      @JsonProperty("section_id") String id,
      @JsonProperty("section_name") String name,
      List<Question> questions) {}

  record Question(
      @JsonProperty("question_id") String id,
      String question,
      String answer,
      @JsonProperty("page_citations") List<Integer> pages,
      Double confidence,
      String footnote) {
    static Question of(QuestionSet.Question question, Query.Results results) {
      Row row = results.table().row(question.id());
      return new Question(
          question.id(),
          question.text(),
          row.answer() == null ? "" : row.answer(),
          row.pages(),
          row.confidence(),
          row.footnote());
    }
  }

  record Statistics(
      @JsonProperty("processing_time") double seconds,
      @JsonProperty("total_tokens") long tokens,
      @JsonProperty("estimated_cost") String cost,
      @JsonProperty("questions_answered") int answered,
      @JsonProperty("total_questions") int total,
      @JsonProperty("average_confidence") String confidence) {
    static Statistics of(Session session) {
      Double cost = session.statistics().costUsd();
      Double average = session.progress().averageConfidence();
      return new Statistics(
          LegacyView.seconds(session),
          session.statistics().tokens(),
          String.format(Locale.ROOT, "$%.4f", cost == null ? 0 : cost),
          session.progress().answered(),
          session.questionSet().questions(),
          Math.round((average == null ? 0 : average) * 100) + "%");
    }
  }

  record Missing(boolean success, String error, String message) {}

  record Stopped(boolean success, String message, String status) {}
}
