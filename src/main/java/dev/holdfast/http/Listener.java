package dev.holdfast.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket of one verticle: its limits, and its certificate, which may be renewed. */
final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  static final int IDLE_SECONDS = 30;
  private static final int HEADER_BYTES_MAX = 8 << 10;
  private static final long WATCH_MILLIS = 1_000;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Semaphore connections;
  private List<FileTime> certified;

  /**
   * @param connections places for connections, shared by all verticles of the server
   */
  Listener(Vertx vertx, HttpSettings settings, Semaphore connections) {
    this.vertx = vertx;
    this.settings = settings;
    this.connections = connections;
  }

  Future<HttpServer> listen(Handler<HttpServerRequest> requests) {
    certified = settings.isEncrypted() ? changedAt() : List.of();
    HttpServer server =
        vertx
            .createHttpServer(options())
            .connectionHandler(this::accept)
            .invalidRequestHandler(
                request -> Problems.handleInvalid(request, InvalidRequests.status(request)))
            .requestHandler(requests);
    return server.listen().onSuccess(this::watchCertificate);
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.host())
            // -1 is one free port for all instances, 0 would be another for each.
            .setPort(settings.port() == 0 ? -1 : settings.port())
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxHeaderSize(HEADER_BYTES_MAX)
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true)
            .setTcpKeepAlive(true);
    options.setTcpUserTimeout(20_000);
    // A slow reader shows in the write queue before megabytes wait in the kernel.
    options.setSendBufferSize(65_536);
    if (settings.isEncrypted()) {
      options.setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate());
    }
    return options;
  }

  private PemKeyCertOptions certificate() {
    return new PemKeyCertOptions().addCertPath(settings.certificate()).addKeyPath(settings.key());
  }

  private void accept(HttpConnection connection) {
    if (!connections.tryAcquire()) {
      connection.close();
      return;
    }
    connection.closeHandler(closed -> connections.release());
    if (connection instanceof HttpServerConnection accepted) {
      HeadGuard.install(accepted.channelHandlerContext().pipeline(), settings.headerSeconds());
    }
  }

  private void watchCertificate(HttpServer server) {
    if (settings.isEncrypted()) {
      vertx.setPeriodic(WATCH_MILLIS, timer -> renew(server));
    }
  }

  /** New connections get the new certificate; one that cannot be used leaves the old one. */
  private void renew(HttpServer server) {
    vertx
        .executeBlocking(this::changedAt)
        .onSuccess(
            now -> {
              if (!now.equals(certified)) {
                certified = now;
                server
                    .updateSSLOptions(
                        new ServerSSLOptions().setUseAlpn(true).setKeyCertOptions(certificate()),
                        true)
                    .onSuccess(renewed -> LOG.info("the certificate was renewed"))
                    .onFailure(
                        broken -> LOG.error("the new certificate cannot be used: {}", "" + broken));
              }
            });
  }

  /** Files that are being replaced have no time. */
  private List<FileTime> changedAt() {
    return List.of(changedAt(settings.certificate()), changedAt(settings.key()));
  }

  private static FileTime changedAt(String file) {
    try {
      return Files.getLastModifiedTime(Path.of(file));
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
