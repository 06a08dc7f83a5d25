package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.session.ApiKey;
import dev.holdfast.session.Bulk;
import dev.holdfast.session.Command;
import dev.holdfast.session.Document;
import dev.holdfast.session.Login;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Role;
import dev.holdfast.session.Session;
import dev.holdfast.session.SweepReport;
import dev.holdfast.session.User;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies that are kept for whoever asks again under the same key. */
class StoreJsonTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  /** What commands leave behind; a session needs one to be run, see the contract of stores. */
  static List<Object> subjects() {
    QuestionSet.Section section =
        new QuestionSet.Section("s", "S", List.of(new QuestionSet.Question("q", "Why?")));
    return List.of(
        new Bulk.Outcome(List.of()),
        new QuestionSet("set", 1, "Set", List.of(section)),
        new Document("d".repeat(64), "x.pdf", 2, 16),
        new SweepReport(AT, false, 1, 2, 3, 4, 5, false),
        new User("ana", Role.VIEWER, "hash", false, "admin", AT, AT),
        new ApiKey("k", "worker", Role.WORKER, "e".repeat(64), "abcd", "ana", AT, null),
        new Login("f".repeat(64), "ana", "token", 7, AT, AT));
  }

  private static Reply<?> kept(Reply.Done<?> reply) {
    return StoreJson.readReply(StoreJson.writeReply(reply));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aReplyIsReadAsItWasWritten(Object subject) {
    Reply.Done<?> reply = new Reply.Done<>(7, true, subject);
    assertThat(kept(reply)).isEqualTo(reply);
  }

  @Test
  void aReplyAboutWhatIsTakenAwayHasNoValue() {
    Reply.Done<?> reply = new Reply.Done<>(7, true, null);
    assertThat(kept(reply)).isEqualTo(reply);
  }

  @Test
  void aReplyOfTheFirstVersionIsAboutASession() {
    String stored = "{\"revision\":7,\"changed\":true,\"value\":{\"id\":\"a\",\"attempt\":2}}";
    assertThat(StoreJson.readReply(stored).value())
        .isInstanceOfSatisfying(Session.class, read -> assertThat(read.id()).isEqualTo("a"));
  }

  @Test
  void everyKindOfSubjectIsTried() {
    Stream<Class<?>> tried = subjects().stream().map(Object::getClass);
    assertThat(Stream.concat(Stream.of(Session.class), tried))
        .containsAll(leaves(Command.class).flatMap(StoreJsonTest::subjectsOf).toList());
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StoreJsonTest::leaves)
        : Stream.of(type);
  }

  private static Stream<Class<?>> subjectsOf(Class<?> command) {
    Collection<Class<?>> types =
        Arrays.stream(command.getMethods())
            .filter(method -> method.getName().equals("subject"))
            .<Class<?>>map(method -> method.getReturnType())
            .filter(type -> type != Object.class)
            .toList();
    assertThat(types).as(command.getSimpleName()).isNotEmpty();
    return types.stream();
  }
}
