package kk.spi;

import java.util.regex.Pattern;

/// Permissions of a file, octal such as `0644` or symbolic such as `u=rw,g=r,o=`. Taken from the
/// text as it is written: a number in YAML would already have lost its leading zero.
public record FileMode(String text) {
  private static final Pattern OCTAL = Pattern.compile("0?o?[0-7]{3,4}");
  private static final Pattern SYMBOLIC =
      Pattern.compile("[ugoa]*[-+=][rwxXstugo]*(,[ugoa]*[-+=][rwxXstugo]*)*");

  public FileMode {
    if (!OCTAL.matcher(text).matches() && !SYMBOLIC.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "`" + text + "` is no file mode: write octal digits such as 0644, or u=rw,g=r,o=");
    }
  }

  public boolean isOctal() {
    return OCTAL.matcher(text).matches();
  }

  /// Octal digits as `stat -c %a` prints them: without leading zeros.
  ///
  /// @throws IllegalStateException when it is symbolic
  public String octal() {
    if (!isOctal()) {
      throw new IllegalStateException("symbolic: " + text);
    }
    return Integer.toOctalString(Integer.parseInt(text.replace("o", ""), 8));
  }
}
