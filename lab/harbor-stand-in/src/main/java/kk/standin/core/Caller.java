package kk.standin.core;

/// Who asks.
sealed interface Caller {
  /// As it stands in tokens.
  String name();

  record Anonymous() implements Caller {
    @Override
    public String name() {
      return "";
    }
  }

  /// The user `admin`; there are no others.
  record Admin() implements Caller {
    @Override
    public String name() {
      return "admin";
    }
  }

  record Machine(State.Robot robot) implements Caller {
    @Override
    public String name() {
      return robot.name();
    }
  }
}
