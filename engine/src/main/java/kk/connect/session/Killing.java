package kk.connect.session;

import kk.spi.Command;

/// Kills what a shell is running, and the shell.
public final class Killing {
  /// Reads `/proc/PID/stat`: after the name in brackets come state, parent, group, session and, as
  /// the 20th, the start time. The shell is stopped first, so that it starts nothing more, and the
  /// search repeats until nothing is left, so that no fork escapes.
  private static final String SCRIPT =
      """
      shell=$KK_SHELL
      kill -STOP "$shell" || exit 0
      since=
      group=
      each() {
        for file in /proc/[0-9]*/stat; do
          { read -r line <"$file"; } 2>/dev/null || continue
          pid=${line%% *}
          set -- ${line##*) }
          [ "$1" = Z ] || "$look" "$2" "$3" "$4" "${20}"
        done
      }
      facts() {
        if [ "$pid" = "$shell" ] && [ "$2" = "$3" ]; then group=$2; fi
        if [ "$1" = "$shell" ] && { [ -z "$since" ] || [ "$4" -lt "$since" ]; }; then since=$4; fi
      }
      victim() {
        case " $shell $found " in *" $pid "*) return;; esac
        case " $shell $found " in *" $1 "*) found="$found $pid"; return;; esac
        if [ "$2" = "$group" ] && [ -n "$since" ] && [ "$4" -ge "$since" ]; then
          [ "$pid" = "$group" ] || found="$found $pid"
        fi
      }
      look=facts
      each
      for round in 1 2 3 4 5; do
        found=
        before=none
        look=victim
        while [ "$before" != "$found" ]; do before=$found; each; done
        [ -n "$found" ] || break
        kill -KILL $found
      done
      kill -KILL "$shell"
      """;

  private Killing() {}

  /// What to run on another shell of the same user.
  public static Command of(long shell) {
    return Command.of("KK_SHELL=" + shell + "\n" + SCRIPT);
  }
}
