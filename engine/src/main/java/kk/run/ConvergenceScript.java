package kk.run;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.TaskFailed;

/// Looking and changing in one script, and so in one round trip: a mark in its output tells what
/// the look has found, and parts what either has to say.
///
/// @param checking whether it only looks
record ConvergenceScript(Convergence wanted, boolean checking, String mark) {
  private static final int MOST_WORDS = 5;

  static ConvergenceScript of(Convergence wanted, boolean checking) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return new ConvergenceScript(wanted, checking, "kk-" + random);
  }

  Command command() {
    StringBuilder script = new StringBuilder();
    script.append("kk_look() {\n").append(wanted.look()).append("\n}\n");
    if (!checking) {
      script.append("kk_change() {\n").append(wanted.change()).append("\n}\n");
    }
    script.append("kk_look </dev/null; kk_status=$?\n");
    script.append("printf '\\n%s %s\\n' ").append(mark).append(" \"$kk_status\"\n");
    script.append("[ \"$kk_status\" -eq 1 ] || exit \"$kk_status\"\n");
    script.append(checking ? "exit 0\n" : "kk_change\n");
    return Command.of(script.toString())
        .withInput(checking ? "" : wanted.input())
        .withFunctions(wanted.functions())
        .withLimit(wanted.limit());
  }

  /// What came of it.
  ///
  /// @throws TaskFailed when looking or changing has failed
  Converged read(CommandResult result) {
    String said = result.stdout();
    String line = "\n" + mark + " ";
    int at = said.indexOf(line);
    int end = said.indexOf('\n', at + line.length());
    if (at < 0 || end < 0 || !result.succeeded()) {
      throw new TaskFailed(wanted.what() + ": " + lastWords(result));
    }
    boolean differed = said.substring(at + line.length(), end).equals("1");
    return new Converged(differed, said.substring(0, at), said.substring(end + 1), result.stderr());
  }

  /// The end of what a failed command said, for a sentence.
  private static String lastWords(CommandResult result) {
    String said = result.stderr().isBlank() ? result.stdout() : result.stderr();
    List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
    String last =
        String.join("; ", lines.subList(Math.max(0, lines.size() - MOST_WORDS), lines.size()));
    return last.isEmpty() ? "exit status " + result.exit() : last;
  }
}
