package dev.holdfast.verify;

import dev.holdfast.verify.Listing.Item;
import dev.holdfast.verify.Shape.Group;
import dev.holdfast.verify.Shape.ListShape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads lists and compares them with what is known. */
final class ListReader {
  private final Client client;
  private final Run run;
  private final Shape shape;
  private final Viewer viewer;

  ListReader(Client client, Viewer viewer) {
    this.client = client;
    this.run = client.run();
    this.shape = run.shape();
    this.viewer = viewer;
  }

  /** Reads the list of all sessions; its items, none when it was not answered. */
  List<Item> all() {
    Listing listing = Listing.read(client, shape.list().path());
    checkOnce(listing);
    observe(listing);
    if (listing.isWhole()) {
      checkCounts(listing);
      checkListed(listing);
    }
    return listing.items();
  }

  /** Reads the list of one state. */
  void ofState(String state) {
    Listing listing = Listing.read(client, shape.list().ofState().replace("{state}", state));
    checkOnce(listing);
    observe(listing);
    boolean onePage = listing.isWhole() && listing.pages().size() == 1;
    if (onePage) {
      long count = shape.list().counts().get(state).one(listing.first().body()).asLong(-1);
      checkCount(listing.first(), state, count, listing.items().size());
    }
    for (Item item : listing.items()) {
      if (!state.equals(item.state())) {
        wrongCount(item.page(), "a session that is " + item.state() + " in the list of " + state);
      }
    }
  }

  private void checkOnce(Listing listing) {
    run.findings().compared(Check.ONCE, listing.items().size());
    Map<String, Item> byId = new HashMap<>();
    for (Item item : listing.items()) {
      Item other = byId.put(item.id(), item);
      if (other != null) {
        Known known = run.knowledge().shown(item.id(), item.page().done());
        String claim = "it is listed twice, as " + other.state() + " and as " + item.state();
        add(Check.ONCE, known, claim, item.page());
      }
    }
  }

  private void observe(Listing listing) {
    for (Item item : listing.items()) {
      Exchange page = item.page();
      Known known = run.knowledge().shown(item.id(), page.done());
      boolean ended = shape.isEnded(item.state());
      Seen seen = Seen.by(page, false, item.attempt(), item.rows(), item.state(), ended);
      run.knowledge().observe(known, page, seen);
      known.listed(page.step("lists it: " + seen.text()));
    }
  }

  private void checkListed(Listing listing) {
    Set<String> ids = new HashSet<>();
    listing.items().forEach(item -> ids.add(item.id()));
    long sent = listing.first().sent();
    long done = listing.last().done();
    long compared = 0;
    for (Known known : run.knowledge().sessions()) {
      if (known.mustBeThere(sent, done)) {
        compared++;
        if (!ids.contains(known.id())) {
          missing(known, listing);
        }
      }
    }
    run.findings().compared(Check.LISTED, compared);
  }

  /** It may have gone by itself; then the server must say so. */
  private void missing(Known known, Listing listing) {
    Exchange last = listing.last();
    if (!viewer.isExplained(known, client)) {
      String claim = "it is missing among the " + listing.items().size() + " that are listed";
      add(Check.LISTED, known, claim, last);
    }
  }

  private void add(Check check, Known known, String claim, Exchange exchange) {
    run.findings()
        .add(
            new Violation(
                check,
                "session " + known.id(),
                claim,
                known.timeline(exchange.step(claim.toUpperCase(java.util.Locale.ROOT)))));
  }

  /** Counts and items of a page, or of all pages when they show the same revision. */
  private void checkCounts(Listing listing) {
    ListShape list = shape.list();
    String revision = list.revision().text(listing.first().body());
    boolean oneState =
        listing.pages().size() == 1
            || listing.pages().stream()
                .allMatch(
                    page -> String.valueOf(list.revision().text(page.body())).equals(revision));
    if (!oneState) {
      return;
    }
    Exchange page = listing.last();
    list.counts()
        .forEach(
            (state, place) -> {
              long items =
                  listing.items().stream().filter(item -> state.equals(item.state())).count();
              checkCount(page, state, place.one(page.body()).asLong(-1), items);
            });
    for (int i = 0; i < list.groups().size(); i++) {
      checkGroup(listing, page, i);
    }
    if (!list.total().isNowhere()) {
      checkCount(page, "total", list.total().one(page.body()).asLong(-1), listing.items().size());
    }
  }

  private void checkGroup(Listing listing, Exchange page, int number) {
    Group group = shape.list().groups().get(number);
    if (!group.count().isNowhere()) {
      long items = listing.items().stream().filter(item -> item.group() == number).count();
      String name = group.items().path();
      checkCount(page, name, group.count().one(page.body()).asLong(-1), items);
    }
  }

  private void checkCount(Exchange page, String what, long count, long items) {
    run.findings().compared(Check.COUNTS, 1);
    if (count != items) {
      wrongCount(page, "the count of " + what + " is " + count + ", listed are " + items);
    }
  }

  private void wrongCount(Exchange page, String claim) {
    run.findings().add(new Violation(Check.COUNTS, "a list", claim, List.of(page.step(claim))));
  }
}
