package kk.standin.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with `${names}` in it, beside this class.
record Template(String text) {
  private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");

  static Template read(String name) throws IOException {
    try (InputStream in = Template.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no template " + name);
      }
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /// Fails for a name that has no value.
  String with(Map<String, String> values) {
    return NAME.matcher(text)
        .replaceAll(
            found -> {
              String value = values.get(found.group(1));
              if (value == null) {
                throw new IllegalArgumentException("no value for " + found.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
