package kk.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version of a Python package, such as `1!2.0rc1.post2.dev3+local`.
///
/// @param release the numbers between dots, without zeros at the end
/// @param stage 0 to 2 for an alpha, a beta and a candidate, -1 for what comes before all of them,
///     3 for the release itself
/// @param post below zero when there is none
/// @param dev none is later than any
record Pep440(
    BigInteger epoch,
    List<BigInteger> release,
    int stage,
    BigInteger pre,
    BigInteger post,
    @Nullable BigInteger dev,
    List<String> local)
    implements Comparable<Pep440> {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "v?(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)"
              + "(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\\d*))?"
              + "(?:-(\\d+)|[-_.]?(post|rev|r)[-_.]?(\\d*))?"
              + "(?:[-_.]?(dev)[-_.]?(\\d*))?"
              + "(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");
  private static final Comparator<Pep440> ORDER =
      Comparator.comparing(Pep440::epoch)
          .thenComparing(Pep440::release, Pep440::numbers)
          .thenComparingInt(Pep440::stage)
          .thenComparing(Pep440::pre)
          .thenComparing(Pep440::post)
          .thenComparing(Pep440::dev, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Pep440::local, Pep440::words);

  static Pep440 of(String version) {
    Matcher written = WRITTEN.matcher(version.strip().toLowerCase(Locale.ROOT));
    if (!written.matches()) {
      throw Refusal.because("`" + version + "` is no version as PEP 440 has them");
    }
    boolean hasPost = written.group(5) != null || written.group(6) != null;
    boolean isDev = written.group(8) != null;
    String post = written.group(5) == null ? written.group(7) : written.group(5);
    String local = written.group(10);
    return new Pep440(
        number(written.group(1)),
        release(written.group(2)),
        stage(written.group(3), isDev && !hasPost),
        number(written.group(4)),
        hasPost ? number(post) : BigInteger.ONE.negate(),
        isDev ? number(written.group(9)) : null,
        local == null ? List.of() : Splitting.on(local.replaceAll("[-_]", "."), "."));
  }

  private static BigInteger number(@Nullable String digits) {
    return digits == null || digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
  }

  private static List<BigInteger> release(String written) {
    List<BigInteger> numbers = new ArrayList<>();
    Splitting.on(written, ".").forEach(digits -> numbers.add(new BigInteger(digits)));
    while (numbers.size() > 1 && numbers.getLast().signum() == 0) {
      numbers.removeLast();
    }
    return numbers;
  }

  private static int stage(@Nullable String word, boolean onlyDev) {
    return switch (word) {
      case null -> onlyDev ? -1 : 3;
      case "a", "alpha" -> 0;
      case "b", "beta" -> 1;
      default -> 2;
    };
  }

  private static int numbers(List<BigInteger> a, List<BigInteger> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (a.get(i).compareTo(b.get(i)) != 0) {
        return a.get(i).compareTo(b.get(i));
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /// In a local part a number comes after a word.
  private static int words(List<String> a, List<String> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      boolean one = Character.isDigit(a.get(i).charAt(0)) && a.get(i).matches("\\d+");
      boolean other = Character.isDigit(b.get(i).charAt(0)) && b.get(i).matches("\\d+");
      int order =
          one && other
              ? new BigInteger(a.get(i)).compareTo(new BigInteger(b.get(i)))
              : one != other ? Boolean.compare(one, other) : a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  @Override
  public int compareTo(Pep440 other) {
    return ORDER.compare(this, other);
  }
}
