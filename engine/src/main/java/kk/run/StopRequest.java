package kk.run;

/// Somebody's wish that a run ends early: what is running may finish, nothing new begins. May be
/// made from any thread and can't be taken back.
public final class StopRequest {
  private volatile boolean made;

  public void make() {
    made = true;
  }

  boolean isMade() {
    return made;
  }
}
