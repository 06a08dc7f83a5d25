package dev.holdfast;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.StoreQuestionSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The question sets that a new installation has. */
final class QuestionSets {
  private static final List<String> SHIPPED = List.of("bid-spec", "general");

  private QuestionSets() {}

  /** Stores those of which no version is there; one that a user has changed stays as it is. */
  static Future<Void> store(Vertx vertx, SessionClient client) {
    List<Future<?>> stored = new ArrayList<>();
    for (String name : SHIPPED) {
      stored.add(
          client
              .ask(new Query.GetQuestionSet(name, 0))
              .<Object>map(known -> known)
              .recover(
                  missing ->
                      vertx
                          .executeBlocking(() -> read(name))
                          .compose(
                              set ->
                                  client
                                      .send(new StoreQuestionSet(set))
                                      .map(done -> (Object) done))));
    }
    return Future.all(stored).mapEmpty();
  }

  private static QuestionSet read(String name) throws IOException {
    String file = "/question-sets/" + name + ".json";
    try (InputStream json = QuestionSets.class.getResourceAsStream(file)) {
      return new ObjectMapper().readValue(json, QuestionSet.class).withVersion(0);
    }
  }
}
