package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.store.Search;
import dev.holdfast.store.Store;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Where a list comes from: the owner's indexes, a search in the store, or the past. */
final class SessionLists {
  private final SessionClient client;
  private final Store store;
  private final PastReads past;

  SessionLists(SessionClient client, Store store) {
    this.client = client;
    this.store = store;
    this.past = new PastReads(client, store);
  }

  Future<Done<Query.Page>> page(ListFilter filter) {
    if (filter.at() != null) {
      return past.revision(filter.at()).compose(asOf -> store.search(filter.toSearch(asOf)));
    }
    return filter.needsSearch()
        ? store.search(filter.toSearch(Search.NOW)).compose(past::notAhead)
        : client.ask(filter.toQuery());
  }

  /** The body of a list; {@code next} is the cursor of the page behind it, or null. */
  static Buffer json(EncodedSessions encoded, Done<Query.Page> done, String next) {
    Query.Page page = done.value();
    byte[] items = encoded.json(page.items());
    return Buffer.buffer(items.length + 300)
        .appendString("{\"revision\":" + done.revision() + ",\"counts\":")
        .appendBytes(PublicJson.bytes(page.counts()))
        .appendString(",\"matching\":" + page.matching() + ",\"items\":")
        .appendBytes(items)
        .appendString(",\"nextCursor\":")
        .appendBytes(PublicJson.bytes(next))
        .appendString("}");
  }
}
