package kk.playbook;

import java.nio.file.Path;
import java.util.List;
import kk.source.Span;

/// Some hosts and what is to be done on them.
///
/// @param at where it begins
/// @param settings its keywords
/// @param folder the playbook's folder, where its files are looked for
/// @param hosts patterns: texts and [Template]s
/// @param preTasks steps before the roles
/// @param roles roles in order
/// @param tasks steps after the roles
/// @param postTasks steps at the end
/// @param handlers what changes notify
public record Play(
    Span at,
    Settings settings,
    Path folder,
    List<Object> hosts,
    List<Step> preTasks,
    List<Step> roles,
    List<Step> tasks,
    List<Step> postTasks,
    List<Step> handlers) {

  public String name() {
    return settings
        .text(Keyword.NAME)
        .orElseGet(
            () ->
                String.join(
                    ",",
                    hosts.stream()
                        .map(
                            host ->
                                host instanceof Template template
                                    ? template.text()
                                    : host.toString())
                        .toList()));
  }
}
