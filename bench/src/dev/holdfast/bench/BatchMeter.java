package dev.holdfast.bench;

import static dev.holdfast.bench.Api.await;

import io.vertx.core.http.HttpMethod;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many events a server puts into one commit, by its own meters. */
final class BatchMeter {
  private static final Pattern METERS =
      Pattern.compile("(?m)^holdfast_batch_events_(count|sum) (\\S+)$");

  private final Api api;
  private Total last = new Total(0, 0);

  private record Total(double batches, double events) {}

  BatchMeter(Api api) {
    this.api = api;
  }

  /** The mean since it was last asked, rounded. */
  int mean() throws Exception {
    Total now = total();
    double mean = (now.events() - last.events()) / (now.batches() - last.batches());
    last = now;
    return (int) Math.round(mean);
  }

  private Total total() throws Exception {
    String text = await(api.send(HttpMethod.GET, "/metrics", null)).toString();
    double batches = 0;
    double events = 0;
    Matcher meters = METERS.matcher(text);
    while (meters.find()) {
      double value = Double.parseDouble(meters.group(2));
      if (meters.group(1).equals("count")) {
        batches = value;
      } else {
        events = value;
      }
    }
    return new Total(batches, events);
  }
}
