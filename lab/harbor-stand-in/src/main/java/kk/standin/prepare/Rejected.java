package kk.standin.prepare;

/// What in `harbor.yml`, or beside it, makes it impossible to prepare.
public final class Rejected extends Exception {
  Rejected(String why) {
    super(why);
  }
}
