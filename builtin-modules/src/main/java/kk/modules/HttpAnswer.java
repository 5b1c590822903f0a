package kk.modules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a web server said, as `http.sh` tells it.
///
/// @param status the last answer's status code, -1 when there was no answer
/// @param headers of the last answer, by their names in lower case
/// @param cookies those of all answers, redirections among them
/// @param elapsed whole seconds
/// @param url where redirections led
/// @param problem what went wrong, in words
record HttpAnswer(
    int status,
    Map<String, String> headers,
    Map<String, String> cookies,
    long elapsed,
    String url,
    String problem) {

  static HttpAnswer of(Answer answer) {
    long elapsed =
        (long)
            answer.all("took").stream()
                .mapToDouble(seconds -> Double.parseDouble("0" + seconds.replace(',', '.')))
                .sum();
    // some versions of curl put the login in
    String url = answer.text("reached").replaceFirst("^([a-z]+://)[^/@]*@", "$1");
    int status = answer.number("status").orElse(0L).intValue();
    if (status == 0) {
      String why = answer.text("error").replaceFirst("^curl: ", "");
      return new HttpAnswer(-1, Map.of(), Map.of(), elapsed, url, "Request failed: " + why);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, String> cookies = new LinkedHashMap<>();
    String reason = "";
    for (String block : answer.decoded("heads").split("\r?\n\r?\n", -1)) {
      if (block.startsWith("HTTP/")) {
        headers.clear();
        reason = read(block, headers, cookies);
      }
    }
    return new HttpAnswer(
        status,
        headers,
        cookies,
        elapsed,
        url,
        "HTTP Error " + status + ": " + reason.replaceFirst("^\\d+ *", ""));
  }

  /// How a request sends the cookies back.
  String cookieLine() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /// How much came, as the server said it.
  String size() {
    return headers.getOrDefault("content-length", "unknown");
  }

  boolean isJson() {
    return headers.getOrDefault("content-type", "").matches("(?i).*[/+]json.*");
  }

  private static String read(
      String block, Map<String, String> headers, Map<String, String> cookies) {
    String[] lines = block.split("\r?\n", -1);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
        String value = lines[i].substring(colon + 1).strip();
        headers.merge(name, value, (one, other) -> one + ", " + other);
        int equals = value.indexOf('=');
        if (name.equals("set-cookie") && equals > 0) {
          cookies.put(
              value.substring(0, equals).strip(),
              value.substring(equals + 1).replaceFirst(";.*", "").strip());
        }
      }
    }
    return lines[0].substring(lines[0].indexOf(' ') + 1).strip();
  }
}
