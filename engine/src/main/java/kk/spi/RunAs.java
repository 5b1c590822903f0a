package kk.spi;

import java.util.List;
import java.util.Optional;

/// Another user to become on the host.
///
/// @param user name of the user, most often `root`
/// @param method one of [#METHODS]
/// @param program what to call in place of the method's own name, in the words of a shell
/// @param flags what to tell it in place of the usual, in the words of a shell
/// @param evenFromItself whether it is done for who is that user already
/// @param password what the method asks for, if it does; handed over on standard input only
public record RunAs(
    String user,
    String method,
    Optional<String> program,
    Optional<String> flags,
    boolean evenFromItself,
    Optional<Secret> password) {

  /// The methods there are.
  public static final List<String> METHODS = List.of("sudo", "su");

  /// Becomes another user in the usual way.
  public RunAs(String user, String method, Optional<Secret> password) {
    this(user, method, Optional.empty(), Optional.empty(), false, password);
  }
}
