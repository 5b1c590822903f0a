package kk.modules;

import java.util.LinkedHashMap;
import java.util.Map;

/// What `stat` told about a path, under the names that playbooks know from Ansible.
final class FileStatus {
  private static final String[] NUMBERS = {
    "uid", "gid", "size", "nlink", "inode", "dev", "atime", "mtime", "ctime"
  };
  private static final String[] PERMISSIONS = {
    "xoth", "woth", "roth", "xgrp", "wgrp", "rgrp", "xusr", "wusr", "rusr"
  };

  private FileStatus() {}

  /// @param answer has the lines `type`, `mode` and the numbers
  static Map<String, Object> of(Answer answer) {
    Map<String, Object> status = new LinkedHashMap<>();
    String type = answer.text("type");
    status.put("isdir", type.equals("directory"));
    status.put("isreg", type.startsWith("regular"));
    status.put("islnk", type.equals("symbolic link"));
    status.put("isfifo", type.equals("fifo"));
    status.put("issock", type.equals("socket"));
    status.put("ischr", type.equals("character special file"));
    status.put("isblk", type.equals("block special file"));
    String digits = "0000" + answer.text("mode");
    String mode = digits.substring(digits.length() - 4);
    status.put("mode", mode);
    int bits = Integer.parseInt(mode, 8);
    for (int i = 0; i < PERMISSIONS.length; i++) {
      status.put(PERMISSIONS[i], (bits >> i & 1) == 1);
    }
    status.put("isuid", (bits >> 11 & 1) == 1);
    status.put("isgid", (bits >> 10 & 1) == 1);
    for (String number : NUMBERS) {
      answer.number(number).ifPresent(value -> status.put(number, value));
    }
    for (String name : new String[] {"pw_name", "gr_name"}) {
      answer.find(name).ifPresent(value -> status.put(name, value.equals("UNKNOWN") ? "" : value));
    }
    return status;
  }
}
