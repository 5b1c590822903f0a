package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Disks, their parts, logical volumes and what is mounted, from what `facts.hardware.sh` printed.
final class DiskFacts {
  private static final Pattern LINK = Pattern.compile(" ([^ ]+) -> (?:\\S*/)?(\\S+)$");
  private static final Pattern SCHEDULER = Pattern.compile("\\[(.*)\\]");
  private static final String[] UNITS = {"Bytes", "KB", "MB", "GB", "TB", "PB", "EB"};

  /// One disk, or one part of it.
  ///
  /// @param own what the kernel tells of it, by the names of its files
  private record Device(Map<String, String> own, List<Object> holders) {
    Device() {
      this(new LinkedHashMap<>(), new ArrayList<>());
    }

    long number(String key, long otherwise) {
      String text = own.getOrDefault(key, "");
      return text.matches("\\d+") ? Long.parseLong(text) : otherwise;
    }
  }

  private final FactLines lines;

  /// Names under `/dev/disk`, by kind of name and device.
  private final Map<String, Map<String, List<Object>>> links = new TreeMap<>();

  private DiskFacts(FactLines lines) {
    this.lines = lines;
    for (String kind : new String[] {"ids", "labels", "masters", "uuids"}) {
      links.put(kind, new TreeMap<>());
    }
  }

  static Map<String, Object> of(FactLines lines) {
    DiskFacts disks = new DiskFacts(lines);
    disks.readLinks();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("devices", disks.devices());
    facts.put("device_links", disks.links);
    facts.put("lvm", disks.logicalVolumes());
    facts.put("mounts", disks.mounts());
    return facts;
  }

  private void readLinks() {
    String kind = "";
    for (String line : lines.rows("link")) {
      if (line.startsWith("/dev/disk/by-")) {
        kind = line.substring("/dev/disk/by-".length()).replace(":", "") + "s";
        continue;
      }
      Matcher link = LINK.matcher(line);
      if (link.find() && links.containsKey(kind)) {
        links.get(kind).computeIfAbsent(link.group(2), _ -> new ArrayList<>()).add(link.group(1));
      }
    }
  }

  private Map<String, Object> devices() {
    Map<String, Map<String, Device>> disks = new TreeMap<>();
    for (String row : lines.rows("disk")) {
      String[] words = row.split(" ", 4);
      Device device =
          disks
              .computeIfAbsent(words[0], _ -> new TreeMap<>())
              .computeIfAbsent(words[1], _ -> new Device());
      if (words[2].equals("holder")) {
        device.holders().add(words[3]);
      } else {
        device.own().put(words[2], words[3].strip());
      }
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    disks.forEach((name, parts) -> facts.put(name, disk(name, parts)));
    return facts;
  }

  private Map<String, @Nullable Object> disk(String name, Map<String, Device> parts) {
    Device disk = parts.getOrDefault("-", new Device());
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("virtual", 1L);
    facts.put("links", linksOf(name));
    for (String key : new String[] {"vendor", "model", "sas_address", "sas_device_handle"}) {
      facts.put(key, disk.own().get(key));
    }
    if (disk.own().containsKey("serial")) {
      facts.put("serial", disk.own().get("serial"));
    }
    facts.put("removable", disk.own().get("removable"));
    facts.put("rotational", disk.own().get("rotational"));
    boolean discards = !"0".equals(disk.own().get("discard_max_hw_bytes"));
    facts.put("support_discard", discards ? disk.own().get("discard_granularity") : "0");
    Matcher scheduler = SCHEDULER.matcher(disk.own().getOrDefault("scheduler", ""));
    facts.put("scheduler_mode", scheduler.find() ? scheduler.group(1) : "");
    long sector = disk.number("logical_block_size", 512);
    facts.put("sectorsize", Long.toString(sector));
    putSize(facts, disk, sector);
    facts.put("host", "");
    facts.put("holders", disk.holders());
    Map<String, Object> partitions = new LinkedHashMap<>();
    parts.forEach(
        (part, device) -> {
          if (!part.equals("-")) {
            partitions.put(part, partition(part, device, sector));
          }
        });
    facts.put("partitions", partitions);
    return facts;
  }

  private Map<String, @Nullable Object> partition(String name, Device device, long sector) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("links", linksOf(name));
    facts.put("start", device.own().getOrDefault("start", "0"));
    facts.put("sectorsize", sector);
    putSize(facts, device, sector);
    List<Object> uuids = links.getOrDefault("uuids", Map.of()).getOrDefault(name, List.of());
    facts.put("uuid", uuids.isEmpty() ? null : uuids.getFirst());
    facts.put("holders", device.holders());
    return facts;
  }

  /// The kernel counts in sectors of 512 bytes, whatever the disk has.
  private static void putSize(Map<String, @Nullable Object> facts, Device device, long sector) {
    long bytes = device.number("size", 0) * 512;
    facts.put("sectors", Long.toString(bytes / sector));
    facts.put("size", size(bytes));
  }

  private Map<String, Object> linksOf(String device) {
    Map<String, Object> own = new LinkedHashMap<>();
    links.forEach((kind, names) -> own.put(kind, names.getOrDefault(device, List.of())));
    return own;
  }

  /// A size as Ansible tells it: `20.00 GB`.
  private static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, UNITS[unit]);
  }

  private Object logicalVolumes() {
    Map<String, Object> groups = new LinkedHashMap<>();
    Map<String, Object> logical = new LinkedHashMap<>();
    Map<String, Object> physical = new LinkedHashMap<>();
    for (String row : lines.rows("lvm")) {
      String[] cells = row.split(",", -1);
      if (cells[0].equals("vgs") && cells.length >= 8) {
        groups.put(
            cells[1],
            Map.of(
                "size_g", cells[6], "free_g", cells[7], "num_lvs", cells[3], "num_pvs", cells[2]));
      } else if (cells[0].equals("lvs") && cells.length >= 5) {
        logical.put(cells[1], Map.of("size_g", cells[4], "vg", cells[2]));
      } else if (cells[0].equals("pvs") && cells.length >= 7) {
        physical.put(cells[1], Map.of("size_g", cells[5], "free_g", cells[6], "vg", cells[2]));
      }
    }
    boolean known = lines.values().yes("has_lvm") || !lines.rows("lvm").isEmpty();
    return known ? Map.of("vgs", groups, "lvs", logical, "pvs", physical) : "N/A";
  }

  private List<Object> mounts() {
    Map<String, Object> uuids = new LinkedHashMap<>();
    links.getOrDefault("uuids", Map.of()).forEach((name, own) -> uuids.put(name, own.getFirst()));
    List<Object> mounts = new ArrayList<>();
    for (String row : lines.rows("mount")) {
      String[] words = row.split("\t", -1);
      String[] usage = words[4].split(" ", -1);
      long block = Long.parseLong(usage[0]);
      long total = Long.parseLong(usage[1]);
      long available = Long.parseLong(usage[2]);
      long inodes = Long.parseLong(usage[3]);
      long freeInodes = Long.parseLong(usage[4]);
      Map<String, Object> mount = new LinkedHashMap<>();
      mount.put("device", words[0]);
      mount.put("mount", words[1]);
      mount.put("fstype", words[2]);
      mount.put("options", words[3]);
      mount.put("size_total", block * total);
      mount.put("size_available", block * available);
      mount.put("block_size", block);
      mount.put("block_total", total);
      mount.put("block_available", available);
      mount.put("block_used", total - available);
      mount.put("inode_total", inodes);
      mount.put("inode_available", freeInodes);
      mount.put("inode_used", inodes - freeInodes);
      mount.put("uuid", uuids.getOrDefault(words[0].replaceFirst(".*/", ""), "N/A"));
      mounts.add(mount);
    }
    return mounts;
  }
}
