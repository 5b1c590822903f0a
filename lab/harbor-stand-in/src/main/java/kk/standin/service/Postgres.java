package kk.standin.service;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.UnaryOperator;
import kk.standin.core.Store;
import org.jspecify.annotations.Nullable;

/// The document in one row of a PostgreSQL database.
final class Postgres implements Store.Database {
  private final String url;
  private final Properties login = new Properties();
  private @Nullable Connection open;

  /// Connects when it is first asked.
  ///
  /// @param url as in `jdbc:postgresql://host:5432/registry`
  Postgres(String url, String user, String password) {
    this.url = url;
    login.setProperty("user", user);
    login.setProperty("password", password);
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "30");
  }

  @Override
  public synchronized byte[] read() {
    try {
      byte[] document = document(connection(), "");
      connection().commit();
      return document;
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  @Override
  public synchronized void update(UnaryOperator<byte[]> change) {
    try {
      Connection connection = connection();
      byte[] before = document(connection, " FOR UPDATE");
      byte[] after;
      try {
        after = change.apply(before);
      } catch (RuntimeException e) {
        connection.rollback();
        throw e;
      }
      try (PreparedStatement write =
          connection.prepareStatement("UPDATE stand_in SET document = ?::jsonb")) {
        write.setString(1, new String(after, StandardCharsets.UTF_8));
        write.executeUpdate();
      }
      connection.commit();
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private static byte[] document(Connection connection, String lock) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT document FROM stand_in" + lock)) {
      String text = rows.next() ? rows.getString(1) : "{}";
      return text.equals("{}") ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private Connection connection() throws SQLException {
    if (open == null || open.isClosed()) {
      Connection opened = DriverManager.getConnection(url, login);
      opened.setAutoCommit(false);
      try (Statement statement = opened.createStatement()) {
        statement.execute(
            "CREATE TABLE IF NOT EXISTS stand_in (id int PRIMARY KEY, document jsonb NOT NULL)");
        statement.execute("INSERT INTO stand_in VALUES (1, '{}') ON CONFLICT DO NOTHING");
      }
      opened.commit();
      open = opened;
    }
    return open;
  }

  /// The next question opens a new connection.
  private IllegalStateException broken(SQLException e) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException again) {
      e.addSuppressed(again);
    }
    open = null;
    return new IllegalStateException("database: " + e.getMessage(), e);
  }
}
