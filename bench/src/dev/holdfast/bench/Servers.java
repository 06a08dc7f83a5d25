package dev.holdfast.bench;

import dev.holdfast.cli.Main;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The servers under load, each in a process of its own with the same flags. */
final class Servers {
  private static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m");

  /** What was deleted is gone soon, so that it does not look like growth. */
  private static final String CONFIG =
      """
      {"http": {"host": "127.0.0.1", "streamsMax": 20000}, "store": {"url": "%s"},
       "retention": {"graceMinutes": 1}}
      """;

  private Servers() {}

  /** A running server. */
  record Server(Child process, int port) implements AutoCloseable {
    @Override
    public void close() {
      process.close();
    }
  }

  /** Holdfast on a data directory of the workspace. */
  static Server holdfast(Workspace workspace) throws IOException {
    return holdfast(workspace, new Database("SQLite", "sqlite:", workspace.file("data")));
  }

  /** Holdfast on that store. */
  static Server holdfast(Workspace workspace, Database database) throws IOException {
    Path config =
        Files.writeString(
            workspace.file("config.json"), String.format(CONFIG, database.url()));
    Child child =
        Child.java(
            workspace.log(),
            FLAGS,
            Main.class,
            "serve",
            "--config",
            config.toString(),
            "--port",
            Integer.toString(Starts.freePort()),
            "--data",
            database.directory().toString());
    return new Server(child, URI.create(child.awaitLine("ready: open ")).getPort());
  }

  /** The bare Vert.x server. */
  static Server floor(Workspace workspace) throws IOException {
    Child child = Child.java(workspace.log(), FLAGS, FloorServer.class);
    return new Server(child, Integer.parseInt(child.awaitLine("port ")));
  }
}
