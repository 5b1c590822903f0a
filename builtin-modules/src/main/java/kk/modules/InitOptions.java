package kk.modules;

import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.SharedArguments;

/// What only init scripts and OpenRC understand. Where systemd is, they have no effect, as in
/// Ansible.
record InitOptions(
    @Doc("words for the command line of the init script; no effect with systemd") @Alias("args")
        Optional<String> arguments,
    @Doc(
            "what the list of processes has in it while the service runs, for init scripts that"
                + " can't tell; no effect with systemd")
        Optional<String> pattern,
    @Doc("with `restarted`, seconds between stopping and starting; no effect with systemd")
        Optional<Integer> sleep,
    @Doc("the runlevel that `enabled` is about; OpenRC only") @Default("default") String runlevel)
    implements SharedArguments {
  static final InitOptions STANDARD =
      new InitOptions(Optional.empty(), Optional.empty(), Optional.empty(), "default");

  InitOptions {
    if (sleep.orElse(0) < 0) {
      throw new IllegalArgumentException("`sleep` is a number of seconds, 0 or more");
    }
    arguments.ifPresent(Words::split);
  }

  /// Assigns what the scripts read.
  void assign(Script script) {
    script
        .set("init_words", arguments.map(line -> Words.split(line).quoted()))
        .set("pattern", pattern)
        .set("pause", sleep.map(String::valueOf))
        .set("runlevel", runlevel);
  }
}
