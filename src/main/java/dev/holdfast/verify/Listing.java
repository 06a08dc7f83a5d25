package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.verify.Shape.Group;
import dev.holdfast.verify.Shape.ListShape;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A list as somebody read it, page by page.
 *
 * @param pages in the order in which they were read
 * @param items of all pages, each with the exchange that showed it
 * @param isWhole false when a page was not answered or the server leaves sessions out
 */
record Listing(List<Exchange> pages, List<Item> items, boolean isWhole) {
  private static final int PAGES_MAX = 1_000;

  /** A line of the list. */
  record Item(String id, String state, int attempt, int rows, int group, Exchange page) {}

  Exchange first() {
    return pages.get(0);
  }

  Exchange last() {
    return pages.get(pages.size() - 1);
  }

  /** Reads all pages from that path on. */
  static Listing read(Client client, String path) {
    ListShape shape = client.run().shape().list();
    List<Exchange> pages = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    String next = path;
    boolean whole = true;
    while (next != null && whole && pages.size() < PAGES_MAX) {
      Exchange page = client.get(next);
      pages.add(page);
      whole = page.isOk();
      if (whole) {
        items(client.run().shape(), page, items);
        whole = !shape.truncated().one(page.body()).asBoolean(false);
        next = nextPath(shape, path, page.body());
      }
    }
    return new Listing(pages, items, whole);
  }

  private static String nextPath(ListShape shape, String path, JsonNode body) {
    String cursor = shape.next().text(body);
    if (cursor == null) {
      return null;
    }
    String encoded = URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    return path + (path.contains("?") ? "&" : "?") + shape.nextParameter() + "=" + encoded;
  }

  private static void items(Shape shape, Exchange page, List<Item> into) {
    ListShape list = shape.list();
    for (int i = 0; i < list.groups().size(); i++) {
      Group group = list.groups().get(i);
      JsonNode items = group.items().one(page.body());
      if (!items.isArray()) {
        throw new CannotCheck(page.what() + ": no array at " + group.items().path());
      }
      for (JsonNode item : items) {
        into.add(item(shape, page, group.state(), i, item));
      }
    }
  }

  /** An item with the state that it says, or else the one of its group. */
  static Item item(Shape shape, Exchange page, String groupState, int group, JsonNode item) {
    ListShape list = shape.list();
    String id = list.id().text(item);
    if (id == null) {
      throw new CannotCheck(page.what() + ": no id at " + list.id().path() + " of an item");
    }
    String said = list.state().text(item);
    return new Item(
        id,
        said == null ? groupState : said,
        shape.attempt(list.attempt(), item),
        list.rows(item),
        group,
        page);
  }
}
