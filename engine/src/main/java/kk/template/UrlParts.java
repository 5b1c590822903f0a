package kk.template;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes an address apart: scheme, host, port, path and so on.
final class UrlParts {
  private static final Pattern URL =
      Pattern.compile(
          "(?s)(?:([a-zA-Z][-+.a-zA-Z0-9]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");

  private UrlParts() {}

  static @Nullable Object split(String url, Arguments args) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw Refusal.because("`" + url + "` is no address");
    }
    String authority = or(parts.group(2));
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? null : authority.substring(0, at);
    String host = authority.substring(at + 1);
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    String port = hasPort ? host.substring(colon + 1) : "";
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    found.put("fragment", or(parts.group(5)));
    found.put(
        "hostname",
        authority.isEmpty()
            ? null
            : TextMethods.strip(hasPort ? host.substring(0, colon) : host, "[]", true, true));
    found.put("netloc", authority);
    found.put(
        "password",
        user != null && user.indexOf(':') >= 0 ? user.substring(user.indexOf(':') + 1) : null);
    found.put("path", parts.group(3));
    found.put("port", port.matches("\\d{1,5}") ? Long.valueOf(port) : null);
    found.put("query", or(parts.group(4)));
    found.put("scheme", or(parts.group(1)));
    found.put("username", user == null ? null : Splitting.on(user, ":").getFirst());
    String wanted = args.value("query") == null ? "" : args.text("query");
    if (wanted.isEmpty()) {
      return found;
    }
    if (!found.containsKey(wanted)) {
      throw Refusal.argument(
          "an address has " + String.join(", ", found.keySet()) + ", but no `" + wanted + "`");
    }
    return found.get(wanted);
  }

  /// Whether a value is an address, of one of the schemes where there are any.
  static boolean isUri(@Nullable Object value, @Nullable Object schemes) {
    if (!(value instanceof String url)) {
      return false;
    }
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      return false;
    }
    String authority = or(parts.group(2));
    String scheme = or(parts.group(1)).toLowerCase(Locale.ROOT);
    return authority.contains("[") == authority.contains("]")
        && (!Values.isTrue(schemes)
            || (Values.isIterable(schemes) && Comparing.contains(schemes, scheme)));
  }

  static boolean isUrl(@Nullable Object value, @Nullable Object schemes) {
    if (!(value instanceof String url) || !isUri(value, schemes)) {
      return false;
    }
    Matcher parts = URL.matcher(url);
    return parts.matches()
        && (!or(parts.group(2)).isEmpty() || or(parts.group(1)).equalsIgnoreCase("file"));
  }

  private static String or(@Nullable String part) {
    return part == null ? "" : part;
  }
}
