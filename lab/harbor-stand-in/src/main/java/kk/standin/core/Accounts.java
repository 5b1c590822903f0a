package kk.standin.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kk.standin.http.Refusal;
import kk.standin.http.Request;

/// Who may log in. A failed login locks its user for a moment, whatever the password is then.
final class Accounts {
  private final Store store;
  private final Duration lock;
  private final Map<String, Instant> lockedUntil = new ConcurrentHashMap<>();

  /// @param initialPassword of the user admin; counts only when the database has none
  Accounts(Store store, String initialPassword, Duration lock) {
    this.store = store;
    this.lock = lock;
    store.update(
        state -> {
          if (state.adminPassword.isEmpty()) {
            state.adminPassword = Passwords.digest(initialPassword);
          }
        });
  }

  /// Who sent the request by its basic credentials; fails when they are wrong.
  Caller caller(Request request) {
    String header = request.header("Authorization").orElse("");
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return new Caller.Anonymous();
    }
    String[] pair = decoded(header.substring(6).strip()).split(":", 2);
    return login(pair[0], pair.length < 2 ? "" : pair[1]);
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.unauthorized("unauthorized: the credentials are not base64");
    }
  }

  private Caller login(String user, String password) {
    if (Instant.now().isBefore(lockedUntil.getOrDefault(user, Instant.MIN))) {
      throw Refusal.unauthorized("unauthorized");
    }
    return store.read(
        state -> {
          if (user.equals("admin") && Passwords.matches(password, state.adminPassword)) {
            return new Caller.Admin();
          }
          return state
              .robots
              .first(robot -> robot.name().equals(user))
              .filter(robot -> isAlive(robot) && Passwords.matches(password, robot.secret()))
              .map(Caller.Machine::new)
              .orElseThrow(() -> refused(user));
        });
  }

  private Refusal refused(String user) {
    lockedUntil.put(user, Instant.now().plus(lock));
    return Refusal.unauthorized("unauthorized");
  }

  private static boolean isAlive(State.Robot robot) {
    return !robot.disable()
        && (robot.expiresAt() < 0 || robot.expiresAt() > Instant.now().getEpochSecond());
  }

  void changePassword(String old, String wanted) {
    store.update(
        state -> {
          if (!Passwords.matches(old, state.adminPassword)) {
            throw new Refusal(Refusal.Code.FORBIDDEN, "the old password is not right");
          }
          Passwords.check("new password", wanted);
          if (wanted.equals(old)) {
            throw Refusal.badRequest("the new password is the old one");
          }
          state.adminPassword = Passwords.digest(wanted);
        });
  }
}
