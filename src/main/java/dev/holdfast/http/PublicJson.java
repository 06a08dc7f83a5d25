package dev.holdfast.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;

/** The JSON of the API: strict in what it reads, with every member in what it writes. */
public final class PublicJson {
  private static final int DEPTH_MAX = 32;
  private static final JsonMapper MAPPER = mapper();

  private PublicJson() {}

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .defaultSetterInfo(JsonSetter.Value.empty().withContentNulls(Nulls.FAIL))
        .withCoercionConfig(
            LogicalType.Textual,
            config -> {
              config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
              config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
        .build();
  }

  /** The value as JSON in UTF-8. */
  public static Buffer encode(Object value) {
    return Buffer.buffer(bytes(value));
  }

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON that is in the store already, without some of its members. */
  static Object treeWithout(String json, Collection<String> members) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (tree instanceof ObjectNode object) {
        object.remove(members);
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The body as a record; an empty body is an empty object.
   *
   * @throws ProblemException 400 when it is not such JSON, 422 when a value is not acceptable
   */
  static <T> T read(Buffer body, Class<T> type) {
    try {
      byte[] json = body == null || body.length() == 0 ? new byte[] {'{', '}'} : body.getBytes();
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new ProblemException(Problem.Type.MALFORMED, "Send a JSON object, not null.");
      }
      return value;
    } catch (ValueInstantiationException e) {
      String why = e.getCause() == null ? "A value is missing." : e.getCause().getMessage();
      throw new ProblemException(Problem.Type.INVALID_VALUE, why);
    } catch (JsonMappingException e) {
      throw new ProblemException(Problem.Type.MALFORMED, JsonFaults.detail(e));
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Problem.Type.MALFORMED,
          "The body is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
