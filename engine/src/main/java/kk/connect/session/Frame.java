package kk.connect.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.spi.Command;
import kk.spi.TaskFailed;

/// Writes the shell program that runs one command between its marks. See the package for the
/// protocol. File descriptor 3 is the shell's true standard error: its own, on 2, goes to
/// `/dev/null`, because some shells comment on children that were killed.
final class Frame {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// What a script says that wants to know its own process, which only a shell of its own has.
  private static final Pattern OWN_PROCESS = Pattern.compile("\\$\\{?(\\$|0|PPID|BASHPID)");

  private final Marks marks;
  private final long number;
  private final Command command;

  /// A command as the shell is told it.
  Frame(Marks marks, long number, Command command) {
    this.marks = marks;
    this.number = number;
    this.command = command;
  }

  /// The script reads the command's `input`, or nothing.
  ///
  /// @param unknown those of the command's functions that the shell hasn't been told before
  byte[] withInput(List<String> unknown) {
    String source = command.input().isEmpty() ? "" : "printf %b " + escaped() + " | ";
    String redirection = command.input().isEmpty() ? " </dev/null" : "";
    return bytes(definitions(unknown) + source + subshell(redirection, command.script()) + end());
  }

  /// The script reads what follows on the shell's own standard input, and the shell ends with it. A
  /// compound command, so that the shell has read it all before the first byte of the rest.
  byte[] withRest() {
    return bytes(
        "{ " + begin() + subshell(" <&4 4<&-", whole()) + end() + "exit; } 4<&0 </dev/null\n");
  }

  private String begin() {
    return "printf %s " + Command.quote(marks.begin(number)) + "\n";
  }

  /// Standard error first: who waits for standard output then waits once.
  private String end() {
    String mark = marks.end(number);
    return "kk_exit=$?; printf %s " + mark + " >&3; printf '%s%s\\n' " + mark + " $kk_exit\n";
  }

  /// Defines functions in the shell itself, where later commands find them. A mistake in them would
  /// end the shell, so a subshell tries them first.
  private static String definitions(List<String> functions) {
    StringBuilder text = new StringBuilder();
    for (String function : functions) {
      text.append("kk_functions=").append(literal(function));
      text.append("; (eval \"$kk_functions\") && eval \"$kk_functions\"\n");
    }
    return text.toString();
  }

  /// The script for a shell that hasn't been told the functions.
  private String whole() {
    return String.join("\n", command.functions()) + "\n" + command.script();
  }

  private String subshell(String input, String toEvaluate) {
    StringBuilder text = new StringBuilder("(");
    command.directory().ifPresent(d -> text.append("cd ").append(path(d)).append(" || exit 1\n"));
    for (Map.Entry<String, String> variable : command.environment().entrySet()) {
      text.append("export ").append(name(variable.getKey()));
      text.append('=').append(literal(variable.getValue())).append('\n');
    }
    if (!asksForItsProcess(command.script())) {
      text.append("eval ").append(literal(toEvaluate)).append(") 2>&3 3>&-").append(input);
      return text.append('\n').toString();
    }
    String delimiter = marks.token() + number;
    text.append("exec /bin/sh $kk_fd/9) 2>&3 3>&- 9<<'").append(delimiter).append('\'');
    text.append(input).append("\nexec 9<&-; ").append(noNul(whole()));
    return text.append('\n').append(delimiter).append('\n').toString();
  }

  /// Looks at the dollar signs alone: a script may hold a whole file.
  private static boolean asksForItsProcess(String script) {
    Matcher process = OWN_PROCESS.matcher(script);
    int dollar = script.indexOf('$');
    while (dollar >= 0 && !process.region(dollar, script.length()).lookingAt()) {
      dollar = script.indexOf('$', dollar + 1);
    }
    return dollar >= 0;
  }

  /// A directory whose name starts with a dash is still one.
  private static String path(String directory) {
    return literal(directory.startsWith("-") ? "./" + directory : directory);
  }

  private static String name(String variable) {
    if (!NAME.matcher(variable).matches()) {
      throw new TaskFailed(
          "`" + variable + "` can't be a variable: letters, digits and _ only, no digit first");
    }
    return variable;
  }

  private static String literal(String text) {
    return Command.quote(noNul(text));
  }

  private static String noNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new TaskFailed("a NUL character can't be part of a script, a variable or a path");
    }
    return text;
  }

  /// The input for `printf %b`, the one form in which a shell can be given a NUL character.
  private String escaped() {
    String text = command.input().replace("\\", "\\\\").replace("\0", "\\0000");
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static byte[] bytes(String program) {
    return program.getBytes(StandardCharsets.UTF_8);
  }
}
