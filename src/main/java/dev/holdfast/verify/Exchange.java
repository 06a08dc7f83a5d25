package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A request and its answer.
 *
 * @param who sent it
 * @param what its method and path
 * @param sent when, in nanoseconds of the run; {@code done} is when the answer was here
 * @param status 0 when there was no answer
 * @param body missing when there was none
 * @param failure why there was no answer, or null
 */
record Exchange(
    String who, String what, long sent, long done, int status, JsonNode body, String failure) {

  static Exchange unanswered(String who, String what, long sent, long done, String failure) {
    return new Exchange(who, what, sent, done, 0, MissingNode.getInstance(), failure);
  }

  boolean isOk() {
    return status >= 200 && status < 300;
  }

  /** True when the server has said what became of it: neither silence, nor an error of its own. */
  boolean isAnswered() {
    return status > 0 && status < 500 && status != 429;
  }

  String outcome() {
    return status == 0 ? "no answer (" + failure + ")" : Integer.toString(status);
  }

  Step step(String more) {
    return new Step(
        sent, done, who, what + " → " + outcome() + (more.isEmpty() ? "" : ", " + more));
  }
}
