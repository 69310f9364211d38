package io.siyu.mall.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowSetTest {

  final List<String> prepared = new ArrayList<>();
  final List<List<Object>> executed = new ArrayList<>();

  @Test
  void takesTheColumnsAsTheyAreCalledAndEveryRow() throws SQLException {
    RowSet set = RowSet.of("t", found(List.of("id", "sequence_no"), 3));
    assertEquals(3, set.size());
    set.write(new Statements(connection()), 0, 10, 10);
    assertEquals(
        List.of("INSERT INTO t (id, sequence_no) VALUES (?, ?), (?, ?), (?, ?)"), prepared);
    assertEquals(List.of(List.of("0a", "0b", "1a", "1b", "2a", "2b")), executed);
  }

  @Test
  void everyRowIsWrittenOnceHoweverManyAnOrderHas() throws SQLException {
    for (int rows : new int[] {0, 1, 99, 100, 101, 250, 251, 1_003}) {
      executed.clear();
      RowSet set = RowSet.of("t", found(List.of("id"), rows));
      Statements statements = new Statements(connection());
      for (int from = 0; from < 250; from += 100) {
        set.write(statements, from, 100, 250);
      }
      List<Object> written = executed.stream().flatMap(List::stream).toList();
      assertEquals(rows, written.size());
      assertEquals(rows, written.stream().distinct().count());
      assertTrue(executed.stream().allMatch(one -> one.size() <= 100), "rows of a statement");
    }
  }

  @Test
  void aStatementIsPreparedOncePerTextAlsoForAnotherChunk() throws SQLException {
    Statements statements = new Statements(connection());
    for (int chunk = 0; chunk < 3; chunk++) {
      RowSet set = RowSet.of("t", found(List.of("id"), 200));
      set.write(statements, 0, 100, 200);
      set.write(statements, 100, 100, 200);
    }
    assertEquals(1, prepared.size());
    assertEquals(6, executed.size());
  }

  private Connection connection() {
    return fake(
        Connection.class,
        (proxy, method, args) -> {
          prepared.add((String) args[0]);
          return statement();
        });
  }

  private PreparedStatement statement() {
    TreeMap<Integer, Object> values = new TreeMap<>();
    return fake(
        PreparedStatement.class,
        (proxy, method, args) -> {
          if (method.getName().equals("setObject")) {
            values.put((Integer) args[0], args[1]);
            return null;
          }
          executed.add(List.copyOf(values.values()));
          values.clear();
          return 1;
        });
  }

  private static ResultSet found(List<String> columns, int rows) {
    int[] row = {-1};
    ResultSetMetaData about =
        fake(
            ResultSetMetaData.class,
            (proxy, method, args) ->
                args == null ? (Object) columns.size() : columns.get((Integer) args[0] - 1));
    return fake(
        ResultSet.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getMetaData" -> about;
              case "next" -> ++row[0] < rows;
              default -> row[0] + String.valueOf((char) ('a' + (Integer) args[0] - 1));
            });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(RowSetTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
