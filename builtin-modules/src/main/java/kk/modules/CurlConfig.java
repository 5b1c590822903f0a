package kk.modules;

import java.util.Optional;
import kk.spi.Secret;

/// Options for curl as it reads them on standard input (`curl -K -`), where no process list shows
/// them.
final class CurlConfig {
  private final StringBuilder text = new StringBuilder();

  CurlConfig option(String name) {
    text.append(name).append('\n');
    return this;
  }

  CurlConfig option(String name, String value) {
    String escaped =
        value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t");
    text.append(name).append(" = \"").append(escaped).append("\"\n");
    return this;
  }

  CurlConfig option(String name, Optional<String> value) {
    return value.map(v -> option(name, v)).orElse(this);
  }

  CurlConfig header(String name, String value) {
    // a header without a value is written with a semicolon, or curl leaves it out
    return option("header", value.isEmpty() ? name + ";" : name + ": " + value);
  }

  CurlConfig user(Optional<String> name, Optional<Secret> password) {
    return name.map(n -> option("user", n + ":" + password.map(Secret::reveal).orElse("")))
        .orElse(this);
  }

  String text() {
    return text.toString();
  }
}
