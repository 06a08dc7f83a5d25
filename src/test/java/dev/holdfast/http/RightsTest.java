package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Rights.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route has a role, and the reference names it. */
class RightsTest {
  /** Routes that need no credential. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /",
          "GET /health",
          "GET /health/live",
          "GET /health/ready",
          "GET /api/openapi.json",
          "GET /docs",
          "POST /api/v1/login",
          "GET /sessions/:id",
          "GET /admin/sessions");

  @TempDir private static Path data;

  private static String name(Right right) {
    return right.method() + " " + right.path();
  }

  @Test
  void everyRouteHasARoleAndEveryRoleARoute() throws Exception {
    Set<String> guarded = new TreeSet<>(Routes.of(data));
    guarded.removeAll(OPEN);
    Set<String> table = new TreeSet<>();
    Rights.table().forEach(right -> table.add(name(right)));
    assertThat(table).isEqualTo(guarded);
  }

  @Test
  void theReferenceNamesTheRoleOfEveryRoute() throws IOException {
    String reference = Files.readString(Path.of("docs/SECURITY.md"));
    for (Right right : Rights.table()) {
      String role = right.role() == null ? "everybody" : right.role().label();
      assertThat(reference)
          .contains("| " + role + " | `" + right.method() + " " + right.path() + "` |");
    }
  }
}
