package dev.holdfast.session;

import java.time.Instant;
import java.util.List;
import java.util.Random;

/** What admins do, and people who log in and out. */
final class SimPeople {
  static final List<String> NAMES = List.of("user0", "user1", "user2");
  static final List<String> DIGESTS = List.of("a".repeat(64), "b".repeat(64), "c".repeat(64));

  private static final int KINDS = 11;
  private static final String HASH = "hash";

  private final Random random;
  private String removed;

  SimPeople(Random random) {
    this.random = random;
  }

  Command<?> next(Instant now) {
    String name = NAMES.get(mostlyTheFirst(NAMES.size()));
    String digest = DIGESTS.get(mostlyTheFirst(DIGESTS.size()));
    Role role = Role.values()[random.nextInt(Role.values().length)];
    Instant later = now.plusSeconds(1 + random.nextInt(300));
    if (removed != null && random.nextBoolean()) {
      // Somebody new of that name must have nothing of the former one.
      Command<?> again = new AccessCommand.CreateUser(removed, role, HASH);
      removed = null;
      return again;
    }
    return switch (random.nextInt(KINDS)) {
      case 0, 1 -> new AccessCommand.CreateUser(name, role, HASH);
      case 2, 9 ->
          new AccessCommand.ChangeUser(
              name, role, random.nextInt(3) == 0 ? HASH : null, random.nextBoolean());
      case 3 -> {
        removed = name;
        yield new AccessCommand.RemoveUser(name);
      }
      case 4 ->
          new AccessCommand.CreateKey(
              name, "key", role, digest, "last", random.nextBoolean() ? later : null);
      case 5 -> new AccessCommand.RevokeKey(name);
      case 6, 8 -> new AccessCommand.StartLogin(digest, name, HASH, "::1", 0, later);
      case 7 -> new AccessCommand.StartTokenLogin(digest, "admin", digest, "::1", later);
      default -> new AccessCommand.EndLogin(digest);
    };
  }

  private int mostlyTheFirst(int bound) {
    return random.nextBoolean() ? 0 : random.nextInt(bound);
  }
}
