package kk.standin.core;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import kk.standin.http.Json;

/// Where the [State] is kept. Each reading asks the database, and each change is a transaction, so
/// that a database restored below a running core is seen at once.
public final class Store {
  /// Keeps one document.
  public interface Database {
    /// The document; empty when there is none yet.
    byte[] read();

    /// Replaces the document by what the function makes of it; nobody else writes meanwhile.
    void update(UnaryOperator<byte[]> change);
  }

  /// In memory, for tests in-process.
  public static final class Memory implements Database {
    private byte[] document = new byte[0];

    @Override
    public synchronized byte[] read() {
      return document;
    }

    @Override
    public synchronized void update(UnaryOperator<byte[]> change) {
      document = change.apply(document);
    }
  }

  private final Database database;

  public Store(Database database) {
    this.database = database;
  }

  <T> T read(Function<State, T> question) {
    return question.apply(parsed(database.read()));
  }

  /// When the change throws, nothing is written.
  <T> T change(Function<State, T> change) {
    Object[] result = new Object[1];
    database.update(
        document -> {
          State state = parsed(document);
          result[0] = change.apply(state);
          return Json.bytes(state);
        });
    @SuppressWarnings("unchecked")
    T typed = (T) result[0];
    return typed;
  }

  void update(Consumer<State> change) {
    change(
        state -> {
          change.accept(state);
          return true;
        });
  }

  private static State parsed(byte[] document) {
    return document.length == 0 ? new State() : Json.as(State.class, Json.read(document));
  }
}
