package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kk.spi.Command;

/// Shell from this jar with the values it works on. A value becomes a quoted assignment, so
/// whatever is in it, the shell doesn't read it as code.
final class Script {
  private static final Pattern HOME = Pattern.compile("~[a-z0-9_.-]*(?=/|$)");

  private final StringBuilder text = new StringBuilder();

  /// Assigns a variable.
  Script set(String variable, String value) {
    text.append(variable).append('=').append(Command.quote(value)).append('\n');
    return this;
  }

  /// Assigns a variable, empty when there is no value.
  Script set(String variable, Optional<String> value) {
    return set(variable, value.orElse(""));
  }

  /// Assigns `yes`, or nothing for false.
  Script set(String variable, boolean value) {
    return set(variable, value ? "yes" : "");
  }

  /// Assigns a path. `~` and `~user` stand for home directories on the host.
  Script setPath(String variable, String path) {
    text.append(variable).append('=').append(path(path)).append('\n');
    return this;
  }

  Script setPath(String variable, Optional<String> path) {
    return path.map(p -> setPath(variable, p)).orElseGet(() -> set(variable, ""));
  }

  /// Makes a list the positional parameters `$1`, `$2`, ….
  Script setWords(List<String> words) {
    text.append("set --");
    words.forEach(word -> text.append(' ').append(Command.quote(word)));
    text.append('\n');
    return this;
  }

  /// Appends the text of a resource, without its comments.
  Script add(String name) {
    return addText(text(name));
  }

  /// A command that prints these bytes. Text takes nothing but the shell itself, unless it has many
  /// quotes, or dollar signs, which could look as if the script asked for its own process.
  static String printing(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int quotes = text.length() - text.replace("'", "").length();
    boolean plain =
        text.indexOf('\0') < 0
            && text.indexOf('$') < 0
            && quotes <= bytes.length / 64
            && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
    return plain
        ? "printf %s " + Command.quote(text)
        : "printf %s " + Base64.getEncoder().encodeToString(bytes) + " | base64 -d";
  }

  /// The text of a resource as the body of a shell function.
  static String function(String function, String resource) {
    return function + "() {\n" + text(resource) + "\n}";
  }

  /// The text of a resource, without its comments.
  static String text(String name) {
    return resource(name + ".sh");
  }

  Script addText(String shell) {
    text.append(shell);
    if (!shell.endsWith("\n")) {
      text.append('\n');
    }
    return this;
  }

  String text() {
    return text.toString();
  }

  Command command() {
    return Command.of(text());
  }

  /// A path as a shell word.
  static String path(String path) {
    if (path.startsWith("~")) {
      java.util.regex.Matcher home = HOME.matcher(path);
      if (home.lookingAt()) {
        String rest = path.substring(home.end());
        return home.group() + (rest.isEmpty() ? "" : Command.quote(rest).replaceFirst("^'/", "/'"));
      }
    }
    return Command.quote(path);
  }

  private static String resource(String name) {
    try (InputStream stream = Script.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.stripLeading().startsWith("#"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
