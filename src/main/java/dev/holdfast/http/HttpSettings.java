package dev.holdfast.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How the server is reached and what it takes.
 *
 * @param host address to bind
 * @param port 0 takes a free one
 * @param names further host names that requests may carry, beside loopback and {@code host}
 * @param adminToken opens everything; null leaves it open, on loopback only
 * @param streamsMax streams and waiting polls at once
 * @param uploadsMax uploads at once
 * @param documentBytesMax size of a PDF
 * @param connectionsMax connections at once
 * @param headerSeconds that the head of a request may take
 * @param requestSeconds that a request body may take
 * @param uploadSeconds that an upload may take
 * @param certificate file with the chain in PEM; null for no encryption
 * @param key file with the private key in PEM
 * @param requestsPerSecondMax of one key or user
 * @param streamsPerUserMax streams and waiting polls of one key or user at once
 * @param loginHours that a login is good for
 */
public record HttpSettings(
    String host,
    int port,
    List<String> names,
    String adminToken,
    int streamsMax,
    int uploadsMax,
    long documentBytesMax,
    int connectionsMax,
    int headerSeconds,
    int requestSeconds,
    int uploadSeconds,
    String certificate,
    String key,
    int requestsPerSecondMax,
    int streamsPerUserMax,
    int loginHours) {
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "::1");

  public HttpSettings {
    names = List.copyOf(names);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("http.port must be from 0 to 65535, not " + port);
    }
    if (adminToken == null && !LOOPBACK.contains(host)) {
      throw new IllegalArgumentException(
          "http.host is "
              + host
              + ", but without a token only loopback may be served: set HOLDFAST_ADMIN_TOKEN to a"
              + " secret of at least 16 characters.");
    }
    if (adminToken != null && adminToken.length() < 16) {
      throw new IllegalArgumentException("HOLDFAST_ADMIN_TOKEN must have at least 16 characters");
    }
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          "http.tls.certificate and http.tls.key belong together; give both or none.");
    }
    checkReadable("http.tls.certificate", certificate);
    checkReadable("http.tls.key", key);
  }

  private static void checkReadable(String key, String file) {
    if (file != null && !Files.isReadable(Path.of(file))) {
      throw new IllegalArgumentException(key + " is " + file + ", which cannot be read.");
    }
  }

  /** True when the server is reached over TLS. */
  public boolean isEncrypted() {
    return certificate != null;
  }

  /** True for a host name, without port, that this server answers to. */
  boolean answersTo(String name) {
    return LOOPBACK.contains(name) || name.equals(host) || names.contains(name);
  }
}
