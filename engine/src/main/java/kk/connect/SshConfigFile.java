package kk.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `~/.ssh/config` says about a host, as far as we follow it: `Host`, `HostName`, `User`,
/// `Port`, `IdentityFile` and `ProxyJump`. The first value found for a keyword counts. `Match all`
/// is followed, other `Match` blocks are passed over.
final class SshConfigFile {
  private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z]+)(?:\\s*=\\s*|\\s+)(.*?)\\s*");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final List<Setting> settings;

  private SshConfigFile(List<Setting> settings) {
    this.settings = settings;
  }

  /// A file that isn't there or can't be read says nothing.
  static SshConfigFile read(Path file) {
    List<Setting> settings = new ArrayList<>();
    List<String> hosts = List.of("*");
    try {
      for (String line : Files.isReadable(file) ? Files.readAllLines(file) : List.<String>of()) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          continue;
        }
        String keyword = matcher.group(1).toLowerCase(Locale.ROOT);
        List<String> values = words(matcher.group(2));
        switch (keyword) {
          case "host" -> hosts = values;
          case "match" -> hosts = values.equals(List.of("all")) ? List.of("*") : List.of();
          default -> settings.add(new Setting(hosts, keyword, values));
        }
      }
    } catch (IOException e) {
      return new SshConfigFile(List.of());
    }
    return new SshConfigFile(settings);
  }

  Optional<String> hostName(String host) {
    return first(host, "hostname").map(name -> name.replace("%h", host));
  }

  Optional<String> user(String host) {
    return first(host, "user");
  }

  Optional<Integer> port(String host) {
    return first(host, "port").filter(port -> port.matches("\\d{1,5}")).map(Integer::valueOf);
  }

  List<String> identityFiles(String host) {
    return settings.stream()
        .filter(setting -> setting.keyword().equals("identityfile") && setting.isFor(host))
        .flatMap(setting -> setting.values().stream().limit(1))
        .toList();
  }

  Optional<String> proxyJump(String host) {
    return first(host, "proxyjump").filter(jump -> !jump.equals("none"));
  }

  private Optional<String> first(String host, String keyword) {
    return settings.stream()
        .filter(setting -> setting.keyword().equals(keyword) && setting.isFor(host))
        .flatMap(setting -> setting.values().stream())
        .findFirst();
  }

  private static List<String> words(String text) {
    return WORD.matcher(text)
        .results()
        .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
        .toList();
  }

  /// One keyword of one block.
  private record Setting(List<String> hosts, String keyword, List<String> values) {
    boolean isFor(String host) {
      boolean matched = false;
      for (String pattern : hosts) {
        if (pattern.startsWith("!") && HostPattern.matches(pattern.substring(1), host)) {
          return false;
        }
        matched |= HostPattern.matches(pattern, host);
      }
      return matched;
    }
  }
}
