package dev.holdfast.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Reports of one row at a steady pace on one connection, to a session of its own. */
final class PacedReports {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<HttpRequest> requests = new ArrayList<>();
  private final long everyNanos;
  private int sent;

  /**
   * @param sessionId with {@value Api#ROWS} questions
   */
  PacedReports(int port, String sessionId, int perSecond) {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/sessions/" + sessionId + "/rows");
    for (int i = 1; i <= Api.ROWS; i++) {
      requests.add(
          HttpRequest.newBuilder(uri)
              .header("X-Holdfast", "1")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(Api.report("Q" + i)))
              .build());
    }
    this.everyNanos = 1_000_000_000L / perSecond;
  }

  /**
   * Milliseconds of each, from when it was due, so that one that waits for a late one counts, too.
   */
  double[] send(BooleanSupplier goesOn) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (long due = System.nanoTime(); goesOn.getAsBoolean(); due += everyNanos) {
      LockSupport.parkNanos(due - System.nanoTime());
      HttpRequest request = requests.get(sent++ % requests.size());
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IOException("a report was answered " + status);
      }
      millis.add((System.nanoTime() - due) / 1e6);
    }
    return millis.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
