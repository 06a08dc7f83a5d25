package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Users and keys from the command line. */
class AccountCommandsTest {
  private static final String TOKEN = "a-secret-of-many-characters";
  private static final String PASSWORD = "four words make sense";

  @TempDir private Path data;

  private record Run(int code, String out, String err) {}

  private Run run(String input, String... args) {
    InputStream in = System.in;
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int code = new CommandLine(Main.class).execute(args);
      return new Run(
          code,
          written.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(in);
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void usersAndKeysAreMadeAndTakenAway() throws Exception {
    Path token = Files.writeString(data.resolve("token"), TOKEN + "\n");
    try (TestServer server = TestServer.start(TestServer.settings(data.resolve("store"), TOKEN))) {
      String[] at = {"--url", server.uri("").toString(), "--token-file", token.toString()};

      Run added = run(PASSWORD + "\n", with(at, "users", "add", "ana", "--role", "viewer"));
      assertThat(added.code()).as("%s", added).isZero();
      assertThat(added.out()).contains("added ana").doesNotContain(PASSWORD);
      run("", with(at, "users", "change", "ana", "--role", "operator"));
      assertThat(run("", with(at, "users", "list")).out()).containsPattern("ana +operator");

      Run again = run(PASSWORD + "\n", with(at, "users", "add", "ana", "--role", "viewer"));
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.err()).contains("409").contains("take another name");

      String secret = run("", with(at, "keys", "add", "ci", "--role", "viewer")).out().strip();
      server.get("/api/v1/sessions", TestServer.bearer(secret)).is(200);
      String id = secret.split("_")[1];
      assertThat(run("", with(at, "keys", "list")).out()).contains(id).doesNotContain(secret);
      assertThat(run("", with(at, "keys", "revoke", id)).code()).isZero();
      server.get("/api/v1/sessions", TestServer.bearer(secret)).isProblem(401, "unauthorized");
      assertThat(run("", with(at, "users", "remove", "ana")).code()).isZero();
      assertThat(run("", with(at, "users", "list")).out()).doesNotContain("ana");
    }
  }

  @Test
  void whereNobodyAnswersTheMessageSaysSo() {
    Run run = run("", "users", "list", "--url", "http://127.0.0.1:1");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("no server answers").contains("--url");
  }

  private static String[] with(String[] options, String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return all;
  }
}
