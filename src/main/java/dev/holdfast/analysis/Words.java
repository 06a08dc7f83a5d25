package dev.holdfast.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Text as the index sees it: lower case, stemmed, without the commonest words; FY18 is 2018. */
final class Words {
  static final Analyzer ANALYZER =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          return components();
        }
      };

  private static final Pattern LONG_YEAR = Pattern.compile("^fy(\\d{4})$");
  private static final Pattern SHORT_YEAR = Pattern.compile("^fy(\\d{2})$");

  // Porter's rules give these the stem of another word: liquidated damages are not liquidity.
  private static final CharArraySet FALSE_FRIENDS =
      new CharArraySet(
          List.of("liquidated", "liquidity", "general", "generic", "universe", "university"),
          false);

  // Words of asking and of telling how to answer: they say nothing about what is sought.
  private static final Set<String> ASKING =
      Set.copyOf(
          of(
              """
              what which who whom whose when where why how does do did has have had is are was were
              be been can could should would will shall may might must i you he she we they me us
              our my your their its there here about any some all please
              answer question following respond response give given state explain tell list describe
              identify summarize assume assuming suppose consider considering based base basing
              judgment rely relying according accordance refer referring reference using use used
              utilize utilizing information data detail shown provided plainly clearly outlined
              contained within primarily primary only best ability abilities approach formerly known apply applicable specify specified
              stipulate require required include included mention kind type asked ask need calculate
              compute extract determine define defined definition exact number reasonable
              approximation metric round decimal place unit usd dollar million billion thousand
              analyst equity research investment banking perspective standpoint access company
              business financial document report page file pdf among between from than then if one
              two three roughly many much like happen total amount value line item year end fiscal
              """));

  private Words() {}

  /** The terms of a text in order, with repetitions. */
  static List<String> of(String text) {
    List<String> terms = new ArrayList<>();
    try (TokenStream stream = ANALYZER.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return terms;
  }

  /** The distinct terms of a text in an order that never varies. */
  static Set<String> setOf(String text) {
    return new TreeSet<>(of(text));
  }

  /** Whether a term says how to answer rather than what is sought. */
  static boolean isAsking(String term) {
    return ASKING.contains(term);
  }

  private static Analyzer.TokenStreamComponents components() {
    StandardTokenizer words = new StandardTokenizer();
    TokenStream lower = new LowerCaseFilter(new EnglishPossessiveFilter(words));
    TokenStream years = new PatternReplaceFilter(lower, LONG_YEAR, "$1", false);
    years = new PatternReplaceFilter(years, SHORT_YEAR, "20$1", false);
    TokenStream telling = new StopFilter(years, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
    telling = new SetKeywordMarkerFilter(telling, FALSE_FRIENDS);
    return new Analyzer.TokenStreamComponents(words, new PorterStemFilter(telling));
  }
}
