package kk.connect.session;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The marks of one shell: what no output can contain by accident or on purpose.
record Marks(String token) {
  private static final int BYTES = 16;

  static Marks random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Marks("kk" + HexFormat.of().formatHex(bytes));
  }

  /// Printed by the shell once it listens; facts about it follow up to the end of the line.
  String ready() {
    return token + ":ready:";
  }

  String begin(long command) {
    return token + ":begin:" + command + ":";
  }

  String end(long command) {
    return token + ":end:" + command + ":";
  }

  static byte[] bytes(String mark) {
    return mark.getBytes(StandardCharsets.US_ASCII);
  }
}
