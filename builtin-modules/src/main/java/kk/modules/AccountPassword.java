package kk.modules;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import kk.spi.Content;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.Secret;
import kk.spi.SharedArguments;

/// How somebody logs in to an account by password, and for how long. A lock is a `!` before the
/// hash, so one that is locked has the same password still.
public record AccountPassword(
    @Doc("hash of the password, as in /etc/shadow; `*` or `!` lets nobody in by password")
        Optional<Secret> password,
    @Doc("when to set the password") @Default("always") When updatePassword,
    @Doc("whether the password is locked; a lock stays when this isn't given")
        Optional<Boolean> passwordLock,
    @Doc("days after which the password has to be changed; -1 for never")
        Optional<Integer> passwordExpireMax,
    @Doc("days before which it can't be changed again") Optional<Integer> passwordExpireMin,
    @Doc("days of warning before it has to be changed") Optional<Integer> passwordExpireWarn,
    @Doc("days after its end until the account is closed; -1 for never")
        Optional<Integer> passwordExpireAccountDisable)
    implements SharedArguments {

  /// When a password is set.
  public enum When {
    ALWAYS,
    ON_CREATE
  }

  private static final String HASHES =
      "[!*x]*|!*(\\$[0-9a-z]+\\$.+|[./0-9A-Za-z]{13}|_[./0-9A-Za-z]{19})";

  public AccountPassword {
    if (password.filter(hash -> hash.reveal().matches("(?s).*[:\\n].*")).isPresent()) {
      throw new IllegalArgumentException("`password` is a hash, which has no colon in it");
    }
  }

  /// Sets the variables that `user.shadow.sh` reads.
  Script into(Script script) {
    return script
        .set("set_password", password.isPresent())
        .set("hash_sum", password.map(hash -> digest(bare(hash))))
        .set("keep_password", updatePassword == When.ON_CREATE)
        .set("lock", passwordLock.map(lock -> lock ? "yes" : "no"))
        .set("age_max", passwordExpireMax.map(String::valueOf))
        .set("age_min", passwordExpireMin.map(String::valueOf))
        .set("age_warn", passwordExpireWarn.map(String::valueOf))
        .set("age_idle", passwordExpireAccountDisable.map(String::valueOf));
  }

  /// The line for chpasswd, nothing without a password.
  String login(String name) {
    boolean locked = passwordLock.orElse(false);
    return password
        .map(hash -> name + ":" + (locked ? "!" + bare(hash) : hash.reveal()))
        .orElse("");
  }

  /// Whether it can't be what crypt makes of a password.
  boolean isNoHash() {
    return password.filter(hash -> !hash.reveal().matches(HASHES)).isPresent();
  }

  private static String bare(Secret hash) {
    return hash.reveal().replaceFirst("^!+", "");
  }

  private static String digest(String text) {
    return FileSource.digest(Content.of(text.getBytes(StandardCharsets.UTF_8)), "SHA-256");
  }
}
