package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulation bites: each fault that the design forbids is planted once and must be caught. */
class MutantTest {
  private static final int SEEDS = 300;
  private static final int STEPS = 300;
  @TempDir private Path directory;

  private void assertCaught(Mutant mutant, String law) throws Exception {
    String broken = mutant.firstBroken(directory, SEEDS, STEPS);
    assertThat(broken).as("the fault went unnoticed").isNotNull().containsPattern(law);
  }

  @Test
  void theUnchangedSourcesBreakNoLaw() throws Exception {
    assertThat(new Mutant().firstBroken(directory, 20, STEPS)).isNull();
  }

  @Test
  void acknowledgingBeforeTheCommitIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "SessionOwner.java",
                "effects.add(new Effect.Append(inFlight));",
                "effects.add(new Effect.Append(inFlight)); effects.addAll(inFlight.answers());")
            .replace("SessionOwner.java", "effects.addAll(batch.answers());", ""),
        "is a promise|is acknowledged but not durable");
  }

  @Test
  void aQueryThatSeesAnOverlayIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "SessionOwner.java",
                "inFlight = filling;",
                "inFlight = filling; inFlight.events().forEach(book::apply);")
            .replace("SessionOwner.java", "batch.events().forEach(book::apply);", ""),
        "shown is revision|published|differ|lies within a step");
  }

  @Test
  void aLostRowIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "Table.java",
                "others.forEach(row ->",
                "others.stream().skip(others.size() > 2 ? 1 : 0).forEach(row ->"),
        "a row of \\w+ was lost|progress");
  }

  @Test
  void aReusedRevisionIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "SessionOwner.java",
                "new Batch(++batches, inFlight.revision(), inFlight.view())",
                "new Batch(++batches, inFlight.previous(), inFlight.view())"),
        "a batch follows revision");
  }

  @Test
  void aStopThatIsNotFinalIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "Command.java",
                "if (!session.state().isActive() || session.removedAt() != null) {\n"
                    + "        return repeats(session)",
                "if (session.state() == SessionState.COMPLETED || session.removedAt() != null) {\n"
                    + "        return repeats(session)"),
        "partial moved to|failed moved to");
  }

  @Test
  void aMoveInTwoStepsIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "SessionIndex.java",
                "byState.get(next.state()).values().forEach(order -> order.add(next));",
                "later.add(next);")
            .replace(
                "SessionIndex.java",
                "boolean was = isListed(former);",
                "later.forEach(s -> byState.get(s.state()).values().forEach(o -> o.add(s)));"
                    + " later.clear(); boolean was = isListed(former);")
            .replace(
                "SessionIndex.java",
                "  SessionIndex() {",
                "  private final java.util.List<Session> later = new java.util.ArrayList<>();\n"
                    + "  SessionIndex() {"),
        "counts|lists");
  }

  @Test
  void aMissingFenceIsCaught() throws Exception {
    assertCaught(
        new Mutant().replace("SimJournal.java", "if (ownerEpoch != epoch) {", "if (false) {"),
        "a batch follows revision|a replaced owner could still append");
  }

  @Test
  void aForgottenRequeueIsCaught() throws Exception {
    assertCaught(
        new Mutant().replace("SessionOwner.java", "runs.loseAll(book);", ""),
        "stay queued|nobody works on it");
  }

  @Test
  void aReportThatTakesAReviewAwayIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "Event.java",
                "row.recorded(position.revision(), former.review())",
                "row.recorded(position.revision(), null)"),
        "a review of \\w+ was lost");
  }

  @Test
  void aResumedSessionThatForgetsItsRowsIsCaught() throws Exception {
    assertCaught(
        new Mutant().replace("SessionOwner.java", ".with(rows));", ".with(List.of()));"),
        "rows of \\w+ differ|was lost|progress");
  }

  @Test
  void aDocumentThatIsPurgedWhileASessionNeedsItIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "DocumentUse.java",
                "return idleSince != null && idleSince.isBefore(instant);",
                "return idleSince == null || idleSince.isBefore(instant);")
            .replace("Book.java", "if (use.sessions() == 0) {", "if (true) {"),
        "has lost its document|NullPointerException");
  }

  @Test
  void aForgottenCommandIdIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "SessionOwner.java",
                "if (repetitions.knowsCommand(envelope.commandId())) {",
                "if (false) {"),
        "was carried out twice");
  }

  @Test
  void aRefusalThatShowsWhatIsNotDurableIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace("SessionOwner.java", "inFlight.hold(answer);", "effects.add(answer);")
            .replace("SessionOwner.java", "filling.hold(answer);", "effects.add(answer);"),
        "is a promise|rests on what is not durable");
  }

  @Test
  void aFrameThatSkipsAStepIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "ChangeSet.java",
                "for (ChangeSet step : steps) {",
                "for (ChangeSet step : steps.subList(1, steps.size())) {"),
        "a stream shows another list|a stream shows other rows");
  }

  @Test
  void aStepWithTheWrongPreviousIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "Merge.java",
                "batch.previous(), batch.revision(), book",
                "batch.revision() - 1, batch.revision(), book")
            .replace("ChangeLog.java", "if (step.previous() != head) {", "if (false) {"),
        "published from");
  }

  @Test
  void aResumptionThatMissesAStepIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "ChangeLog.java",
                "if (step.revision() <= revision) {",
                "if (step.revision() <= revision + 1) {"),
        "a stream|a frame from");
  }

  @Test
  void aKeyThatIsForgottenInACrashIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace("Repetitions.java", "keys.put(done.key().scope(),", "commands.put(\"\","),
        "under the key|passed under the key");
  }

  @Test
  void aRemovedUserWhoStaysLoggedInIsCaught() throws Exception {
    assertCaught(
        new Mutant().replace("Accounts.java", "\n        .withoutLoginsOf(name);", ";"),
        "has the grant");
  }

  @Test
  void aPurgeWithinTheGraceIsCaught() throws Exception {
    assertCaught(
        new Mutant().replace("Book.java", "now.minus(policy.grace())", "now"), "within its grace");
  }

  @Test
  void anExpiryOfAPinnedSessionIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace("Book.java", "if (!session.pinned()) {", "if (true) {")
            .replace("Sweep.java", "|| session.pinned()", ""),
        "expired too early");
  }

  @Test
  void aCommandThatStaysParkedIsCaught() throws Exception {
    assertCaught(
        new Mutant()
            .replace(
                "SessionOwner.java",
                "effects.add(refuse(command.ticket(), Refusal.INTERNAL, why));",
                "command.ticket();"),
        "never answered|nobody answered");
  }
}
