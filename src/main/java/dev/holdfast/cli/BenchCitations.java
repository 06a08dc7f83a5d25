package dev.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.analysis.PdfReader;
import dev.holdfast.analysis.PlainRanking;
import dev.holdfast.analysis.Retrieval;
import dev.holdfast.analysis.UnreadablePdf;
import dev.holdfast.session.QuestionSet.Question;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how often the built-in analyzer cites a page that holds the evidence. */
@Command(
    name = "citations",
    description = "Measures how often a page with the evidence is among the cited ones.",
    mixinStandardHelpOptions = true)
public final class BenchCitations implements Callable<Integer> {
  private static final int INVALID = 2;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "questions.jsonl (id, document, question, evidence[{page}]) and the PDFs.")
  private Path data;

  @Spec private CommandSpec spec;

  private record Case(String document, Question question, Set<Integer> evidence) {}

  /** What one question came to; {@code confidence} is null when nothing was found. */
  private record Outcome(
      Set<Integer> evidence, List<Integer> cited, List<Integer> plain, Double confidence) {}

  private int pages;
  private long answerNanos;
  private final List<Outcome> outcomes = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Map<String, List<Case>> cases;
    try {
      cases = readCases();
    } catch (IOException | IllegalArgumentException e) {
      err.println("cannot read " + data.resolve("questions.jsonl") + ": " + e.getMessage());
      return INVALID;
    }
    try (PdfReader reader = new PdfReader()) {
      for (Map.Entry<String, List<Case>> document : cases.entrySet()) {
        ask(reader.read(data.resolve(document.getKey())), document.getValue());
      }
    } catch (UnreadablePdf e) {
      err.println("a document in " + data + " cannot be read: " + e.getMessage());
      return INVALID;
    }
    print(spec.commandLine().getOut(), cases.size());
    return 0;
  }

  private Map<String, List<Case>> readCases() throws IOException {
    if (!Files.isDirectory(data)) {
      throw new IOException(data + " is not a directory");
    }
    ObjectMapper json = new ObjectMapper();
    Map<String, List<Case>> cases = new LinkedHashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(data.resolve("questions.jsonl"))) {
      number++;
      if (!line.isBlank()) {
        Case one = caseOf(json.readTree(line), number);
        cases.computeIfAbsent(one.document(), name -> new ArrayList<>()).add(one);
      }
    }
    if (cases.isEmpty()) {
      throw new IOException("it has no questions");
    }
    return cases;
  }

  private Case caseOf(JsonNode line, int number) throws IOException {
    String document = line.path("document").asText();
    String question = line.path("question").asText();
    Set<Integer> evidence = new TreeSet<>();
    line.path("evidence").forEach(item -> evidence.add(item.path("page").asInt()));
    if (question.isBlank() || evidence.isEmpty()) {
      throw new IOException("line " + number + " needs question and evidence[].page");
    }
    if (!Files.isRegularFile(data.resolve(document))) {
      throw new IOException("line " + number + " names no file here: " + document);
    }
    return new Case(document, new Question("q" + number, question), evidence);
  }

  private void ask(List<String> text, List<Case> cases) {
    pages += text.size();
    try (Retrieval retrieval = Retrieval.over(text);
        PlainRanking plain = PlainRanking.over(text)) {
      for (Case one : cases) {
        long start = System.nanoTime();
        Row row = retrieval.answer(one.question(), 1);
        answerNanos += System.nanoTime() - start;
        List<Integer> baseline = plain.pages(one.question().text(), Row.PAGES_MAX);
        Double confidence = row.status() == RowStatus.ANSWERED ? row.confidence() : null;
        outcomes.add(new Outcome(one.evidence(), row.pages(), baseline, confidence));
      }
    }
  }

  private void print(PrintWriter out, int documents) {
    long notFound = outcomes.stream().filter(outcome -> outcome.confidence() == null).count();
    out.printf("%-22s %9d%n", "questions", outcomes.size());
    out.printf("%-22s %9d%n", "documents", documents);
    out.printf("%-22s %9d%n", "pages", pages);
    out.printf("%-22s %9d%n", "not found", notFound);
    out.printf("%-22s %9.1f%n%n", "ms per question", answerNanos / 1e6 / outcomes.size());
    out.printf("%-22s %9s %9s %9s%n", "evidence among first", "1", "3", "5");
    printHits(out, "retrieval", outcomes.stream().map(Outcome::cited).toList());
    printHits(out, "plain page BM25", outcomes.stream().map(Outcome::plain).toList());
    out.printf("%n%-22s %9s %9s %9s%n", "confidence", "questions", "mean", "hit at 5");
    printReliability(out, 0, 0.6);
    printReliability(out, 0.6, 0.8);
    printReliability(out, 0.8, 1.01);
    out.flush();
  }

  private void printHits(PrintWriter out, String name, List<List<Integer>> cited) {
    out.printf(
        "%-22s %9.3f %9.3f %9.3f%n", name, share(cited, 1), share(cited, 3), share(cited, 5));
  }

  private double share(List<List<Integer>> cited, int first) {
    int hits = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      hits += isHit(outcomes.get(i).evidence(), cited.get(i), first) ? 1 : 0;
    }
    return (double) hits / outcomes.size();
  }

  private static boolean isHit(Set<Integer> evidence, List<Integer> cited, int first) {
    return cited.stream().limit(first).anyMatch(evidence::contains);
  }

  private void printReliability(PrintWriter out, double from, double below) {
    List<Outcome> some =
        outcomes.stream()
            .filter(outcome -> outcome.confidence() != null)
            .filter(outcome -> outcome.confidence() >= from && outcome.confidence() < below)
            .toList();
    double mean = some.stream().mapToDouble(Outcome::confidence).average().orElse(0);
    long hits = some.stream().filter(o -> isHit(o.evidence(), o.cited(), Row.PAGES_MAX)).count();
    out.printf(
        "%-22s %9d %9.2f %9.2f%n",
        String.format("%.2f to %.2f", from, Math.min(1, below)),
        some.size(),
        mean,
        some.isEmpty() ? 0 : (double) hits / some.size());
  }
}
