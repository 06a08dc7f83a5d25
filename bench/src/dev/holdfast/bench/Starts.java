package dev.holdfast.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Starts programs and waits for their first answer. */
final class Starts {
  /** Stands for the port in a command line. */
  static final String PORT = "{port}";

  private static final int SECONDS_MAX = 30;

  private Starts() {}

  /** Seconds from the start of the process to its first 200; the process is killed then. */
  static double secondsToAnswer(Workspace workspace, List<String> line, String path)
      throws Exception {
    long start = System.nanoTime();
    Child child = answering(workspace, line, path);
    double seconds = (System.nanoTime() - start) / 1e9;
    child.close();
    return seconds;
  }

  /** Lets the program write its loaded classes to an archive when it ends. */
  static void archive(
      Workspace workspace, Path archive, Function<List<String>, List<String>> program, String path)
      throws Exception {
    List<String> flags = List.of("-XX:ArchiveClassesAtExit=" + archive);
    try (Child child = answering(workspace, program.apply(flags), path)) {
      child.terminate(SECONDS_MAX);
    }
    if (!Files.exists(archive)) {
      throw new IOException("the program wrote no class archive");
    }
  }

  private static Child answering(Workspace workspace, List<String> line, String path)
      throws Exception {
    int port = freePort();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    Child child =
        Child.start(
            workspace.log(),
            line.stream().map(part -> part.equals(PORT) ? Integer.toString(port) : part).toList());
    while (!answers(port, path)) {
      if (System.nanoTime() > end) {
        child.close();
        throw new IOException("no answer within " + SECONDS_MAX + " s: " + line);
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return child;
  }

  private static boolean answers(int port, String path) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] head = socket.getInputStream().readNBytes(12);
      return new String(head, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that nobody has now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A jar with that one class: archives of classes do not take directories. */
  static Path jarOf(Class<?> type, Path jar) throws IOException {
    String entry = type.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream in = type.getResourceAsStream("/" + entry)) {
      out.putNextEntry(new JarEntry(entry));
      in.transferTo(out);
    }
    return jar;
  }
}
