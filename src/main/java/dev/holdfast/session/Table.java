package dev.holdfast.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The unitary table of one session: a row for each question, immutable. */
public final class Table {
  private final Shape shape;
  private final Row[] rows;

  /** The question set with the place of each question, shared by all tables that answer it. */
  public static final class Shape {
    private final QuestionSet questions;
    private final QuestionSetRef ref;
    private final Map<String, Integer> places = new HashMap<>();

    public Shape(QuestionSet questions) {
      this.questions = questions;
      this.ref = QuestionSetRef.of(questions);
      questions.questions().forEach(question -> places.put(question.id(), places.size()));
    }

    public QuestionSet questions() {
      return questions;
    }

    public QuestionSetRef ref() {
      return ref;
    }

    boolean has(String questionId) {
      return places.containsKey(questionId);
    }
  }

  private Table(Shape shape, Row[] rows) {
    this.shape = shape;
    this.rows = rows;
  }

  public static Table empty(Shape shape) {
    return new Table(shape, new Row[shape.places.size()]);
  }

  /** A table of its own, with those rows. */
  public static Table of(QuestionSet questions, List<Row> rows) {
    return empty(new Shape(questions)).with(rows);
  }

  /**
   * This table with those rows in place of the former ones.
   *
   * @throws NullPointerException when a row answers a question that the set does not have
   */
  public Table with(Collection<Row> others) {
    Row[] next = rows.clone();
    others.forEach(row -> next[shape.places.get(row.questionId())] = row);
    return new Table(shape, next);
  }

  public QuestionSet questions() {
    return shape.questions;
  }

  boolean has(String questionId) {
    return shape.has(questionId);
  }

  /** What was reported on the question; null while it is pending. */
  public Row reported(String questionId) {
    Integer place = shape.places.get(questionId);
    Row row = place == null ? null : rows[place];
    return row == null || row.status() == RowStatus.PENDING ? null : row;
  }

  /** The row of the question, a pending one when nobody has reported on it. */
  public Row row(String questionId) {
    Integer place = shape.places.get(questionId);
    Row row = place == null ? null : rows[place];
    return row == null ? Row.pending(questionId) : row;
  }

  /** All rows that somebody has reported or reviewed, in the order of the table. */
  public List<Row> recordedRows() {
    List<Row> all = new ArrayList<>();
    for (Row row : rows) {
      if (row != null) {
        all.add(row);
      }
    }
    return all;
  }

  /** The questions that the current attempt of the session has to answer, in their order. */
  List<QuestionSet.Question> open(Session session) {
    List<QuestionSet.Question> open = new ArrayList<>(questions().questions());
    open.removeIf(question -> !session.asks(row(question.id())));
    return open;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Table table
        && shape.questions.equals(table.shape.questions)
        && Arrays.equals(rows, table.rows);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shape.questions.name(), Arrays.hashCode(rows));
  }
}
