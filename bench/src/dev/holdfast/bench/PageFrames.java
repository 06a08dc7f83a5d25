package dev.holdfast.bench;

import com.microsoft.playwright.Page;
import java.util.List;

/**
 * Frames as the server sends them, made in the page: those of an hour in a minute. Each changes
 * the progress of one of the sessions on the first page of the list.
 */
final class PageFrames {
  /** Keeps hold of the connection that the page opens, to send events as if they came over it. */
  private static final String HOLD =
      """
      window.EventSource = class extends EventSource {
        constructor(...given) { super(...given); window.source = this; }
      };
      """;

  /** Ten frames for each paint, six times as many as a browser gets at most. */
  private static final String SEND =
      """
      async ([first, count]) => {
        const say = (type, data) => source.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
        for (let i = first; i < first + count; i++) {
          const session = items[i % items.length];
          const previous = revision++;
          session.revision = revision;
          session.progress.notFound = i % 2;
          session.progress.lastAt = new Date().toISOString();
          say('session', { session });
          say('frame', { revision, previous, counts });
          if (i % 10 === 0) await new Promise(requestAnimationFrame);
        }
        await new Promise(requestAnimationFrame);
        return document.body.dataset.revision === String(revision);
      }
      """;

  private final Page page;
  private int sent;

  PageFrames(Page page, String home) {
    this.page = page;
    page.addInitScript(HOLD);
    page.navigate(home);
    page.waitForSelector("body[data-connection=live]");
    page.evaluate(
        "async () => { const list = await (await fetch('api/v1/sessions')).json();"
            + " Object.assign(window, { items: list.items, revision: list.revision,"
            + " counts: list.counts }); }");
  }

  /** Sends so many more and waits until the page shows the last one. */
  void send(int count) {
    Object isShown = page.evaluate(SEND, List.of(sent, count));
    if (!Boolean.TRUE.equals(isShown)) {
      throw new IllegalStateException("the page did not take the frames");
    }
    sent += count;
  }
}
