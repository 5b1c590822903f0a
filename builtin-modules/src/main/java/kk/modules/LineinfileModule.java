package kk.modules;

import java.util.ArrayList;
import java.util.List;
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

/// Keeps one line in a text file. Two round trips. Patterns are Java's, which read like Python's.
@Doc("keeps one line in a text file on the host, or keeps it out")
public final class LineinfileModule implements Module<LineinfileModule.Args> {

  /// Whether the line has to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `lineinfile` takes.
  public record Args(
      @Doc("the file on the host") @Alias({"dest", "destfile", "name"}) String path,
      @Doc("the line") @Alias("value") Optional<String> line,
      @Doc("whether it has to be there") @Default("present") State state,
      @Doc("which line it replaces: the last one in which this pattern is found") @Alias("regex")
          Optional<String> regexp,
      @Doc("which line it replaces: the last one that has this text") Optional<String> searchString,
      @Doc("fill in groups of `regexp`, such as `\\1`; no match means no change") @Default("false")
          boolean backrefs,
      @Doc("put a new line behind the last one with this pattern, or at `EOF`")
          Optional<String> insertafter,
      @Doc("put a new line before the last one with this pattern, or at `BOF`")
          Optional<String> insertbefore,
      @Doc("take the first match of a pattern instead of the last") @Default("false")
          boolean firstmatch,
      @Doc("make the file when it isn't there") @Default("false") boolean create,
      HostText.Edit edit) {

    public Args {
      if (state == State.PRESENT && line.isEmpty()) {
        throw new IllegalArgumentException("`line` is missing");
      }
      if (state == State.ABSENT && line.isEmpty() && regexp.isEmpty() && searchString.isEmpty()) {
        throw new IllegalArgumentException("give `line`, `regexp` or `search_string`");
      }
      if (backrefs && regexp.isEmpty()) {
        throw new IllegalArgumentException("`backrefs` needs `regexp`");
      }
      if (insertafter.isPresent() && insertbefore.isPresent()) {
        throw new IllegalArgumentException("give either `insertafter` or `insertbefore`");
      }
      List.of(regexp, insertafter, insertbefore)
          .forEach(pattern -> pattern.ifPresent(HostText::checkPattern));
    }

    boolean selects(String candidate) {
      if (regexp.isPresent()) {
        return Pattern.compile(regexp.get()).matcher(candidate).find();
      }
      return searchString
          .map(candidate::contains)
          .orElseGet(() -> candidate.equals(line.orElse("")));
    }
  }

  @Override
  public String name() {
    return "lineinfile";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HostText file = HostText.read(args.path(), host);
    String text = file.text(args.create() || args.state() == State.ABSENT);
    List<String> lines = new ArrayList<>(text.lines().toList());
    int count = lines.size();
    String said;
    if (args.state() == State.ABSENT) {
      lines.removeIf(args::selects);
      said = count - lines.size() + " line(s) removed";
    } else {
      said = put(args, lines) ? "line replaced" : "line added";
    }
    return file.replace(HostText.withLines(text, lines), args.edit(), said, host);
  }

  /// Puts the line where it belongs. Returns whether it took another one's place.
  private static boolean put(Args args, List<String> lines) {
    String line = args.line().orElseThrow().replaceFirst("[\r\n]+$", "");
    int found = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (args.selects(lines.get(i))) {
        found = i;
        if (args.firstmatch()) {
          break;
        }
      }
    }
    if (found >= 0) {
      lines.set(found, args.backrefs() ? filled(args, lines.get(found), line) : line);
      return true;
    }
    if (!args.backrefs() && !lines.contains(line)) {
      lines.add(place(args, lines), line);
    }
    return false;
  }

  private static String filled(Args args, String old, String line) {
    Matcher matcher = Pattern.compile(args.regexp().orElseThrow()).matcher(old);
    return matcher.find() ? ReplaceModule.expand(line, matcher) : old;
  }

  private static int place(Args args, List<String> lines) {
    if (args.insertbefore().filter("BOF"::equals).isPresent()) {
      return 0;
    }
    Optional<String> wanted =
        args.insertbefore().or(args::insertafter).filter(p -> !p.equals("EOF"));
    if (wanted.isEmpty()) {
      return lines.size();
    }
    Pattern pattern = Pattern.compile(wanted.get());
    int place = lines.size();
    for (int i = 0; i < lines.size(); i++) {
      if (pattern.matcher(lines.get(i)).find()) {
        place = args.insertbefore().isPresent() ? i : i + 1;
        if (args.firstmatch()) {
          break;
        }
      }
    }
    return place;
  }
}
