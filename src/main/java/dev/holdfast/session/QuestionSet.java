package dev.holdfast.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A versioned list of sections and questions; a stored version never changes.
 *
 * @param name lower-case letters, digits and hyphens, 1 to 64 characters
 * @param version 1 for the first; 0 while it has not been stored
 */
public record QuestionSet(String name, int version, String title, List<Section> sections) {

  public static final int QUESTIONS_MAX = 5_000;
  public static final int ID_MAX = 64;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** A heading and the questions under it. */
  public record Section(String id, String name, List<Question> questions) {
    public Section {
      checkId("sections.id", id);
      Check.text("sections.name", name, 1, 200);
      if (questions == null) {
        throw new IllegalArgumentException("section " + id + " has no questions");
      }
      questions = List.copyOf(questions);
    }
  }

  /** One question, named uniquely within its set. */
  public record Question(String id, String text) {
    public Question {
      checkId("questions.id", id);
      Check.text("questions.text", text, 1, 2_000);
    }
  }

  public QuestionSet {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be 1 to 64 lower-case letters, digits and hyphens");
    }
    Check.range("version", version, 0, Integer.MAX_VALUE);
    Check.optionalText("title", title, 200);
    title = title == null ? name : title;
    if (sections == null) {
      throw new IllegalArgumentException("sections is missing");
    }
    sections = List.copyOf(sections);
    Check.count("sections", sections.size(), 1, 500);
    requireUniqueIds(sections);
  }

  private static void requireUniqueIds(List<Section> sections) {
    Map<String, Boolean> sectionIds = new HashMap<>();
    Map<String, Boolean> questionIds = new HashMap<>();
    for (Section section : sections) {
      requireNew(sectionIds, "section", section.id());
      for (Question question : section.questions()) {
        requireNew(questionIds, "question", question.id());
      }
    }
    Check.count("questions", questionIds.size(), 1, QUESTIONS_MAX);
  }

  private static void requireNew(Map<String, Boolean> seen, String kind, String id) {
    if (seen.put(id, true) != null) {
      throw new IllegalArgumentException("two " + kind + "s have the id " + id);
    }
  }

  private static void checkId(String name, String id) {
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          name + " must be 1 to 64 letters, digits, dots, hyphens and underscores");
    }
  }

  /** All questions in the order of the table. */
  public List<Question> questions() {
    List<Question> all = new ArrayList<>();
    sections.forEach(section -> all.addAll(section.questions()));
    return all;
  }

  /** The same content as another version of the set. */
  public QuestionSet withVersion(int number) {
    return new QuestionSet(name, number, title, sections);
  }
}
