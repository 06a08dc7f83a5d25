package dev.holdfast.http;

import dev.holdfast.session.Sort;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the next page of a list begins; bound to the filter and order that it was given for. */
final class Cursor {
  private static final String PARTS = "\n";

  private Cursor() {}

  static String encode(Sort.Position position, String filter) {
    String text =
        String.join(
            PARTS,
            Integer.toHexString(filter.hashCode()),
            Long.toString(position.createdRevision()),
            position.key());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The position in a cursor; null for none.
   *
   * @throws ProblemException 400 for a cursor of another filter or from elsewhere
   */
  static Sort.Position decode(String cursor, String filter, Sort sort) {
    if (cursor == null) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = text.split(PARTS, 3);
      if (parts.length == 3
          && parts[0].equals(Integer.toHexString(filter.hashCode()))
          && Params.isStorable(parts[2])) {
        if (sort.field() != Sort.Field.TITLE) {
          Long.parseLong(parts[2]);
        }
        return new Sort.Position(parts[2], Long.parseLong(parts[1]));
      }
    } catch (IllegalArgumentException e) {
      // Not one of ours; the refusal says what to do.
    }
    throw new ProblemException(
        Problem.Type.BAD_PARAMETER,
        "The cursor does not belong to this filter and order; begin without one.");
  }
}
