package dev.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What programs send instead of a password, at a running server. */
@Command(
    name = "keys",
    description = "Lists, adds and revokes the keys of a running server.",
    mixinStandardHelpOptions = true)
final class Keys {
  private static final String PATH = "/keys";

  @Command(name = "list", description = "Shows all keys.", mixinStandardHelpOptions = true)
  int list(@Mixin Remote server) {
    return Remote.run(
        () -> {
          for (JsonNode key : server.send("GET", PATH, null).get("items")) {
            System.out.printf(
                "%s …%s %-9s %-24s %s%n",
                key.get("id").asText(),
                key.get("lastFour").asText(),
                key.get("role").asText(),
                key.get("name").asText(),
                key.get("expiresAt").isNull() ? "" : "until " + key.get("expiresAt").asText());
          }
        });
  }

  @Command(
      name = "add",
      description = "Adds a key and prints its secret, which is shown this once only.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin Remote server,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", required = true, paramLabel = "ROLE") String role,
      @Option(names = "--expires", paramLabel = "TIME", description = "As 2027-01-01T00:00:00Z.")
          String expires) {
    return Remote.run(
        () -> {
          Map<String, Object> body = new LinkedHashMap<>();
          body.put("name", name);
          body.put("role", role);
          body.put("expiresAt", expires);
          System.out.println(server.send("POST", PATH, body).get("secret").asText());
        });
  }

  @Command(name = "revoke", description = "Makes a key worthless.", mixinStandardHelpOptions = true)
  int revoke(@Mixin Remote server, @Parameters(paramLabel = "ID") String id) {
    return Remote.run(
        () -> {
          server.send("DELETE", PATH + "/" + id, null);
          System.out.println("revoked " + id);
        });
  }
}
