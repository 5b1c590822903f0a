package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.FileMode;
import kk.spi.SharedArguments;

/// Who may do what with a file, and what its file system notes about it besides; what modules that
/// write files take in common. What is empty stays as it is.
record Attributes(
    @Doc("permissions") Optional<FileMode> mode,
    @Doc("user it belongs to") Optional<String> owner,
    @Doc("group it belongs to") Optional<String> group,
    @Doc("flags of its file system, as `chattr` takes them: `+i`, `-i`, or all it has to have")
        @Alias("attr")
        Optional<String> attributes,
    @Doc("SELinux user; `_default` for the policy's own, as in the other parts of the label")
        Optional<String> seuser,
    @Doc("SELinux role") Optional<String> serole,
    @Doc("SELinux type") Optional<String> setype,
    @Doc("SELinux level, the range of MLS or MCS") Optional<String> selevel,
    @Doc(
            "write into the file itself where it can't be replaced as a whole, at the risk of half a file")
        @Default("false")
        boolean unsafeWrites)
    implements SharedArguments {
  private static final Pattern FLAGS = Pattern.compile("[-+=]?[A-Za-z]+");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_.:,-]+");

  static final Attributes NONE = ofMode(Optional.empty());

  Attributes {
    if (attributes.isPresent() && !FLAGS.matcher(attributes.get()).matches()) {
      throw new IllegalArgumentException(
          "`attributes` is letters that `chattr` knows, such as `+i`");
    }
    for (Optional<String> part : List.of(seuser, serole, setype, selevel)) {
      if (part.isPresent() && !LABEL.matcher(part.get()).matches()) {
        throw new IllegalArgumentException(
            "`" + part.get() + "` can't be part of an SELinux label");
      }
    }
  }

  static Attributes ofMode(Optional<FileMode> mode) {
    Optional<String> any = Optional.empty();
    return new Attributes(mode, any, any, any, any, any, any, any, false);
  }

  Attributes withMode(Optional<FileMode> other) {
    return new Attributes(
        other, owner, group, attributes, seuser, serole, setype, selevel, unsafeWrites);
  }

  Attributes ownedBy(Optional<String> newOwner, Optional<String> newGroup) {
    return new Attributes(
        mode, newOwner, newGroup, attributes, seuser, serole, setype, selevel, unsafeWrites);
  }

  /// The mode in the words of `attributes.sh`.
  Optional<String> modeText() {
    return mode.map(m -> m.isOctal() ? m.octal() : m.text());
  }

  /// Sets the variables that `attributes.sh` reads. What hardly anybody gives costs no script
  /// anything.
  Script into(Script script) {
    script.set("mode", modeText()).set("owner", owner).set("group", group);
    if (unsafeWrites) {
      script.set("kk_unsafe", true);
    }
    if (isLabelled()) {
      script
          .set("kk_labelled", true)
          .set("flags", attributes)
          .set("seuser", seuser)
          .set("serole", serole)
          .set("setype", setype)
          .set("selevel", selevel)
          .add("labels");
    }
    return script;
  }

  private boolean isLabelled() {
    return Stream.of(attributes, seuser, serole, setype, selevel).anyMatch(Optional::isPresent);
  }

  /// What `kk_report` told, under Ansible's names.
  static Map<String, Object> values(Answer answer) {
    Map<String, Object> values = new LinkedHashMap<>();
    answer
        .find("mode")
        .ifPresent(mode -> values.put("mode", "0".repeat(Math.max(0, 4 - mode.length())) + mode));
    answer.number("uid").ifPresent(uid -> values.put("uid", uid));
    answer.number("gid").ifPresent(gid -> values.put("gid", gid));
    answer.find("owner").ifPresent(owner -> values.put("owner", owner));
    answer.find("group").ifPresent(group -> values.put("group", group));
    answer.number("size").ifPresent(size -> values.put("size", size));
    answer.find("state").ifPresent(state -> values.put("state", state));
    answer
        .find("secontext")
        .ifPresent(label -> values.put("secontext", List.of(label.split(":", 4))));
    return values;
  }
}
