package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.TestServer;
import dev.holdfast.store.PostgresServer;
import dev.holdfast.store.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database is copied by the commands of docs/OPERATIONS.md while a server runs on it. */
@Timeout(600)
class PostgresDumpIT {
  private static final Path PDF = Path.of("webroot/sample/pump-station-specification.pdf");
  private static final Pattern SQL = Pattern.compile("psql .* -c \"(.*)\"");

  @TempDir private Path one;
  @TempDir private Path two;
  private final String database = PostgresServer.shared().newDatabase();
  private final String copy = PostgresServer.shared().newDatabase();

  @BeforeEach
  void assumeTheToolsAreInstalled() {
    new Tool("pg_dump", "postgresql-client").assumeInstalled();
  }

  private static void run(String... command) throws Exception {
    Tool.Ended ended = Tool.run(command);
    assertThat(ended.code()).as(ended.output()).isZero();
  }

  private static String journal(TestServer server) {
    return server.get("/health/ready").json().get("journal").asText();
  }

  @Test
  void aDumpHoldsTheStateAndTheDocumentsAndTakesAJournalNameOfItsOwn() throws Exception {
    try (TestServer server = TestServer.start(TestServer.settings(one, null, database))) {
      String id = server.create("kept");
      byte[] pdf = Files.readAllBytes(PDF);
      String document =
          server.upload("?filename=sample.pdf", pdf).is(201).json().get("id").asText();
      String file = one.resolve("dump").toString();
      run("pg_dump", "-Fc", "--no-owner", "-f", file, database);
      server.create("later");
      run("pg_restore", "--no-owner", "-d", copy, file);
      execute(documentedSql());
      try (TestServer restored = TestServer.start(TestServer.settings(two, null, copy))) {
        assertThat(restored.get(TestServer.session(id)).is(200).json().get("title").asText())
            .isEqualTo("kept");
        assertThat(restored.get("/api/v1/documents/" + document + "/content").is(200).body())
            .isEqualTo(pdf);
        assertThat(restored.get("/api/v1/sessions").json().get("matching").asInt()).isEqualTo(1);
        assertThat(journal(restored)).isNotEqualTo(journal(server));
        assertThat(Verification.of(copy, two).firstDifference()).isNull();
      }
    }
  }

  private static String documentedSql() throws Exception {
    Matcher matcher = SQL.matcher(Files.readString(Path.of("docs/OPERATIONS.md")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = PostgresServer.connect(copy);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
