package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Processors, memory and firmware, from what `facts.hardware.sh` printed.
final class HardwareFacts {
  private static final String UNKNOWN = "NA";
  private static final String[] FIRMWARE = {
    "bios_date",
    "bios_vendor",
    "bios_version",
    "board_asset_tag",
    "board_name",
    "board_serial",
    "board_vendor",
    "board_version",
    "chassis_asset_tag",
    "chassis_serial",
    "chassis_vendor",
    "chassis_version",
    "product_name",
    "product_serial",
    "product_uuid",
    "product_version",
    "system_vendor"
  };

  /// Kinds of chassis by their number in the DMI standard.
  private static final List<String> CHASSIS =
      List.of(
          "Unknown",
          "Other",
          "Unknown",
          "Desktop",
          "Low Profile Desktop",
          "Pizza Box",
          "Mini Tower",
          "Tower",
          "Portable",
          "Laptop",
          "Notebook",
          "Hand Held",
          "Docking Station",
          "All In One",
          "Sub Notebook",
          "Space-saving",
          "Lunch Box",
          "Main Server Chassis",
          "Expansion Chassis",
          "Sub Chassis",
          "Bus Expansion Chassis",
          "Peripheral Chassis",
          "RAID Chassis",
          "Rack Mount Chassis",
          "Sealed-case PC",
          "Multi-system",
          "CompactPCI",
          "AdvancedTCA",
          "Blade",
          "Blade Enclosure",
          "Tablet",
          "Convertible",
          "Detachable",
          "IoT Gateway",
          "Embedded PC",
          "Mini PC",
          "Stick PC");

  private final FactLines lines;
  private final Map<String, Object> facts = new LinkedHashMap<>();

  private HardwareFacts(FactLines lines) {
    this.lines = lines;
  }

  static Map<String, Object> of(FactLines lines) {
    HardwareFacts hardware = new HardwareFacts(lines);
    hardware.architecture();
    hardware.processors();
    hardware.memory();
    hardware.firmware();
    return hardware.facts;
  }

  private void architecture() {
    String architecture =
        switch (lines.values().text("machine")) {
          case "amd64" -> "x86_64";
          case "arm64" -> "aarch64";
          case "i486", "i586", "i686" -> "i386";
          case String other -> other;
        };
    facts.put("architecture", architecture);
    String bits = lines.values().text("userspace_bits");
    if (!bits.isEmpty()) {
      facts.put("userspace_bits", bits);
      facts.put(
          "userspace_architecture",
          bits.equals("32") && architecture.equals("x86_64") ? "i386" : architecture);
    }
  }

  private void processors() {
    List<String> processors = new ArrayList<>();
    Set<String> sockets = new java.util.HashSet<>();
    long cores = 0;
    long siblings = 0;
    long count = 0;
    for (String row : lines.rows("cpu")) {
      String value = row.substring(row.indexOf('=') + 1);
      switch (row.substring(0, row.indexOf('='))) {
        case "physical id" -> sockets.add(value);
        case "cpu cores" -> cores = Long.parseLong(value);
        case "siblings" -> siblings = Long.parseLong(value);
        case "processor" -> {
          processors.add(value);
          count++;
        }
        default -> processors.add(value);
      }
    }
    long nproc = lines.values().number("processor_nproc").orElse(Math.max(1, count));
    facts.put("processor", processors);
    facts.put("processor_nproc", nproc);
    facts.put("processor_vcpus", count > 0 ? count : nproc);
    facts.put("processor_count", Math.max(1L, sockets.size()));
    facts.put("processor_cores", Math.max(1L, cores));
    facts.put("processor_threads_per_core", Math.max(1L, siblings / Math.max(1L, cores)));
  }

  private void memory() {
    Map<String, Long> memory = new LinkedHashMap<>();
    for (String row : lines.rows("memory")) {
      String[] words = row.split(" ", -1);
      memory.put(words[0], Long.parseLong(words[1]) / 1024);
    }
    long total = memory.getOrDefault("MemTotal", 0L);
    long free = memory.getOrDefault("MemFree", 0L);
    long cached = memory.getOrDefault("Cached", 0L) + memory.getOrDefault("Buffers", 0L);
    long swapTotal = memory.getOrDefault("SwapTotal", 0L);
    long swapFree = memory.getOrDefault("SwapFree", 0L);
    facts.put("memtotal_mb", total);
    facts.put("memfree_mb", free);
    facts.put("memavailable_mb", memory.getOrDefault("MemAvailable", 0L));
    facts.put("swaptotal_mb", swapTotal);
    facts.put("swapfree_mb", swapFree);
    facts.put(
        "memory_mb",
        Map.of(
            "real", Map.of("total", total, "free", free, "used", total - free),
            "nocache", Map.of("free", free + cached, "used", total - free - cached),
            "swap",
                Map.of(
                    "total",
                    swapTotal,
                    "free",
                    swapFree,
                    "used",
                    swapTotal - swapFree,
                    "cached",
                    memory.getOrDefault("SwapCached", 0L))));
  }

  private void firmware() {
    for (String name : FIRMWARE) {
      facts.put(name, lines.values().find(name).map(String::strip).orElse(UNKNOWN));
    }
    int chassis = lines.values().number("form_factor").orElse(-1L).intValue();
    facts.put(
        "form_factor",
        chassis < 0
            ? UNKNOWN
            : chassis < CHASSIS.size() ? CHASSIS.get(chassis) : "unknown (" + chassis + ")");
    facts.put("hostnqn", lines.values().text("hostnqn"));
    facts.put("iscsi_iqn", lines.values().text("iscsi_iqn"));
    facts.put("fibre_channel_wwn", lines.rows("wwn"));
  }
}
