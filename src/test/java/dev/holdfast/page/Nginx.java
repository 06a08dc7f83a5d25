package dev.holdfast.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A reverse proxy that serves the page under a path of its own, with nginx's own defaults. */
final class Nginx implements AutoCloseable {
  private static final List<String> PATHS = List.of("/usr/sbin/nginx", "/usr/bin/nginx");

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return PATHS.stream().map(Path::of).anyMatch(Files::isExecutable);
  }

  /**
   * @param upstream the address of the server, with a slash at its end
   */
  static Nginx start(Path directory, String prefix, String upstream) throws IOException {
    int port = freePort();
    Path configuration =
        Files.writeString(directory.resolve("nginx.conf"), text(port, prefix, upstream));
    String executable =
        PATHS.stream().filter(path -> Files.isExecutable(Path.of(path))).findFirst().orElseThrow();
    Process process =
        new ProcessBuilder(executable, "-p", directory.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    Awaitility.await("nginx").until(nginx::isListening);
    return nginx;
  }

  private boolean isListening() {
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String text(int port, String prefix, String upstream) {
    return String.join(
        "\n",
        "daemon off;",
        "pid nginx.pid;",
        "error_log error.log;",
        "events {}",
        "http {",
        "  access_log off;",
        "  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f;",
        "  uwsgi_temp_path u; scgi_temp_path s; client_max_body_size 100m;",
        "  server {",
        "    listen 127.0.0.1:" + port + ";",
        "    location " + prefix + " {",
        "      proxy_pass " + upstream + ";",
        "      proxy_http_version 1.1;",
        "      proxy_set_header Host $http_host;",
        "    }",
        "  }",
        "}",
        "");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
