package dev.holdfast.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.session.QuestionSet.Question;
import dev.holdfast.session.Quote;
import dev.holdfast.session.Row;
import dev.holdfast.session.RowStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrievalTest {
  private static final List<String> SPECIFICATION = specification();

  @Test
  void anAnswerQuotesThePageThatHasIt() {
    Row row = ask(SPECIFICATION, "What are the liquidated damages per day?");

    assertThat(row.status()).isEqualTo(RowStatus.ANSWERED);
    assertThat(row.pages()).startsWith(4);
    assertThat(row.answer()).contains("$1,500 for each calendar day").contains("(page 4)");
    assertThat(row.confidence()).isBetween(0.3, 1.0);
    assertThat(row.attempt()).isEqualTo(2);
  }

  @Test
  void aRowOfATableIsQuotedWhole() {
    Row row = ask(SPECIFICATION, "How much were total current assets in the balance sheet?");

    assertThat(row.pages()).startsWith(9);
    assertThat(row.answer())
        .startsWith(
            "Total current assets with investments at their fair value 16,525 15,134 (page 9)");
  }

  @Test
  void otherWordsForTheSameThingAreUnderstood() {
    assertThat(ask(SPECIFICATION, "What is the LD amount?").pages()).startsWith(4);
    assertThat(ask(SPECIFICATION, "When will the NTP be issued?").pages()).startsWith(5);
    assertThat(ask(SPECIFICATION, "How much is the retainage?").pages()).startsWith(6);
  }

  @Test
  void quotesStandOnTheirPagesWordForWord() {
    for (String question : questions()) {
      Row row = ask(SPECIFICATION, question);
      for (Quote quote : row.quotes()) {
        String page = SPECIFICATION.get(quote.page() - 1).replaceAll("\\s+", " ");
        assertThat(page).contains(quote.text());
        assertThat(row.pages()).contains(quote.page());
      }
      assertThat(row.pages()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(5);
      assertThat(row.quotes().isEmpty()).isEqualTo(row.status() == RowStatus.NOT_FOUND);
    }
  }

  @Test
  void moreThanFivePagesAreNotedAndTheFiveBestCited() {
    List<String> pages = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      pages.add("Section " + i + "\n" + "Crane inspection is due weekly. ".repeat(i) + filler(i));
    }
    Row row = ask(pages, "When is crane inspection due?");

    assertThat(row.pages()).hasSize(5);
    assertThat(row.footnote()).startsWith("Also mentioned on pages ");
  }

  @Test
  void onePageIsNotSaidToBeSeveral() {
    assertThat(Retrieval.also(List.of(5))).isEqualTo("Also mentioned on page 5.");
    assertThat(Retrieval.also(List.of(5, 9))).isEqualTo("Also mentioned on pages 5, 9.");
  }

  @Test
  void thePageThatSaysMostComesFirst() {
    List<String> pages =
        List.of(
            "A crane is on site. " + filler(1),
            "Crane inspection is due weekly and inspection reports go to the engineer.",
            "Inspection of the fence. " + filler(2));

    assertThat(ask(pages, "When is crane inspection due?").pages()).startsWith(2);
  }

  @Test
  void whatTheDocumentDoesNotMentionIsNotFound() {
    // The pages share single words with the questions, as any long document does.
    List<String> cake =
        List.of(
            "Chocolate cake\nMix flour, butter and sugar. A large bowl is required.",
            "Bake for 40 minutes at 180 C. It keeps for one day; the strength is the cocoa.");

    for (String question :
        List.of(
            "What are the liquidated damages per day of delay?",
            "Is a bid bond required?",
            "Which concrete strength is specified for the footings?")) {
      Row row = ask(cake, question);
      assertThat(row.status()).as(question).isEqualTo(RowStatus.NOT_FOUND);
      assertThat(row.answer()).isNull();
      assertThat(row.pages()).isEmpty();
      assertThat(row.confidence()).isNull();
    }
    assertThat(ask(cake, "What is the dosage of ibuprofen?").footnote())
        .isEqualTo("Not in the document: dosage, ibuprofen.");
  }

  @Test
  void aQuestionThatOnlySaysHowToAnswerIsNotFound() {
    assertThat(ask(SPECIFICATION, "Please answer the following question.").status())
        .isEqualTo(RowStatus.NOT_FOUND);
    assertThat(ask(SPECIFICATION, "?").status()).isEqualTo(RowStatus.NOT_FOUND);
  }

  @Test
  void theSameQuestionAlwaysGetsTheSameRow() {
    for (String question : questions()) {
      assertThat(ask(SPECIFICATION, question)).isEqualTo(ask(SPECIFICATION, question));
    }
  }

  @Test
  void searchSyntaxInAQuestionIsJustText() {
    for (String hostile :
        List.of(
            "AND OR ( [ * ~", "\"", "a:b^9 && !c || {x TO y}", "*damages~0.1 AND NOT (", "\\")) {
      assertThat(ask(SPECIFICATION, hostile).status()).isNotEqualTo(RowStatus.PENDING);
    }
    assertThat(ask(SPECIFICATION, "liquidated AND (damages* OR [per~ day").pages()).startsWith(4);
  }

  @Test
  void theLongestQuestionAllowedIsAnswered() {
    StringBuilder question = new StringBuilder("liquidated damages per calendar day of delay ");
    for (int i = 0; question.length() < 1_990; i++) {
      question.append("w").append(i).append(' ');
    }
    Row row = ask(SPECIFICATION, question.substring(0, 2_000 - 10));

    assertThat(row.status()).isIn(RowStatus.ANSWERED, RowStatus.NOT_FOUND);
  }

  @Test
  void blankPagesAndDocumentsAreHarmless() {
    List<String> sparse = List.of("", "  \n \n", "The bid bond is five percent of the bid.", "");

    assertThat(ask(sparse, "How much is the bid bond?").pages()).containsExactly(3);
    assertThat(ask(List.of("", " "), "How much is the bid bond?").status())
        .isEqualTo(RowStatus.NOT_FOUND);
    assertThat(ask(List.of(), "How much is the bid bond?").status()).isEqualTo(RowStatus.NOT_FOUND);
  }

  @Test
  void aDocumentOfOnePageIsEnough() {
    Row row = ask(List.of("The bid bond is five percent of the bid."), "How much is the bid bond?");

    assertThat(row.status()).isEqualTo(RowStatus.ANSWERED);
    assertThat(row.answer()).isEqualTo("The bid bond is five percent of the bid. (page 1)");
  }

  @Test
  void aTableOfContentsDoesNotAnswer() {
    List<String> pages = new ArrayList<>(SPECIFICATION);
    List<String> titles =
        List.of(
            "Bids",
            "Liquidated damages, rates",
            "Liquidated damages, notices",
            "Liquidated damages, limits",
            "Start",
            "Payment",
            "Warranty");
    pages.add(0, "Contents\n" + String.join(" ........ 5\n", titles) + " ........ 9");

    assertThat(ask(pages, "Which liquidated damages apply?").pages()).startsWith(5);
  }

  @Test
  void aPageWithoutAnyBreaksIsCutIntoQuotes() {
    String wall =
        "retainage" + "x".repeat(5_000) + " retainage of ten percent " + "y ".repeat(9_000);
    Row row = ask(List.of(wall), "How much is the retainage?");

    assertThat(row.quotes()).allSatisfy(quote -> assertThat(wall).contains(quote.text().strip()));
  }

  private static Row ask(List<String> pages, String question) {
    try (Retrieval retrieval = Retrieval.over(pages)) {
      return retrieval.answer(new Question("q1", question), 2);
    }
  }

  private static List<String> questions() {
    return List.of(
        "What are the liquidated damages per day?",
        "Is a bid bond required and how much is it?",
        "What are the working hours?",
        "How much is the retainage?",
        "What is the dosage of ibuprofen?",
        "How much were total current assets?");
  }

  private static List<String> specification() {
    List<String> pages = new ArrayList<>();
    pages.add("City of Springfield\nBid specification\nBridge repair, contract 17");
    pages.add("Bids\nEach bid is accompanied by a bid bond of five percent of the bid.");
    pages.add("Insurance\nThe contractor carries commercial general liability insurance.");
    pages.add("Delay\nLiquidated damages are $1,500 for each calendar day of delay.");
    pages.add("Start\nThe notice to proceed is issued within ten days of the award.");
    pages.add("Payment\nFive percent retainage is withheld from each progress payment.");
    pages.add("Working hours\nWork is allowed from 7 a.m. to 5 p.m. on weekdays.");
    pages.add("Warranty\nThe warranty period is two years from substantial completion.");
    pages.add(
        "Consolidated Balance Sheets\nCash 4,466 4,249\nInventories at the lower of cost and market 5,622 5,261\n"
            + "Total current assets with investments at their fair value 16,525 15,134\nTotal assets 23,717 22,536");
    for (int i = 0; i < pages.size(); i++) {
      pages.set(i, "City of Springfield, page " + (i + 1) + "\n" + pages.get(i) + "\n" + filler(i));
    }
    return List.copyOf(pages);
  }

  private static String filler(int seed) {
    List<String> words =
        List.of("steel", "drawing", "bolt", "paint", "drain", "curb", "rail", "joint");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append(words.get((seed * 7 + i * 3 + i * i) % words.size()))
          .append(i % 9 == 8 ? ". " : " ");
    }
    return text.toString().strip();
  }
}
