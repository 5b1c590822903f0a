package kk.modules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import kk.spi.CommandResult;

/// What a web server said, as `uri.sh` prints it: header blocks, the body, a line about it all.
///
/// @param status the last answer's status code, -1 when there was no answer
/// @param headers by their names in lower case
/// @param elapsed whole seconds
/// @param url where redirections led
/// @param problem what went wrong, in words
record HttpAnswer(
    int status,
    Map<String, String> headers,
    String body,
    long elapsed,
    String url,
    String problem) {

  private static final String MARK = "\n@kk ";

  static HttpAnswer of(CommandResult result) {
    String text = result.stdout();
    int mark = text.lastIndexOf(MARK);
    String error = result.stderr().strip().replaceFirst("^curl: ", "");
    if (mark < 0) {
      return new HttpAnswer(-1, Map.of(), "", 0, "", "Request failed: " + error);
    }
    String[] words = text.substring(mark + MARK.length()).strip().split(" ", 3);
    long elapsed = (long) Double.parseDouble(words[1].replace(',', '.'));
    // some versions of curl put the login in
    String url = words.length > 2 ? words[2].replaceFirst("^([a-z]+://)[^/@]*@", "$1") : "";
    int status = Integer.parseInt(words[0]);
    if (!result.succeeded() || status == 0) {
      return new HttpAnswer(-1, Map.of(), "", elapsed, url, "Request failed: " + error);
    }
    String rest = text.substring(0, mark);
    Map<String, String> headers = new LinkedHashMap<>();
    String reason = "";
    while (rest.startsWith("HTTP/")) {
      String[] parts = rest.split("\r?\n\r?\n", 2);
      headers.clear();
      reason = read(parts[0], headers);
      rest = parts.length > 1 ? parts[1] : "";
      if (reason.startsWith(status + "")) {
        break;
      }
    }
    return new HttpAnswer(status, headers, rest, elapsed, url, "HTTP Error " + reason.strip());
  }

  private static String read(String block, Map<String, String> headers) {
    String[] lines = block.split("\r?\n", -1);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.merge(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip(),
            (one, other) -> one + ", " + other);
      }
    }
    return lines[0].substring(lines[0].indexOf(' ') + 1);
  }
}
