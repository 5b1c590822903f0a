package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What `lsattr` told about a path, under the names that playbooks know from Ansible. File systems
/// without flags tell nothing.
final class FileFlags {
  private static final Map<Character, String> NAMES =
      Map.ofEntries(
          Map.entry('A', "noatime"),
          Map.entry('a', "append"),
          Map.entry('c', "compressed"),
          Map.entry('C', "nocow"),
          Map.entry('d', "nodump"),
          Map.entry('D', "dirsync"),
          Map.entry('e', "extents"),
          Map.entry('E', "encrypted"),
          Map.entry('h', "blocksize"),
          Map.entry('i', "immutable"),
          Map.entry('I', "indexed"),
          Map.entry('j', "journalled"),
          Map.entry('N', "inline"),
          Map.entry('s', "zero"),
          Map.entry('S', "synchronous"),
          Map.entry('t', "notail"),
          Map.entry('T', "blockroot"),
          Map.entry('u', "undelete"),
          Map.entry('X', "compressedraw"),
          Map.entry('Z', "compresseddirty"));

  private FileFlags() {}

  /// @param answer has the lines `flags` and `version`, where there are any
  static Map<String, @Nullable Object> of(Answer answer) {
    String letters = answer.text("flags").replace("-", "");
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("attr_flags", letters);
    values.put("attributes", names(letters));
    values.put("version", answer.find("version").orElse(null));
    return values;
  }

  private static List<String> names(String letters) {
    return letters
        .chars()
        .mapToObj(letter -> NAMES.get((char) letter))
        .filter(Objects::nonNull)
        .toList();
  }
}
