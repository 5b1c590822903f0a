package kk.modules;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;

/// A name or an address that a certificate is good for. Clients look for addresses among the
/// addresses only, so the two are told apart here.
///
/// @param text as clients write it, addresses in their usual form
/// @param isAddress whether it is an IP address
record SubjectName(String text, boolean isAddress) {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*");

  /// @throws IllegalArgumentException with a sentence when it is neither
  static SubjectName of(String text) {
    if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
      return new SubjectName(canonical(text), true);
    }
    if (text.contains("/")) {
      throw refused(text, "leave out the path");
    }
    if (text.contains(":")) {
      throw refused(text, "leave out the port");
    }
    if (!NAME.matcher(text).matches()) {
      throw refused(text, "letters, digits, `-` and `.` make a name");
    }
    if (text.matches("[0-9.]+")) {
      throw refused(text, "an IPv4 address has four numbers up to 255");
    }
    return new SubjectName(text.toLowerCase(Locale.ROOT), false);
  }

  GeneralName asn1() {
    return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, text);
  }

  private static IllegalArgumentException refused(String text, String hint) {
    return new IllegalArgumentException(
        "`"
            + text
            + "` can't be in `sans`: a certificate is good for host names and addresses; "
            + hint);
  }

  /// The one way to write an address, so that `::1` and `0:0:0:0:0:0:0:1` are the same.
  private static String canonical(String address) {
    try {
      return InetAddress.getByName(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw refused(address, "an IPv6 address has eight groups");
    }
  }
}
