package kk.connect.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import kk.spi.Command;
import kk.spi.RunAs;
import kk.spi.TaskFailed;

/// Turns a fresh shell into one of another user, through `sudo` or `su`, once per session. The
/// password goes to standard input when it is asked for, and only then: without a need for one it
/// would be taken as a command.
///
/// `sudo` is told to ask with a random text, so neither language nor start-up files matter. `su`
/// can't be told, and reads a password without a terminal only where PAM allows it: an unfinished
/// line on standard error that ends in a colon counts as its question.
public final class Escalation {
  private static final Pattern NEVER_ASK = Pattern.compile("(?<=\\s)(-n|--non-interactive)(?=\\s)");

  private final RunAs as;
  private final String host;
  private final String login;
  private final String start = Marks.random().token();
  private final String prompt = Marks.random().token();
  private final String up = Marks.random().token();

  /// @param host name of the host, for messages
  /// @param login who logged in and asks
  public Escalation(RunAs as, String host, String login) {
    this.as = as;
    this.host = host;
    this.login = login;
  }

  /// The same process, now a shell of the other user in that user's home directory.
  ///
  /// @throws TaskFailed when the user is refused
  public ShellProcess from(ShellProcess process, Meter meter)
      throws ShellEnded, InterruptedException {
    String program = Greeting.FODDER + "printf %s " + start + " >&2; exec " + method() + "\n";
    Patience patience = Patience.until(process, System.nanoTime(), Greeting.LIMIT);
    try {
      say(process, meter, program);
      converse(process, meter, patience);
      new MarkedStream(process.stdout(), meter)
          .copyUntil(Marks.bytes(up), OutputStream.nullOutputStream(), patience);
      return process;
    } catch (LimitPassed e) {
      throw new TaskFailed(
          "%s on %s: no answer within %d s"
              .formatted(as.method(), host, Greeting.LIMIT.toSeconds()));
    } catch (IOException e) {
      throw e instanceof ShellEnded ended ? ended : new ShellEnded("", e);
    }
  }

  /// The mark is put together there: a sudo that refuses a command also shows it.
  private String method() {
    String user = Command.quote(as.user());
    String halves = up.substring(0, up.length() / 2) + " " + up.substring(up.length() / 2);
    String say = "printf %s%s " + halves;
    String shell =
        Command.quote("cd 2>/dev/null || cd /; " + say + "; " + say + " >&2; exec /bin/sh");
    String called = words("become_exe", as.program().orElse(as.method()));
    return switch (as.method()) {
      case "sudo" ->
          called + sudoFlags() + " -S -p " + prompt + " -u " + user + " /bin/sh -c " + shell;
      case "su" ->
          called
              + " -s /bin/sh "
              + words("become_flags", as.flags().orElse(""))
              + " "
              + user
              + " -c "
              + shell;
      default ->
          throw new TaskFailed(
              "`" + as.method() + "` is no way to become another user, but `sudo` and `su` are");
    };
  }

  /// The flags that were given, without the one that forbids to ask where there is an answer.
  private String sudoFlags() {
    String flags = " " + words("become_flags", as.flags().orElse("-H")) + " ";
    return as.password().isPresent() ? NEVER_ASK.matcher(flags).replaceAll(" ") : flags;
  }

  /// Words for the shell. It reads a line, so one more would be a command of its own.
  private static String words(String keyword, String words) {
    if (words.indexOf('\n') >= 0) {
      throw new TaskFailed("`" + keyword + "` can't have a line break in it");
    }
    return words;
  }

  /// Follows standard error and answers the question, if one comes.
  private void converse(ShellProcess process, Meter meter, Patience patience)
      throws IOException, LimitPassed, InterruptedException {
    StringBuilder said = new StringBuilder();
    byte[] buffer = new byte[1024];
    int answered = 0;
    Inbox in = process.stderr();
    for (int read = patience.take(in, buffer, 0); read >= 0; read = patience.take(in, buffer, 0)) {
      meter.received(read);
      said.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      int started = said.indexOf(start);
      if (started < 0) {
        continue;
      }
      String since = said.substring(started + start.length());
      if (since.contains(up)) {
        return;
      }
      if (questions(since) > answered) {
        answer(process, meter, answered++);
      }
    }
    throw refusal(said.toString());
  }

  private int questions(String said) {
    if (as.method().equals("sudo")) {
      return said.split(prompt, -1).length - 1;
    }
    return said.stripTrailing().endsWith(":") && !said.endsWith("\n") ? 1 : 0;
  }

  private void answer(ShellProcess process, Meter meter, int answered) throws IOException {
    if (answered > 0) {
      throw new TaskFailed(as.method() + " on " + host + ": wrong password for " + login);
    }
    String password =
        as.password()
            .orElseThrow(
                () ->
                    new TaskFailed(
                        "%s on %s asks for a password to become %s, and none is given"
                            .formatted(as.method(), host, as.user())))
            .reveal();
    say(process, meter, password + "\n");
  }

  private TaskFailed refusal(String said) throws EOFException {
    int started = said.indexOf(start);
    if (started < 0) {
      throw new EOFException("the login shell ended");
    }
    String words =
        new String(
                said.substring(started + start.length()).getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8)
            .replace(prompt, "")
            .replaceAll("/bin/sh -c .*exec /bin/sh", "/bin/sh")
            .strip();
    String refused =
        "%s on %s doesn't let %s become %s".formatted(as.method(), host, login, as.user());
    return new TaskFailed(words.isEmpty() ? refused : refused + ": " + words);
  }

  private static void say(ShellProcess process, Meter meter, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    process.stdin().write(bytes);
    process.stdin().flush();
    meter.roundTrip();
    meter.sent(bytes.length);
  }
}
