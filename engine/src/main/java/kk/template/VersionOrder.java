package kk.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The order of version numbers: loose (any text, compared number by number and word by word),
/// strict (`1.2.3` with `a` or `b` releases before it), as semantic versioning or as Python has it.
final class VersionOrder {
  private static final Pattern PART = Pattern.compile("\\d+|[a-z]+|[^\\da-z.]+");
  private static final Pattern STRICT =
      Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?(?:([ab])(\\d+))?");
  private static final Pattern SEMANTIC =
      Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

  private VersionOrder() {}

  static boolean holds(String version, Arguments args) {
    int order = order(version, args.shownIfTrue("version", ""), args);
    String operator = args.text("operator", "eq");
    return switch (operator) {
      case "==", "=", "eq" -> order == 0;
      case "!=", "<>", "ne" -> order != 0;
      case "<", "lt" -> order < 0;
      case "<=", "le" -> order <= 0;
      case ">", "gt" -> order > 0;
      case ">=", "ge" -> order >= 0;
      default ->
          throw Refusal.argument(
              "`operator` of `version` must be one of <, <=, >, >=, ==, !=, not `"
                  + operator
                  + "`");
    };
  }

  private static int order(String a, String b, Arguments args) {
    if (a.isEmpty() || b.isEmpty()) {
      throw Refusal.because("an empty text is no version");
    }
    boolean strict = args.flag("strict", false);
    if (args.value("strict") != null && args.value("version_type") != null) {
      throw Refusal.argument("`strict` and `version_type` of `version` can't both be given");
    }
    String type =
        args.value("version_type") == null
            ? "loose"
            : args.oneOf("version_type", "loose", "strict", "semver", "semantic", "pep440");
    return switch (strict ? "strict" : type) {
      case "strict" -> lists(strict(a), strict(b));
      case "semver", "semantic" -> semantic(a, b);
      case "pep440" -> Pep440.of(a).compareTo(Pep440.of(b));
      default -> looseOrder(a, b);
    };
  }

  private static int looseOrder(String a, String b) {
    List<Object> one = loose(a);
    List<Object> other = loose(b);
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (one.get(i) instanceof String != other.get(i) instanceof String) {
        throw Refusal.because(
            "the versions `"
                + a
                + "` and `"
                + b
                + "` can't be compared: one has a word where the other has a number");
      }
      if (parts(one.get(i), other.get(i)) != 0) {
        break;
      }
    }
    return lists(one, other);
  }

  private static List<Object> loose(String version) {
    List<Object> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(version);
    while (matcher.find()) {
      parts.add(part(matcher.group()));
    }
    return parts;
  }

  private static Object part(String text) {
    return Character.isDigit(text.charAt(0)) ? new BigInteger(text) : text;
  }

  private static List<Object> strict(String version) {
    Matcher matcher = STRICT.matcher(version);
    if (!matcher.matches()) {
      throw Refusal.because("`" + version + "` is no strict version such as 1.2.3");
    }
    List<Object> parts = new ArrayList<>();
    parts.add(new BigInteger(matcher.group(1)));
    parts.add(new BigInteger(matcher.group(2)));
    parts.add(new BigInteger(matcher.group(3) == null ? "0" : matcher.group(3)));
    parts.add(matcher.group(4) == null ? "z" : matcher.group(4));
    parts.add(new BigInteger(matcher.group(5) == null ? "0" : matcher.group(5)));
    return parts;
  }

  private static int semantic(String a, String b) {
    Matcher one = semantic(a);
    Matcher other = semantic(b);
    for (int i = 1; i <= 3; i++) {
      int order = new BigInteger(one.group(i)).compareTo(new BigInteger(other.group(i)));
      if (order != 0) {
        return order;
      }
    }
    if (one.group(4) == null || other.group(4) == null) {
      return Boolean.compare(one.group(4) == null, other.group(4) == null);
    }
    return lists(identifiers(one.group(4)), identifiers(other.group(4)));
  }

  private static Matcher semantic(String version) {
    Matcher matcher = SEMANTIC.matcher(version);
    if (!matcher.matches()) {
      throw Refusal.because("`" + version + "` is no semantic version such as 1.2.3");
    }
    return matcher;
  }

  private static List<Object> identifiers(String text) {
    List<Object> parts = new ArrayList<>();
    for (String word : Splitting.on(text, ".")) {
      boolean number = !word.isEmpty() && word.chars().allMatch(Character::isDigit);
      parts.add(number ? new BigInteger(word) : word);
    }
    return parts;
  }

  /// A number is lower than a word; the shorter of two lists that begin alike is the lower one.
  private static int lists(List<Object> a, List<Object> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = parts(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int parts(Object a, Object b) {
    if (a instanceof BigInteger one && b instanceof BigInteger other) {
      return one.compareTo(other);
    }
    if (a instanceof String one && b instanceof String other) {
      return one.compareTo(other);
    }
    return a instanceof BigInteger ? -1 : 1;
  }
}
