package kk.spi;

import java.util.Optional;

/// Another user to become on the host.
///
/// @param user name of the user, most often `root`
/// @param method `sudo` or `su`
/// @param evenFromItself whether it is done for who is that user already
/// @param password what the method asks for, if it does; handed over on standard input only
public record RunAs(
    String user, String method, boolean evenFromItself, Optional<Secret> password) {}
