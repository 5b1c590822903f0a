package kk.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kk.variables.HostVariables;

/// Arguments for OpenSSH that an inventory gives a host. kk speaks SSH itself; those that only say
/// how a line is shared, kept or told of have no meaning for it, and any other can't be heeded.
final class SshArguments {
  private static final List<String> VARIABLES =
      List.of("ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args");
  private static final Set<String> FLAGS = Set.of("-C", "-q", "-v", "-4", "-o");
  private static final Set<String> OPTIONS =
      Set.of(
          "batchmode",
          "compression",
          "connectionattempts",
          "connecttimeout",
          "controlmaster",
          "controlpath",
          "controlpersist",
          "forwardagent",
          "gssapiauthentication",
          "identitiesonly",
          "kbdinteractiveauthentication",
          "loglevel",
          "passwordauthentication",
          "preferredauthentications",
          "serveralivecountmax",
          "serveraliveinterval",
          "stricthostkeychecking",
          "tcpkeepalive",
          "userknownhostsfile");

  private SshArguments() {}

  /// The first argument that asks for something that wouldn't happen.
  static Optional<String> unsupported(HostVariables variables) {
    return VARIABLES.stream()
        .flatMap(name -> Connections.text(variables, name).stream())
        .flatMap(text -> List.of(text.strip().split("\\s+", -1)).stream())
        .filter(word -> !word.isEmpty() && !isWithoutMeaning(word))
        .findFirst();
  }

  private static boolean isWithoutMeaning(String word) {
    if (FLAGS.contains(word)) {
      return true;
    }
    String option = word.replaceFirst("^-o", "").replace("\"", "").replace("'", "");
    int equals = option.indexOf('=');
    return equals > 0 && OPTIONS.contains(option.substring(0, equals).toLowerCase(Locale.ROOT));
  }
}
