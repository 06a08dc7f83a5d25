package dev.holdfast.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a server shows its sessions.
 *
 * @param holdfast true when external sessions, attempts and the stream can be used, too
 * @param summary path of one session in the shape of a list's item, or null
 * @param ended the states that a session does not leave within an attempt
 * @param create null when verify must not create anything; likewise {@code stop}, {@code delete}
 */
record Shape(
    boolean holdfast,
    ListShape list,
    String summary,
    ResultsShape results,
    Set<String> ended,
    Call create,
    Call stop,
    Call delete) {

  /**
   * The list of all sessions.
   *
   * @param ofState path of the list of one state, or null
   * @param rows numbers whose sum is how many rows are answered; empty when not shown
   * @param counts by state
   * @param next the cursor of the next page, sent as the parameter {@code nextParameter}
   */
  record ListShape(
      String path,
      String ofState,
      List<Group> groups,
      Place id,
      Place state,
      List<Place> rows,
      Place attempt,
      Map<String, Place> counts,
      Place total,
      Place revision,
      Place truncated,
      Place next,
      String nextParameter) {

    /** How many rows of an item are answered; -1 when it does not say. */
    int rows(JsonNode item) {
      int sum = rows.isEmpty() ? -1 : 0;
      for (Place place : rows) {
        JsonNode number = place.one(item);
        if (!number.isNumber()) {
          return -1;
        }
        sum += number.asInt();
      }
      return sum;
    }
  }

  /**
   * A part of the list.
   *
   * @param state of items that do not say theirs, or null
   * @param count the number that is said of the items of this group
   */
  record Group(Place items, String state, Place count) {}

  /**
   * The results of one session.
   *
   * @param answered a member of a row; one of {@code open} there, or nothing, means not answered;
   *     nowhere when every row that is shown is answered
   * @param removed not null in a session that has left the list and can still be viewed
   * @param gone statuses which say that a session was there and went
   */
  record ResultsShape(
      String path,
      Place rows,
      Place answered,
      Set<String> open,
      Place state,
      Place attempt,
      Place removed,
      Set<Integer> gone) {

    int answered(JsonNode body) {
      if (answered.isNowhere()) {
        return rows.all(body).size();
      }
      int answered = 0;
      for (JsonNode row : rows.all(body)) {
        String value = this.answered.text(row);
        answered += value == null || open.contains(value) ? 0 : 1;
      }
      return answered;
    }
  }

  /**
   * A request that changes something.
   *
   * @param body with {@code {new}} for a fresh id, or null
   * @param id of the new session in the reply
   * @param state in the reply, when the change is done by then
   */
  record Call(String method, String path, JsonNode body, Place id, Place state) {}

  boolean isEnded(String state) {
    return ended.contains(state);
  }

  int attempt(Place place, JsonNode body) {
    return place.one(body).asInt(1);
  }
}
