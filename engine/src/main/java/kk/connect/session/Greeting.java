package kk.connect.session;

import java.time.Duration;

/// What a fresh shell is told first.
final class Greeting {
  /// How long a login shell and its start-up files may take before the shell listens.
  static final Duration LIMIT = Duration.ofSeconds(60);

  /// Empty lines to feed start-up files that read from standard input; a shell ignores them.
  static final String FODDER = "\n\n\n\n";

  private Greeting() {}

  /// Sets the shell up and has it tell its process id. A shell whose `printf` is a program would
  /// show secrets in the process list, so it is not used.
  static String text(Marks marks) {
    return FODDER
        + """
        exec 3>&2 2>/dev/null
        trap : TERM INT HUP QUIT USR1 USR2 ALRM
        kk_fd=/dev/fd; [ -e /dev/fd/0 ] || kk_fd=/proc/self/fd
        case $(command -v printf) in printf) ;; *) exit 86;; esac
        printf '%s%s\\n' READY $$; printf %s READY >&3
        """
            .replace("READY", marks.ready());
  }
}
