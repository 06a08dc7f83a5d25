package dev.holdfast.bus;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.holdfast.session.Accounts;
import dev.holdfast.session.ApiKey;
import dev.holdfast.session.Bulk;
import dev.holdfast.session.ChangeSet;
import dev.holdfast.session.Command;
import dev.holdfast.session.Counts;
import dev.holdfast.session.Document;
import dev.holdfast.session.Effect;
import dev.holdfast.session.Envelope;
import dev.holdfast.session.Grant;
import dev.holdfast.session.Login;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Reply;
import dev.holdfast.session.Row;
import dev.holdfast.session.Session;
import dev.holdfast.session.SweepReport;
import dev.holdfast.session.Table;
import dev.holdfast.session.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records as JSON between JVMs; a member {@code @type} names the record where it may vary. */
final class Wire {
  private static final JsonMapper MAPPER = mapper();

  private Wire() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
  private interface Typed {}

  private abstract static class TypedValue {
    @JsonCreator
    TypedValue(
        @JsonProperty("revision") long revision,
        @JsonProperty("changed") boolean changed,
        @JsonProperty("value")
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
            Object value) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    Object value;
  }

  /** What a table is made of. */
  private record TableParts(QuestionSet questions, List<Row> rows) {}

  @JsonSerialize(converter = ToParts.class)
  @JsonDeserialize(converter = FromParts.class)
  private interface AsParts {}

  private static final class ToParts extends StdConverter<Table, TableParts> {
    @Override
    public TableParts convert(Table table) {
      return new TableParts(table.questions(), table.recordedRows());
    }
  }

  private static final class FromParts extends StdConverter<TableParts, Table> {
    @Override
    public Table convert(TableParts parts) {
      return Table.of(parts.questions(), parts.rows());
    }
  }

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .addMixIn(Command.class, Typed.class)
            .addMixIn(Query.class, Typed.class)
            .addMixIn(Table.class, AsParts.class)
            .addMixIn(Reply.Done.class, TypedValue.class);
    for (Class<?> type : named()) {
      builder.registerSubtypes(new NamedType(type, type.getSimpleName()));
    }
    return builder.build();
  }

  private static List<Class<?>> named() {
    List<Class<?>> types = new ArrayList<>(leaves(Command.class));
    types.addAll(leaves(Query.class));
    types.addAll(
        List.of(
            Session.class,
            Document.class,
            QuestionSet.class,
            Counts.class,
            Accounts.class,
            Grant.class,
            User.class,
            ApiKey.class,
            Login.class,
            SweepReport.class,
            Bulk.Outcome.class,
            Query.Ids.class,
            Query.QuestionSets.class,
            Query.Results.class,
            Query.Page.class,
            Query.Snapshot.class,
            Query.Changes.class));
    return types;
  }

  /** The records of a sealed hierarchy. */
  static List<Class<?>> leaves(Class<?> sealed) {
    List<Class<?>> leaves = new ArrayList<>();
    for (Class<?> type : sealed.getPermittedSubclasses()) {
      if (type.isSealed()) {
        leaves.addAll(leaves(type));
      } else {
        leaves.add(type);
      }
    }
    return leaves;
  }

  /** The classes that travel as whole messages, each under a codec of its own. */
  static List<Class<?>> messages() {
    List<Class<?>> messages = new ArrayList<>(leaves(Query.class));
    messages.addAll(Arrays.asList(Reply.class.getPermittedSubclasses()));
    messages.addAll(
        List.of(
            Envelope.class,
            ChangeSet.class,
            Effect.StartAnalysis.class,
            Effect.CancelAnalysis.class));
    return messages;
  }

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
