package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.store.CuttingProxy.Cut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy makes of a statement exactly what a test asked for. */
@Timeout(30)
class CuttingProxyTest {
  private static final String INSERT = "INSERT INTO event VALUES (?)";

  private final CuttingProxy proxy = CuttingProxy.before(PostgresServer.shared().port());
  private final String direct = PostgresServer.shared().newDatabase();
  private final String proxied = proxy.through(direct);

  @BeforeEach
  void makeTable() throws SQLException {
    try (Connection connection = PostgresServer.connect(direct);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE event (x int PRIMARY KEY)");
    }
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
  }

  private static void insert(Connection connection, int number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setInt(1, number);
      statement.executeUpdate();
    }
  }

  /** What another client reads, past the proxy. */
  private List<Integer> rows() throws SQLException {
    List<Integer> found = new ArrayList<>();
    try (Connection connection = PostgresServer.connect(direct);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT x FROM event ORDER BY x")) {
      while (rows.next()) {
        found.add(rows.getInt(1));
      }
    }
    return found;
  }

  private static void done(Future<Void> cut) throws Exception {
    cut.get(10, TimeUnit.SECONDS);
  }

  private static void assertCut(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    // 08 is the class of the connection that failed.
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
  }

  @Test
  void nothingIsChangedOnTheWay() throws Exception {
    try (Connection connection = PostgresServer.connect(proxied);
        Statement statement = connection.createStatement()) {
      insert(connection, 1);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT i, repeat('x', 1000) FROM generate_series(1, 5000) AS s(i)")) {
        for (int i = 1; i <= 5000; i++) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(i);
        }
        assertThat(rows.next()).isFalse();
      }
    }
    assertThat(rows()).containsExactly(1);
  }

  @Test
  void whatIsCutAfterItIsThereThoughTheClientGotAnException() throws Exception {
    try (Connection connection = PostgresServer.connect(proxied)) {
      Future<Void> cut = proxy.arm(Cut.AFTER, CuttingProxy.sql("INSERT INTO event"));
      assertCut(() -> insert(connection, 1));
      done(cut);
      assertThat(rows()).containsExactly(1);
    }
  }

  @Test
  void whatIsCutBeforeItIsNotThere() throws Exception {
    try (Connection connection = PostgresServer.connect(proxied)) {
      Future<Void> cut = proxy.arm(Cut.BEFORE, CuttingProxy.sql("INSERT INTO event"));
      assertCut(() -> insert(connection, 1));
      done(cut);
      assertThat(rows()).isEmpty();
    }
  }

  @Test
  void aCommitIsCutOnEitherSide() throws Exception {
    for (Cut side : List.of(Cut.BEFORE, Cut.AFTER)) {
      try (Connection connection = PostgresServer.connect(proxied)) {
        connection.setAutoCommit(false);
        insert(connection, side.ordinal());
        Future<Void> cut = proxy.arm(side, CuttingProxy.sql("COMMIT"));
        assertCut(connection::commit);
        done(cut);
      }
    }
    assertThat(rows()).containsExactly(Cut.AFTER.ordinal());
  }

  @Test
  void whatIsReleasedLateIsExecutedAfterTheClientHasComeBack() throws Exception {
    try (Connection connection = PostgresServer.connect(proxied)) {
      Future<Void> cut = proxy.arm(Cut.LATE, CuttingProxy.sql("INSERT INTO event"));
      assertCut(() -> insert(connection, 1));
      done(cut);
    }
    try (Connection again = PostgresServer.connect(proxied)) {
      assertThat(rows()).isEmpty();
      insert(again, 2);
    }
    done(proxy.release());
    assertThat(rows()).containsExactly(1, 2);
  }

  @Test
  void aStatementThatWasPreparedBeforeIsKnownByItsTextAndByItsName() throws Exception {
    for (var when :
        List.of(CuttingProxy.sql(INSERT.replace("?", "$1")), CuttingProxy.bytes("S_1"))) {
      try (Connection connection = PostgresServer.connect(proxied);
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        statement.unwrap(org.postgresql.PGStatement.class).setPrepareThreshold(1);
        statement.setInt(1, 1);
        statement.executeUpdate();
        statement.setInt(1, 2);
        Future<Void> cut = proxy.arm(Cut.BEFORE, when);
        assertCut(statement::executeUpdate);
        done(cut);
      }
      assertThat(rows()).containsExactly(1);
      try (Connection connection = PostgresServer.connect(direct);
          Statement statement = connection.createStatement()) {
        statement.execute("DELETE FROM event");
      }
    }
  }

  @Test
  void theNextRequestIsCutAndOnlyThatOne() throws Exception {
    try (Connection one = PostgresServer.connect(proxied);
        Connection two = PostgresServer.connect(proxied)) {
      Future<Void> cut = proxy.arm(Cut.BEFORE, CuttingProxy.next());
      assertCut(() -> insert(one, 1));
      done(cut);
      insert(two, 2);
    }
    assertThat(rows()).containsExactly(2);
  }

  @Test
  void allAreCutAtOnceAndMayComeBack() throws Exception {
    try (Connection one = PostgresServer.connect(proxied);
        Connection two = PostgresServer.connect(proxied)) {
      proxy.cutAll();
      assertCut(() -> insert(one, 1));
      assertCut(() -> insert(two, 2));
    }
    proxy.down();
    assertCut(() -> PostgresServer.connect(proxied).close());
    proxy.up();
    try (Connection again = PostgresServer.connect(proxied)) {
      insert(again, 3);
    }
    assertThat(rows()).containsExactly(3);
  }
}
