package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShippedQuestionSetsTest {

  @Test
  void bidSpecAsksAboutAHundredQuestionsInTenSections() throws IOException {
    QuestionSet set = shipped("bid-spec");

    assertThat(set.title()).isEqualTo("Bid specification");
    assertThat(set.sections())
        .extracting(QuestionSet.Section::name)
        .containsExactly(
            "General information",
            "Materials and standards",
            "Installation",
            "Testing",
            "Safety",
            "Equipment",
            "Warranty and closeout",
            "Special conditions",
            "Pricing and payment",
            "Qualifications");
    assertThat(set.questions()).hasSizeBetween(95, 105);
    assertIsWellFormed(set);
  }

  @Test
  void generalFitsAnyDocument() throws IOException {
    QuestionSet set = shipped("general");

    assertThat(set.title()).isEqualTo("Any document");
    assertThat(set.sections())
        .extracting(QuestionSet.Section::name)
        .containsExactly(
            "The document and its parties", "Content and obligations", "Risks and contact");
    assertThat(set.questions()).hasSizeBetween(8, 14);
    assertIsWellFormed(set);
  }

  @Test
  void theAnswersOfTheSampleAreToQuestionsOfBidSpec() throws IOException {
    List<String> ids = ids(shipped("bid-spec"));

    try (InputStream in = getClass().getResourceAsStream("/sample/answers.tsv")) {
      String answers = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answers.lines().map(line -> line.split("\t")[0]).toList())
          .doesNotHaveDuplicates()
          .allSatisfy(id -> assertThat(ids).contains(id));
    }
  }

  private static void assertIsWellFormed(QuestionSet set) {
    assertThat(set.version()).isEqualTo(1);
    assertThat(ids(set)).doesNotHaveDuplicates();
    assertThat(set.questions()).extracting(QuestionSet.Question::text).doesNotHaveDuplicates();
    assertThat(set.questions()).allSatisfy(question -> assertThat(question.text()).endsWith("?"));
  }

  private static List<String> ids(QuestionSet set) {
    return set.questions().stream().map(QuestionSet.Question::id).toList();
  }

  private static QuestionSet shipped(String name) throws IOException {
    try (InputStream in =
        ShippedQuestionSetsTest.class.getResourceAsStream("/question-sets/" + name + ".json")) {
      QuestionSet set = new ObjectMapper().readValue(in, QuestionSet.class);
      assertThat(set.name()).isEqualTo(name);
      return set;
    }
  }
}
