package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The methods of strings, as Python has them.
final class TextMethods {
  private TextMethods() {}

  static void addTo(Catalogue methods) {
    cases(methods);
    edges(methods);
    search(methods);
    pieces(methods);
    questions(methods);
  }

  static String self(@Nullable Object value) {
    return Printing.text(value);
  }

  private static void cases(Catalogue methods) {
    methods
        .add("upper", "", "in capitals", (s, args) -> self(s).toUpperCase(Locale.ROOT))
        .add(
            "lower casefold", "", "in small letters", (s, args) -> self(s).toLowerCase(Locale.ROOT))
        .add("title", "", "every word with a capital", (s, args) -> title(self(s)))
        .add(
            "capitalize",
            "",
            "first letter a capital, the rest small",
            (s, args) -> capitalize(self(s)))
        .add("swapcase", "", "capitals small, small ones capital", (s, args) -> swapCase(self(s)))
        .add(
            "format",
            "others* **",
            "fills `{}` places",
            (s, args) -> BraceFormat.apply(self(s), args));
  }

  private static void edges(Catalogue methods) {
    methods
        .add(
            "strip",
            "chars?",
            "without the characters at both ends",
            (s, args) -> strip(self(s), args.value("chars"), true, true))
        .add(
            "lstrip",
            "chars?",
            "without the characters at the start",
            (s, args) -> strip(self(s), args.value("chars"), true, false))
        .add(
            "rstrip",
            "chars?",
            "without the characters at the end",
            (s, args) -> strip(self(s), args.value("chars"), false, true))
        .add(
            "removeprefix",
            "prefix",
            "without a beginning",
            (s, args) -> {
              String prefix = args.text("prefix");
              return self(s).startsWith(prefix) ? self(s).substring(prefix.length()) : self(s);
            })
        .add(
            "removesuffix",
            "suffix",
            "without an ending",
            (s, args) -> {
              String suffix = args.text("suffix");
              return self(s).endsWith(suffix)
                  ? self(s).substring(0, self(s).length() - suffix.length())
                  : self(s);
            })
        .add(
            "zfill",
            "width",
            "with zeros in front",
            (s, args) -> zeros(self(s), args.integer("width", 0)))
        .add(
            "center",
            "width fillchar?",
            "in the middle",
            (s, args) -> center(self(s), args.integer("width", 0), args.text("fillchar", " ")))
        .add(
            "ljust",
            "width fillchar?",
            "filled up at the end",
            (s, args) -> self(s) + padding(self(s), args))
        .add(
            "rjust",
            "width fillchar?",
            "filled up at the start",
            (s, args) -> padding(self(s), args) + self(s))
        .add(
            "expandtabs",
            "tabsize?",
            "tabs as spaces",
            (s, args) -> self(s).replace("\t", " ".repeat(args.integer("tabsize", 8))));
  }

  private static void search(Catalogue methods) {
    methods
        .add(
            "startswith",
            "prefix start?",
            "whether it begins with a text or one of several",
            (s, args) ->
                anyOf(
                    args.value("prefix"),
                    part -> self(s).startsWith(part, Math.max(0, args.integer("start", 0)))))
        .add(
            "endswith",
            "suffix",
            "whether it ends with a text or one of several",
            (s, args) -> anyOf(args.value("suffix"), part -> self(s).endsWith(part)))
        .add(
            "find",
            "sub start?",
            "position of a text, or -1",
            (s, args) -> (long) self(s).indexOf(args.text("sub"), args.integer("start", 0)))
        .add(
            "rfind",
            "sub",
            "last position of a text, or -1",
            (s, args) -> (long) self(s).lastIndexOf(args.text("sub")))
        .add(
            "index",
            "sub start?",
            "position of a text that must be there",
            (s, args) -> found(self(s).indexOf(args.text("sub"), args.integer("start", 0))))
        .add(
            "rindex",
            "sub",
            "last position of a text that must be there",
            (s, args) -> found(self(s).lastIndexOf(args.text("sub"))))
        .add(
            "count",
            "sub",
            "how often a text occurs",
            (s, args) -> count(self(s), args.text("sub")))
        .add(
            "replace",
            "old new count?",
            "one text in place of another",
            (s, args) ->
                replace(self(s), args.text("old"), args.text("new"), args.integer("count", -1)));
  }

  private static void pieces(Catalogue methods) {
    methods
        .add(
            "split",
            "sep? maxsplit?",
            "pieces between separators",
            (s, args) ->
                args.value("sep") == null
                    ? Splitting.words(self(s), args.integer("maxsplit", -1))
                    : Splitting.on(self(s), args.text("sep"), args.integer("maxsplit", -1)))
        .add(
            "rsplit",
            "sep? maxsplit?",
            "pieces between separators, cut from the end",
            (s, args) ->
                args.value("sep") == null
                    ? Splitting.wordsFromEnd(self(s), args.integer("maxsplit", -1))
                    : Splitting.onFromEnd(self(s), args.text("sep"), args.integer("maxsplit", -1)))
        .add(
            "splitlines",
            "keepends?",
            "the lines",
            (s, args) -> Splitting.lines(self(s), args.flag("keepends", false)))
        .add(
            "join",
            "iterable",
            "the items with this text between them",
            (s, args) -> join(self(s), args.list("iterable")))
        .add(
            "partition",
            "sep",
            "before, separator, after",
            (s, args) -> {
              int at = self(s).indexOf(args.text("sep"));
              return at < 0 ? new Tuple(self(s), "", "") : cut(self(s), at, args.text("sep"));
            })
        .add(
            "rpartition",
            "sep",
            "before, last separator, after",
            (s, args) -> {
              int at = self(s).lastIndexOf(args.text("sep"));
              return at < 0 ? new Tuple("", "", self(s)) : cut(self(s), at, args.text("sep"));
            });
  }

  private static void questions(Catalogue methods) {
    methods
        .add(
            "isdigit isdecimal isnumeric",
            "",
            "only digits",
            (s, args) -> all(self(s), Character::isDigit))
        .add("isalpha", "", "only letters", (s, args) -> all(self(s), Character::isLetter))
        .add(
            "isalnum",
            "",
            "only letters and digits",
            (s, args) -> all(self(s), Character::isLetterOrDigit))
        .add("isspace", "", "only white space", (s, args) -> all(self(s), Character::isWhitespace))
        .add(
            "isupper",
            "",
            "no small letters, and at least one capital",
            (s, args) -> isUpper(self(s)))
        .add(
            "islower",
            "",
            "no capitals, and at least one small letter",
            (s, args) -> isLower(self(s)))
        .add(
            "isidentifier",
            "",
            "could be the name of a variable",
            (s, args) -> Pattern.matches("[\\p{L}_][\\p{L}\\d_]*", self(s)));
  }

  static boolean isUpper(String text) {
    return text.codePoints().noneMatch(Character::isLowerCase)
        && text.codePoints().anyMatch(Character::isUpperCase);
  }

  static boolean isLower(String text) {
    return text.codePoints().noneMatch(Character::isUpperCase)
        && text.codePoints().anyMatch(Character::isLowerCase);
  }

  private static boolean all(String text, IntPredicate test) {
    return !text.isEmpty() && text.codePoints().allMatch(test);
  }

  static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean inside = false;
    for (int c : text.codePoints().toArray()) {
      out.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inside = Character.isLetter(c);
    }
    return out.toString();
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    return Character.toString(Character.toTitleCase(first))
        + text.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
  }

  private static String swapCase(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  static String strip(String text, @Nullable Object characters, boolean start, boolean end) {
    if (characters != null && !(characters instanceof String)) {
      throw Refusal.argument(
          "`chars` must be text, not a value of type `" + Values.typeName(characters) + "`");
    }
    IntPredicate goes =
        characters instanceof String unwanted
            ? c -> unwanted.indexOf(c) >= 0
            : Character::isWhitespace;
    int from = 0;
    int to = text.length();
    while (start && from < to && goes.test(text.charAt(from))) {
      from++;
    }
    while (end && to > from && goes.test(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static String zeros(String text, int width) {
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    String zeros = "0".repeat(Math.max(0, width - text.length()));
    return text.substring(0, sign) + zeros + text.substring(sign);
  }

  /// Python puts the odd space to the left when the width is odd, else to the right.
  static String center(String text, int width, String fill) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    int left = missing / 2 + (missing & width & 1);
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }

  private static String padding(String text, Arguments args) {
    int missing = args.integer("width", 0) - text.codePointCount(0, text.length());
    return args.text("fillchar", " ").repeat(Math.max(0, missing));
  }

  private static boolean anyOf(@Nullable Object parts, java.util.function.Predicate<String> test) {
    return parts instanceof List<?> list
        ? list.stream().anyMatch(part -> test.test(Printing.text(part)))
        : test.test(Printing.text(parts));
  }

  private static long found(int index) {
    if (index < 0) {
      throw Refusal.because("the text is not in it");
    }
    return index;
  }

  private static long count(String text, String part) {
    if (part.isEmpty()) {
      return text.length() + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  static String replace(String text, String old, String with, int most) {
    if (most < 0) {
      return text.replace(old, with);
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    int at = text.indexOf(old);
    for (int i = 0; i < most && at >= 0; i++) {
      out.append(text, from, at).append(with);
      from = at + old.length();
      at = text.indexOf(old, Math.max(from, at + 1));
    }
    return out.append(text, from, text.length()).toString();
  }

  static String join(String separator, List<@Nullable Object> items) {
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof String text)) {
        throw Refusal.because(
            "only strings can be joined by `join()`, not a value of type `"
                + Values.typeName(item)
                + "`; the filter `join` takes anything");
      }
      texts.add(text);
    }
    return String.join(separator, texts);
  }

  private static Tuple cut(String text, int at, String separator) {
    return new Tuple(text.substring(0, at), separator, text.substring(at + separator.length()));
  }
}
