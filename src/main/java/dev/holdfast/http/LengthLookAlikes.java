package dev.holdfast.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ByteProcessor;

/**
 * Finds headers that Netty takes for Content-Length and that are not, such as Content-Xength
 * (CVE-2026-102479): a proxy before this server would see the body end elsewhere. The decoder
 * forgets how such a header was written, so the bytes are looked at before it.
 */
final class LengthLookAlikes implements ByteProcessor {
  private static final String LINE = "\nContent-?ength";
  private static final int ANY = LINE.indexOf('?');

  private int matched;
  private byte any;
  private boolean found;

  @Override
  public boolean process(byte next) {
    if (matched == ANY) {
      any = next;
      matched++;
    } else if (next == LINE.charAt(matched)) {
      matched++;
    } else {
      matched = next == '\n' ? 1 : 0;
    }
    if (matched == LINE.length()) {
      found |= any != 'L' && any != 'l';
      matched = 0;
    }
    return true;
  }

  /** Whether the length of the body may come from such a header. */
  boolean areIn(HttpRequest request) {
    return found && request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
  }
}
