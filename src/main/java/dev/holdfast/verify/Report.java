package dev.holdfast.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Tells a person, or a program, what a run came to. */
public final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LINE_MAX = 400;

  private Report() {}

  /** The table, the first violation as a timeline, and one line that says it all. */
  public static String text(Outcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%-54s %12s %11s%n", "what was checked", "compared", "violations"));
    for (Outcome.Line line : outcome.lines()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-54s %12s %11s%n",
              line.check().sentence(),
              line.compared() == 0 ? "-" : String.format(Locale.ROOT, "%,d", line.compared()),
              line.compared() == 0 && line.violations() == 0
                  ? "-"
                  : String.format(Locale.ROOT, "%,d", line.violations())));
    }
    text.append(System.lineSeparator());
    if (outcome.first() != null) {
      text.append(timeline(outcome.first())).append(System.lineSeparator());
    }
    appendNotes(text, outcome);
    return text.append(summary(outcome)).append(System.lineSeparator()).toString();
  }

  private static String summary(Outcome outcome) {
    long violations = outcome.violations();
    return String.format(
        Locale.ROOT,
        "%s in %,d operations, seed %d",
        violations == 0
            ? "no violation"
            : String.format(Locale.ROOT, "%,d violation%s", violations, violations == 1 ? "" : "s"),
        outcome.operations(),
        outcome.seed());
  }

  /** What was found, line by line in the order of time. */
  static String timeline(Violation violation) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "The first violation, of \"%s\":%n%s: %s%n%n",
            violation.check().sentence(), violation.subject(), violation.claim()));
    text.append(String.format("%11s %11s  %-11s %s%n", "sent (s)", "answered", "who", "what"));
    for (Step step : violation.timeline()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%11.6f %11.6f  %-11s %s%n",
              step.sent() / 1e9,
              step.done() / 1e9,
              step.who(),
              shortened(step.what())));
    }
    return text.toString();
  }

  private static String shortened(String what) {
    return what.length() <= LINE_MAX ? what : what.substring(0, LINE_MAX) + "…";
  }

  private static void appendNotes(StringBuilder text, Outcome outcome) {
    if (!outcome.writes()) {
      text.append(String.format("Nothing was changed: the description names no way to.%n"));
    }
    if (outcome.unanswered() > 0) {
      text.append(
          String.format(Locale.ROOT, "%,d requests were not answered.%n", outcome.unanswered()));
    }
    if (outcome.undecided() > 0) {
      text.append(
          String.format(
              Locale.ROOT, "%,d histories are too tangled to decide.%n", outcome.undecided()));
    }
  }

  /** Writes the whole of it, with the first example of each check. */
  public static void write(Outcome outcome, Path file) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    all.put("as", outcome.as())
        .put("seed", outcome.seed())
        .put("seconds", outcome.seconds())
        .put("operations", outcome.operations())
        .put("unanswered", outcome.unanswered())
        .put("sessions", outcome.sessions())
        .put("undecided", outcome.undecided())
        .put("violations", outcome.violations());
    ArrayNode checks = all.putArray("checks");
    for (Outcome.Line line : outcome.lines()) {
      ObjectNode check =
          checks
              .addObject()
              .put("check", line.check().label())
              .put("sentence", line.check().sentence())
              .put("compared", line.compared())
              .put("violations", line.violations());
      if (line.example() != null) {
        putExample(check.putObject("example"), line.example());
      }
    }
    Files.writeString(file, all.toPrettyString() + System.lineSeparator());
  }

  private static void putExample(ObjectNode example, Violation violation) {
    example.put("subject", violation.subject()).put("claim", violation.claim());
    ArrayNode timeline = example.putArray("timeline");
    for (Step step : violation.timeline()) {
      timeline
          .addObject()
          .put("sentMillis", step.sent() / 1e6)
          .put("answeredMillis", step.done() / 1e6)
          .put("who", step.who())
          .put("what", step.what());
    }
  }
}
