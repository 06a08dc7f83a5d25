package dev.holdfast.session;

/**
 * Which version of which question set a session answers.
 *
 * @param questions how many it has
 */
public record QuestionSetRef(String name, int version, int questions) {
  public static QuestionSetRef of(QuestionSet set) {
    return new QuestionSetRef(set.name(), set.version(), set.questions().size());
  }
}
