package dev.holdfast.analysis;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What askers call things and what documents call them, for finance and construction.
 *
 * <p>The table holds textbook vocabulary only: abbreviations, synonyms, the standard titles and
 * totals of financial statements, and the lines that a standard ratio is made of. Nothing in it
 * comes from a particular document or question.
 */
final class Glossary {

  /**
   * A known expression found in a question.
   *
   * @param words the expressions as they stand in the question, with spaces between
   * @param phrases what documents write for it
   */
  record Found(String words, List<String> phrases) {}

  private record Entry(Pattern pattern, List<String> phrases) {}

  /** One entry a line: a regular expression for whole words, "=>", phrases between commas. */
  private static final String TABLE =
      """
      balance sheets?|statements? of financial position => consolidated balance sheet, total assets, total liabilities, total current assets
      cash flows? statements?|statements? of cash flows? => statement of cash flows, net cash provided by operating activities, net cash used in investing activities
      income statements?|p&l(?: statements?)?|profit and loss(?: statements?)?|statements? of (?:income|operations|earnings) => consolidated statement of income, consolidated statement of operations, consolidated statement of earnings, earnings per share diluted
      cap(?:ital)?[ -]?ex(?:penditures?)? => capital expenditures, purchases of property plant and equipment, purchases of property and equipment, additions to property plant and equipment
      pp&?n?e|fixed assets? => property plant and equipment net, property and equipment net
      d&a => depreciation and amortization
      cogs|cost of (?:goods sold|sales|revenues?) => cost of goods sold, cost of sales, cost of revenue, cost of products sold
      revenues?|sales|turnover => net sales, net revenue, total revenue
      eps => earnings per share
      sg&a => selling general and administrative
      m&a => acquisitions, divestitures
      r&d => research and development
      v(?:alue[ -])?a(?:t[ -])?r(?:isk)? => value at risk
      working capital|current ratio|quick ratio|liquidity ratio => total current assets, total current liabilities
      (?:sold its |days )?inventory(?: turnover)?|dio => inventories
      inventory turnover|sold its inventory|days inventory|dio => cost of goods sold, cost of sales, cost of products sold
      fixed asset turnover|asset turnover => total revenue, net sales, total assets
      capital[ -]intensi(?:ve|ty) => capital expenditures, property plant and equipment net, total assets
      gross margins? => gross profit, gross margin, cost of products sold, cost of sales
      operating margins? => operating income, operating profit, operating margin
      ebitda => operating income, depreciation and amortization
      days payable(?: outstanding)?|dpo => accounts payable, cost of goods sold
      days sales outstanding|dso|receivables turnover => accounts receivable, net sales
      free cash flows? => net cash provided by operating activities, capital expenditures
      effective tax rate => provision for income taxes, income before income taxes
      return on assets|roa => net income, total assets
      return on equity|roe => net income, total equity
      debt[ -]to[ -]equity|leverage => long-term debt, total equity
      payout ratio => dividends paid, net income
      net income|net earnings|profits? => net income, net earnings
      legal (?:battles?|disputes?|cases?|matters?)|lawsuits?|litigation => legal proceedings, litigation
      share ?buy ?backs?|(?:stock|share) repurchases?|repurchases? of (?:stock|shares) => repurchase of common stock, share repurchase program
      stock ?holders?|share ?holders? => shareholders, stockholders
      auditors? => independent registered public accounting firm
      headcount|number of employees|workforce => employees, human capital
      q1|1q => first quarter, three months ended march
      q2|2q => second quarter, three months ended june
      q3|3q => third quarter, three months ended september
      q4|4q => fourth quarter, three months ended december
      lds?|liquidated damages|delay damages => liquidated damages, each calendar day of delay
      ntp|start date|commencement => notice to proceed, commencement
      bid (?:bond|security|guarantee) => bid bond, bid security, bid guarantee, proposal guaranty
      (?:performance|payment|surety) bonds? => performance bond, payment bond, surety
      retainage|retention => retainage, retained from progress payments
      prevailing wages?|davis[ -]bacon|wage rates? => prevailing wage, davis bacon, wage determination
      bid (?:date|deadline|opening|due date)|due date => bids will be received until, bid opening, sealed bids
      pre-?bid(?: (?:meeting|conference))?|site visit => pre-bid conference, pre-bid meeting, site visit
      rfis?|requests? for information => request for information, interpretation, clarification
      addend(?:um|a) => addenda, addendum
      submittals?|shop drawings? => submittals, shop drawings, product data
      change orders? => change order, contract modification, extra work
      completion (?:date|time|deadline)|contract (?:time|duration)|project duration => substantial completion, contract time, calendar days, working days
      [dmws]bes?|minority participation => disadvantaged business enterprise, minority business, women-owned business
      insurance => commercial general liability, certificate of insurance, workers compensation
      warrant(?:y|ies)|guarantees? => warranty, guarantee period
      differing site conditions|unforeseen conditions => differing site conditions, concealed conditions
      payment terms|progress payments? => progress payment, application for payment, net 30
      working hours|hours of work => working hours, hours of work, work hours
      permits? => permits, licenses and fees
      """;

  private static final List<Entry> ENTRIES = TABLE.lines().map(Glossary::entryOf).toList();

  private Glossary() {}

  static List<Found> findIn(String question) {
    String lower = question.toLowerCase(Locale.ROOT);
    List<Found> found = new ArrayList<>();
    for (Entry entry : ENTRIES) {
      String words =
          entry.pattern().matcher(lower).results().map(MatchResult::group).collect(joining(" "));
      if (!words.isEmpty()) {
        found.add(new Found(words, entry.phrases()));
      }
    }
    return found;
  }

  private static Entry entryOf(String line) {
    String[] sides = line.split(" => ");
    Pattern wholeWords = Pattern.compile("(?<![\\p{Alnum}&])(?:" + sides[0] + ")(?![\\p{Alnum}&])");
    return new Entry(wholeWords, List.of(sides[1].split(", ")));
  }
}
