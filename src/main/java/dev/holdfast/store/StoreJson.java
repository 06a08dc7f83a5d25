package dev.holdfast.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.holdfast.session.ApiKey;
import dev.holdfast.session.Bulk;
import dev.holdfast.session.Document;
import dev.holdfast.session.Login;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.SweepReport;
import dev.holdfast.session.User;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records as JSON text in the store: members are the components, absent means null. */
final class StoreJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .addMixIn(Row.class, ReportedRow.class)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          // A store may hold what a later version added.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** What a command may leave behind, by its name in a stored reply. */
  private static final Map<String, Class<?>> SUBJECTS =
      Stream.of(
              Session.class,
              Bulk.Outcome.class,
              QuestionSet.class,
              Document.class,
              SweepReport.class,
              User.class,
              ApiKey.class,
              Login.class)
          .collect(Collectors.toMap(Class::getSimpleName, type -> type));

  private StoreJson() {}

  /** A row in a report has no revision yet. */
  private abstract static class ReportedRow {
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    long revision;
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the store holds an unreadable " + type.getSimpleName(), e);
    }
  }

  /**
   * A reply as it is repeated to whoever asks again under the same key; the value is null when the
   * command took away what it was about.
   */
  static String writeReply(Reply.Done<?> reply) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("revision", reply.revision());
    json.put("changed", reply.changed());
    Object value = reply.value();
    json.put("type", value == null ? null : value.getClass().getSimpleName());
    json.set("value", MAPPER.valueToTree(value));
    return json.toString();
  }

  static Reply.Done<?> readReply(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      return new Reply.Done<>(
          json.get("revision").asLong(), json.get("changed").asBoolean(), subject(json));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the store holds an unreadable reply", e);
    }
  }

  /** In a store of the first version only sessions were repeated, and no type was named. */
  private static Object subject(JsonNode reply) throws JsonProcessingException {
    JsonNode value = reply.get("value");
    String type = reply.path("type").asText(Session.class.getSimpleName());
    return value.isNull() ? null : MAPPER.treeToValue(value, SUBJECTS.get(type));
  }
}
