package kk.modules;

import java.util.Optional;
import java.util.stream.Collectors;

/// Lines for curl's configuration by when they count, as redirections lead from one request to the
/// next. Read by `http.sh`.
///
/// @param always for every request
/// @param first for the first alone
/// @param withBody for those with a body
/// @param sameServer for those to the server that the first is for
/// @param address where the first goes
/// @param list where a list of checksums is
record WebRequest(
    CurlConfig always,
    CurlConfig first,
    CurlConfig withBody,
    CurlConfig sameServer,
    CurlConfig address,
    CurlConfig list) {

  WebRequest(String url, Optional<String> listUrl) {
    this(
        new CurlConfig(),
        new CurlConfig(),
        new CurlConfig(),
        new CurlConfig(),
        new CurlConfig().option("url", url),
        new CurlConfig().option("url", listUrl));
  }

  String text() {
    return marked("=", always)
        + marked("1", first)
        + marked("b", withBody)
        + marked("h", sameServer)
        + marked("u", address)
        + marked("s", list);
  }

  private static String marked(String letter, CurlConfig config) {
    return config.text().lines().map(line -> letter + line + "\n").collect(Collectors.joining());
  }
}
