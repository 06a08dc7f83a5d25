package dev.holdfast.http;

import dev.holdfast.bus.SessionClient;
import dev.holdfast.session.Query;
import dev.holdfast.session.QuestionSet;
import dev.holdfast.session.Reply.Done;
import dev.holdfast.session.StoreQuestionSet;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Question sets: list, read, store. */
final class QuestionSetRoutes {
  private final SessionClient client;

  QuestionSetRoutes(SessionClient client) {
    this.client = client;
  }

  void mount(Router router) {
    Requests.read(router, "/api/v1/question-sets").handler(this::list);
    Requests.read(router, "/api/v1/question-sets/:name").handler(this::read);
    router.put("/api/v1/question-sets/:name").handler(this::store);
  }

  /** The latest version of a set, without its questions. */
  record Item(String name, int version, String title, int questions) {}

  /** The latest version of every set. */
  record ItemList(long revision, List<Item> items) {}

  private void list(RoutingContext context) {
    Params.only(context);
    client
        .ask(new Query.ListQuestionSets())
        .onSuccess(
            done -> {
              List<Item> items =
                  done.value().items().stream()
                      .map(
                          set ->
                              new Item(
                                  set.name(), set.version(), set.title(), set.questions().size()))
                      .toList();
              new Encoded(
                      Long.toString(done.revision()),
                      done.revision(),
                      PublicJson.encode(new ItemList(done.revision(), items)))
                  .send(context);
            })
        .onFailure(context::fail);
  }

  private void read(RoutingContext context) {
    Params.only(context);
    String[] parts = context.pathParam("name").split("@", 2);
    client
        .ask(new Query.GetQuestionSet(parts[0], Params.version(parts)))
        .onSuccess(done -> send(context, done))
        .onFailure(context::fail);
  }

  private static void send(RoutingContext context, Done<QuestionSet> done) {
    QuestionSet set = done.value();
    new Encoded(set.name() + "@" + set.version(), done.revision(), PublicJson.encode(View.of(set)))
        .send(context);
  }

  record SectionBody(String id, String name, List<QuestionBody> questions) {}

  record QuestionBody(String id, String text) {}

  /** A question set as it is read and written; the version is the server's to give. */
  record View(String name, Integer version, String title, List<SectionBody> sections) {
    static View of(QuestionSet set) {
      return new View(
          set.name(),
          set.version(),
          set.title(),
          set.sections().stream()
              .map(
                  section ->
                      new SectionBody(
                          section.id(),
                          section.name(),
                          section.questions().stream()
                              .map(question -> new QuestionBody(question.id(), question.text()))
                              .toList()))
              .toList());
    }

    QuestionSet toQuestionSet() {
      if (sections == null) {
        throw new IllegalArgumentException("sections is missing");
      }
      return new QuestionSet(name, 0, title, sections.stream().map(View::section).toList());
    }

    private static QuestionSet.Section section(SectionBody body) {
      if (body == null || body.questions() == null) {
        throw new IllegalArgumentException("a section has no questions");
      }
      List<QuestionSet.Question> questions =
          body.questions().stream()
              .map(question -> new QuestionSet.Question(question.id(), question.text()))
              .toList();
      return new QuestionSet.Section(body.id(), body.name(), questions);
    }
  }

  private void store(RoutingContext context) {
    Params.only(context);
    View body = PublicJson.read(context.body().buffer(), View.class);
    if (!context.pathParam("name").equals(body.name())) {
      throw new ProblemException(
          Problem.Type.INVALID_VALUE, "name in the body must be the name in the path.");
    }
    QuestionSet set = Checked.value(body::toQuestionSet);
    Requests.send(context, client, new StoreQuestionSet(set))
        .onSuccess(
            done -> {
              context.response().setStatusCode(done.changed() ? 201 : 200);
              send(context, done);
            })
        .onFailure(context::fail);
  }
}
