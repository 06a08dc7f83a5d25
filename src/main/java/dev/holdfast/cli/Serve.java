package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.bus.RefusedException;
import dev.holdfast.store.Store;
import dev.holdfast.store.StoreInUse;
import dev.holdfast.store.StoreUnusable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the server until the process is told to end. */
@Command(name = "serve", description = "Runs the server.", mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
  static final int USAGE = 2;
  static final int STORE_UNUSABLE = 65;
  static final int STORE_UNAVAILABLE = 69;
  static final int STORE_IN_USE = 73;
  static final int DISK_FAILED = 74;
  static final int FAILED = 1;
  private static final int STOP_SECONDS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

  @Mixin private StoreOptions options;

  @Option(
      names = {"--port"},
      paramLabel = "N",
      description = "The port, by default 8080; 0 takes a free one.")
  private Integer port;

  @Override
  public Integer call() throws Exception {
    Settings settings;
    try {
      settings = settings();
      settings.toHttp();
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("holdfast: " + e.getMessage());
      return USAGE;
    }
    LOG.info("configuration {}", SettingsReader.describe(settings));
    return run(settings);
  }

  private Settings settings() throws IOException {
    Settings here = options.settings();
    return port == null ? here : here.withPort(port);
  }

  private static int run(Settings settings) throws InterruptedException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    try {
      Holdfast holdfast =
          Holdfast.deploy(vertx, settings, ended::complete)
              .toCompletionStage()
              .toCompletableFuture()
              .get();
      Thread stop = new Thread(() -> stop(holdfast, vertx, ended), "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      System.out.println("Holdfast is ready: open " + holdfast.url());
      Throwable reason = ended.get();
      System.err.println("holdfast: " + reason.getMessage());
      return exitCode(reason);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      System.err.println("holdfast: " + cause.getMessage());
      LOG.debug("start failed", cause);
      vertx.close();
      return exitCode(cause);
    }
  }

  /** By which a script can tell what has to be done. */
  static int exitCode(Throwable reason) {
    if (reason instanceof Store.Broken) {
      return DISK_FAILED;
    }
    if (reason instanceof StoreUnusable) {
      return STORE_UNUSABLE;
    }
    if (reason instanceof StoreInUse) {
      return STORE_IN_USE;
    }
    boolean later =
        reason instanceof Store.Unavailable
            || reason instanceof IOException
            || reason instanceof SQLException
            // What a start asks the owner for is refused only when the journal takes nothing.
            || reason instanceof RefusedException;
    return later ? STORE_UNAVAILABLE : FAILED;
  }

  /** To end when told so is no failure; Java would exit with the number of the signal. */
  private static void stop(Holdfast holdfast, Vertx vertx, CompletableFuture<Throwable> ended) {
    try {
      await(holdfast.close());
      await(vertx.close());
      if (!ended.isDone()) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the server did not stop in order", e);
    }
  }

  private static void await(Future<?> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    future.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
