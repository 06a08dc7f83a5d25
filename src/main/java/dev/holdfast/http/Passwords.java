package dev.holdfast.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id, with the memory and passes that OWASP asks for at least: 19 MiB, 2. They
 * are computed on two threads of their own, so that logging in does not slow anything else down.
 */
final class Passwords {
  static final int LENGTH_MIN = 8;
  static final int LENGTH_MAX = 256;
  private static final int MEMORY_KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int THREADS = 2;
  private static final int WAITING_MAX = 32;
  private static final String PREFIX =
      "$argon2id$v=19$m=" + MEMORY_KIBIBYTES + ",t=" + PASSES + ",p=1$";

  /** What is tried first, wherever somebody tries. */
  private static final List<String> COMMON =
      List.of(
          "password",
          "passw0rd",
          "p@ssw0rd",
          "p@ssword",
          "qwertyui",
          "qwerty123",
          "1q2w3e4r",
          "1qaz2wsx",
          "iloveyou",
          "sunshine",
          "princess",
          "football",
          "baseball",
          "superman",
          "trustno1",
          "welcome1",
          "letmein1",
          "changeme",
          "administrator",
          "admin123",
          "password1",
          "password123",
          "holdfast",
          "holdfast1",
          "secret123",
          "default1");

  /** Compared with when there is no such user, so that the time does not tell. */
  private static final String NOBODY = hash("nobody has this password");

  private static final Semaphore WAITING = new Semaphore(WAITING_MAX);

  private final WorkerExecutor threads;

  Passwords(Vertx vertx) {
    threads = vertx.createSharedWorkerExecutor("holdfast-passwords", THREADS);
  }

  /**
   * Refuses what is guessed first.
   *
   * @throws ProblemException 422 that says what to take
   */
  static void check(String password, String user) {
    if (password == null) {
      throw new ProblemException(Problem.Type.INVALID_VALUE, "password is missing.");
    }
    int length = password.codePointCount(0, password.length());
    if (length < LENGTH_MIN || length > LENGTH_MAX) {
      throw new ProblemException(
          Problem.Type.INVALID_VALUE,
          "password must have " + LENGTH_MIN + " to " + LENGTH_MAX + " characters.");
    }
    String low = password.toLowerCase(Locale.ROOT);
    boolean easy =
        COMMON.contains(low)
            || low.contains(user.toLowerCase(Locale.ROOT)) && user.length() > 3
            || password.chars().distinct().count() < 4
            || "0123456789012345678901234567890".contains(low)
            || "abcdefghijklmnopqrstuvwxyz".contains(low);
    if (easy) {
      throw new ProblemException(
          Problem.Type.INVALID_VALUE,
          "password is among the first that somebody would guess; several words make a good one.");
    }
  }

  /** The hash to store. */
  Future<String> hashed(String password) {
    return queued(() -> hash(password));
  }

  /** Whether the password is the one of the hash; takes as long when there is no hash. */
  Future<Boolean> matches(String password, String hash) {
    return queued(() -> verify(password, hash == null ? NOBODY : hash) && hash != null);
  }

  private <T> Future<T> queued(Callable<T> work) {
    if (!WAITING.tryAcquire()) {
      return Future.failedFuture(
          new ProblemException(Problem.Type.TOO_MANY, "Too many log in just now; try again."));
    }
    return threads.executeBlocking(work, false).onComplete(done -> WAITING.release());
  }

  private static String hash(String password) {
    byte[] salt = Secrets.bytes(SALT_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return PREFIX
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(argon2(password, salt));
  }

  private static boolean verify(String password, String hash) {
    if (!hash.startsWith(PREFIX)) {
      return false;
    }
    String[] parts = hash.substring(PREFIX.length()).split("\\$", 2);
    byte[] salt = Base64.getDecoder().decode(parts[0]);
    return MessageDigest.isEqual(argon2(password, salt), Base64.getDecoder().decode(parts[1]));
  }

  private static byte[] argon2(String password, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIBIBYTES)
            .withIterations(PASSES)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
    generator.generateBytes(normal.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
