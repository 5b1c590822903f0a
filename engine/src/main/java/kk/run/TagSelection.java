package kk.run;

import java.util.Collection;
import java.util.List;

/// Which tasks a run does, by their tags. Rules: Ansible's, with its words `all`, `tagged`,
/// `untagged`, `always` and `never`.
record TagSelection(List<String> wanted, List<String> skipped) {

  boolean selects(Collection<String> tags) {
    boolean always = tags.contains("always");
    boolean never = tags.contains("never");
    return isWanted(tags, always, never) && !isSkipped(tags, always);
  }

  private boolean isWanted(Collection<String> tags, boolean always, boolean never) {
    if (wanted.isEmpty() || wanted.contains("all")) {
      return !never || wanted.stream().anyMatch(tags::contains);
    }
    return always
        || wanted.stream().anyMatch(tags::contains)
        || (wanted.contains("tagged") && !tags.isEmpty() && !never)
        || (wanted.contains("untagged") && tags.isEmpty());
  }

  private boolean isSkipped(Collection<String> tags, boolean always) {
    if (skipped.contains("all")) {
      return !always || skipped.contains("always");
    }
    return skipped.stream().anyMatch(tags::contains)
        || (skipped.contains("tagged") && !tags.isEmpty())
        || (skipped.contains("untagged") && tags.isEmpty());
  }
}
