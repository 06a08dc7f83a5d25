package dev.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Remote.Refused;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who logs in with a password, at a running server. */
@Command(
    name = "users",
    description = "Lists, adds, changes and removes users of a running server.",
    mixinStandardHelpOptions = true)
final class Users {
  private static final String PATH = "/users";

  /** From the terminal, or the first line of what is piped in; never from the command line. */
  private static String password() throws Refused {
    Console console = System.console();
    if (console != null) {
      char[] typed = console.readPassword("Password: ");
      return typed == null ? "" : new String(typed);
    }
    try {
      String line = new BufferedReader(new InputStreamReader(System.in)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new Refused("the password cannot be read from the standard input");
    }
  }

  @Command(name = "list", description = "Shows all users.", mixinStandardHelpOptions = true)
  int list(@Mixin Remote server) {
    return Remote.run(
        () -> {
          for (JsonNode user : server.send("GET", PATH, null).get("items")) {
            System.out.printf(
                "%-24s %-9s %s%n",
                user.get("name").asText(),
                user.get("role").asText(),
                user.get("disabled").asBoolean() ? "disabled" : "");
          }
        });
  }

  @Command(
      name = "add",
      description = "Adds a user; the password is asked for, or read from the standard input.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin Remote server,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", required = true, paramLabel = "ROLE") String role) {
    return Remote.run(
        () -> {
          server.send("POST", PATH, Map.of("name", name, "role", role, "password", password()));
          System.out.println("added " + name);
        });
  }

  @Command(
      name = "change",
      description = "Changes a user's role or password, or whether the user may log in.",
      mixinStandardHelpOptions = true)
  int change(
      @Mixin Remote server,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", paramLabel = "ROLE") String role,
      @Option(names = "--password", description = "Asks for a new one.") boolean newPassword,
      @Option(names = "--disabled", paramLabel = "true|false", arity = "1") Boolean disabled) {
    return Remote.run(
        () -> {
          Map<String, Object> body = new LinkedHashMap<>();
          if (role != null) {
            body.put("role", role);
          }
          if (disabled != null) {
            body.put("disabled", disabled);
          }
          if (newPassword) {
            body.put("password", password());
          }
          server.send("PATCH", PATH + "/" + name, body);
          System.out.println("changed " + name);
        });
  }

  @Command(name = "remove", description = "Removes a user.", mixinStandardHelpOptions = true)
  int remove(@Mixin Remote server, @Parameters(paramLabel = "NAME") String name) {
    return Remote.run(
        () -> {
          server.send("DELETE", PATH + "/" + name, null);
          System.out.println("removed " + name);
        });
  }
}
