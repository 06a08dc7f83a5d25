package dev.holdfast.session;

/** What the owner wants done; the verticle around it does it. */
public sealed interface Effect {

  /** Write the batch in one transaction, then say durable, failed or unknown. */
  record Append(Batch batch) implements Effect {}

  /**
   * Answer whoever sent the command.
   *
   * @param ticket that came with it
   */
  record Answer(long ticket, Reply<?> reply) implements Effect {}

  /** Tell everybody what became durable. */
  record Publish(ChangeSet changes) implements Effect {}

  /** Run an attempt of a built-in analyzer; harmless when it is running already. */
  record StartAnalysis(String sessionId, int attempt) implements Effect {}

  /** End the attempt; its reports would be refused anyway. */
  record CancelAnalysis(String sessionId, int attempt) implements Effect {}

  /** Read the rows of an ended session and hand them over: commands wait for them. */
  record FetchRows(String sessionId) implements Effect {}

  /** Load the book from the journal and hand it over: whether a batch was written is unknown. */
  record Reload() implements Effect {}
}
