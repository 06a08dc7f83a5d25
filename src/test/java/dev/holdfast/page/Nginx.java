package dev.holdfast.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Debian's nginx in front of a server, which it shows below a path. */
final class Nginx implements AutoCloseable {
  static final String PREFIX = "/holdfast/";

  private static final List<String> PATHS = List.of("/usr/sbin/nginx", "/usr/bin/nginx");

  /** One process that stays in front and writes nothing outside of its directory. */
  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log stderr warn;
      events {}
      http {
        access_log off;
        client_max_body_size 100m;
        client_body_temp_path body;
        proxy_temp_path proxied;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        server {
          listen 127.0.0.1:%d;
          location %s {
            proxy_pass %s;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            %s
          }
        }
      }
      """;

  private final Path directory;
  private final Process process;
  private final int port;

  /**
   * Skips the test on a machine without nginx.
   *
   * @param more directives of the location
   */
  Nginx(String server, String more) throws IOException {
    String program =
        PATHS.stream().filter(path -> Files.isExecutable(Path.of(path))).findFirst().orElse(null);
    assumeTrue(program != null, "nginx is not installed (Debian: apt-get install nginx-light)");
    directory = Files.createTempDirectory("holdfast-nginx");
    port = freePort();
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(configuration, CONFIGURATION.formatted(port, PREFIX, server, more));
    process =
        new ProcessBuilder(program, "-p", directory.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    Awaitility.await().until(this::isListening);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isListening() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("nginx: " + Files.readString(directory.resolve("output")));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port + PREFIX;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
