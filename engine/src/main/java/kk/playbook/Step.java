package kk.playbook;

import java.util.List;
import java.util.Optional;
import kk.source.Span;

/// One entry of a list of tasks. A new kind here makes every switch over steps fail to compile
/// until it says what to do with it.
public sealed interface Step {
  /// Where it begins.
  Span at();

  /// Its own keywords, those of the things around it not included.
  Settings settings();

  /// What it is called in the output.
  default String name() {
    return settings().text(Keyword.NAME).orElse("");
  }

  /// Calls one module: `copy: {src: …, dest: …}`.
  record Task(Span at, Settings settings, ModuleCall call, Optional<Loop> loop) implements Step {
    @Override
    public String name() {
      return settings.text(Keyword.NAME).orElse(call.module());
    }
  }

  /// `block:` with its `rescue:` and `always:`, and an `import_tasks`, whose file is known before
  /// the run.
  record Block(Span at, Settings settings, List<Step> body, List<Step> rescue, List<Step> always)
      implements Step {
    public Block {
      body = List.copyOf(body);
      rescue = List.copyOf(rescue);
      always = List.copyOf(always);
    }
  }

  /// `include_tasks: FILE`, read only when reached: the name may be a template.
  ///
  /// @param file text or [Template]
  /// @param apply keywords for the steps in the file
  record IncludeTasks(Span at, Settings settings, Object file, Settings apply, Optional<Loop> loop)
      implements Step {
    @Override
    public String name() {
      return settings.text(Keyword.NAME).orElse("include_tasks");
    }
  }

  /// `include_role`, read only when reached.
  record IncludeRole(Span at, Settings settings, RoleUse use, Settings apply, Optional<Loop> loop)
      implements Step {
    @Override
    public String name() {
      return settings.text(Keyword.NAME).orElse("include_role");
    }
  }

  /// A role in place: from `roles:`, `import_role` or a dependency.
  record UseRole(Span at, Settings settings, RoleUse use, Role role) implements Step {}

  /// `meta: ACTION`.
  record Meta(Span at, Settings settings, MetaAction action) implements Step {
    @Override
    public String name() {
      return settings.text(Keyword.NAME).orElse(action.written());
    }
  }
}
