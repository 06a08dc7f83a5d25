package dev.holdfast.verify;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to do against which server.
 *
 * @param urls of the nodes; each request goes to one of them
 * @param sessions that are known before it begins, as far as they can be created
 * @param seconds of the run itself
 * @param incident true for the plan of the incident instead of the mixed one
 * @param failFast true to end at the first violation
 * @param headers sent with every request
 */
public record Plan(
    List<URI> urls,
    String as,
    int sessions,
    int writers,
    int readers,
    int seconds,
    long seed,
    boolean incident,
    boolean failFast,
    Map<String, String> headers) {

  public Plan {
    urls = List.copyOf(urls);
    headers = Map.copyOf(headers);
    atLeast("--sessions", sessions, 0);
    atLeast("--writers", writers, 1);
    atLeast("--readers", readers, 1);
    atLeast("--seconds", seconds, 1);
    if (urls.isEmpty()) {
      throw new CannotCheck("name at least one URL, as in http://127.0.0.1:8080");
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new CannotCheck(name + " must be at least " + least);
    }
  }

  /** The nodes as they are named on a command line. */
  public static List<URI> urls(List<String> texts) {
    List<URI> urls = new ArrayList<>();
    for (String text : texts) {
      urls.add(url(text));
    }
    return urls;
  }

  private static URI url(String text) {
    URI url;
    try {
      url = URI.create(text.replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new CannotCheck(text + " is no URL", e);
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
      throw new CannotCheck(text + " must be a URL like http://127.0.0.1:8080");
    }
    return url;
  }

  /** Headers as they are named on a command line: {@code Name: value}. */
  public static Map<String, String> headers(List<String> lines) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 1 || !line.substring(0, colon).matches("[A-Za-z0-9-]+")) {
        throw new CannotCheck("--header must be like 'Authorization: Bearer …'");
      }
      headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
    }
    return headers;
  }
}
