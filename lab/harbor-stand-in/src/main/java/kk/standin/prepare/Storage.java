package kk.standin.prepare;

import java.util.List;
import java.util.Map;

/// The storage of the registry: one of the drivers, with what is said about it handed on.
final class Storage {
  private static final List<String> DRIVERS =
      List.of("filesystem", "azure", "gcs", "s3", "swift", "oss");

  private Storage() {}

  /// The driver's block of the registry's configuration, indented by two.
  static String of(HarborYml yml) throws Rejected {
    List<String> chosen =
        DRIVERS.stream().filter(driver -> yml.map("storage_service").containsKey(driver)).toList();
    if (chosen.size() > 1) {
      throw new Rejected("storage_service has more than one driver: " + String.join(", ", chosen));
    }
    String driver = chosen.isEmpty() ? "filesystem" : chosen.getFirst();
    StringBuilder text = new StringBuilder("  " + driver + ":\n");
    if (driver.equals("filesystem")) {
      text.append("    rootdirectory: /storage\n");
    }
    yml.map("storage_service." + driver)
        .forEach(
            (key, value) -> {
              if (!key.equals("rootdirectory") || !driver.equals("filesystem")) {
                text.append("    ").append(key).append(": ").append(scalar(value)).append('\n');
              }
            });
    if (yml.is("storage_service.redirect.disable")) {
      text.append("  redirect:\n    disable: true\n");
    }
    return text.toString();
  }

  /// Harbor takes an integer 1 for true; so does this.
  private static String scalar(Object value) {
    return switch (value) {
      case Boolean bool -> bool.toString();
      case Integer number when number == 1 -> "true";
      case Number number -> number.toString();
      case Map<?, ?> map -> map.toString();
      default -> "'" + String.valueOf(value).replace("'", "''") + "'";
    };
  }
}
