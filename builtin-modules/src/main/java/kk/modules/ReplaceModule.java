package kk.modules;

import java.nio.charset.Charset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Replaces what a pattern finds in a text file. Two round trips. Patterns are Java's, which read
/// like Python's; `^` and `$` mean lines.
@Doc("replaces what a pattern finds in a text file on the host")
public final class ReplaceModule implements Module<ReplaceModule.Args> {

  /// What `replace` takes.
  public record Args(
      @Doc("the file on the host") @Alias({"dest", "destfile", "name"}) String path,
      @Doc("what to look for, a regular expression") String regexp,
      @Doc("what to put in its place; groups as `\\1` or `\\g<name>`") @Default("") String replace,
      @Doc("change only what follows this pattern") Optional<String> after,
      @Doc("change only what precedes this pattern") Optional<String> before,
      @Doc("encoding of the file") @Default("utf-8") Charset encoding,
      HostText.Edit edit) {

    public Args {
      HostText.checkPattern(regexp);
      after.ifPresent(HostText::checkPattern);
      before.ifPresent(HostText::checkPattern);
    }
  }

  @Override
  public String name() {
    return "replace";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HostText file = HostText.read(args.path(), args.encoding(), host);
    String text = file.text(false);
    int from = args.after().map(pattern -> end(pattern, text)).orElse(0);
    int to = text.length();
    if (from >= 0 && args.before().isPresent()) {
      Matcher end = Pattern.compile(args.before().get(), Pattern.DOTALL).matcher(text);
      to = end.find(from) ? end.start() : -1;
    }
    if (from < 0 || to < 0) {
      return file.replace(text, args.edit(), "", host);
    }
    Matcher matcher =
        Pattern.compile(args.regexp(), Pattern.MULTILINE).matcher(text.substring(from, to));
    int[] count = {0};
    String changed =
        matcher.replaceAll(
            found -> {
              count[0]++;
              return Matcher.quoteReplacement(expand(args.replace(), matcher));
            });
    return file.replace(
        text.substring(0, from) + changed + text.substring(to),
        args.edit(),
        count[0] + " replacements made",
        host);
  }

  private static int end(String pattern, String text) {
    Matcher start = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    return start.find() ? start.end() : -1;
  }

  /// A replacement in Python's words: `\1`, `\g<1>`, `\g<name>`, `\n`, `\t`.
  static String expand(String replacement, Matcher found) {
    Matcher escapes = Pattern.compile("\\\\(?:(\\d{1,2})|g<(\\w+)>|(.))").matcher(replacement);
    return escapes.replaceAll(
        escape -> {
          String group = escape.group(1) == null ? escape.group(2) : escape.group(1);
          if (group == null) {
            return Matcher.quoteReplacement(
                switch (escape.group(3)) {
                  case "n" -> "\n";
                  case "t" -> "\t";
                  case "\\" -> "\\";
                  case String other -> "\\" + other;
                });
          }
          String value =
              group.matches("\\d+") ? found.group(Integer.parseInt(group)) : found.group(group);
          return value == null ? "" : Matcher.quoteReplacement(value);
        });
  }
}
