package kk.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.playbook.Role;
import kk.playbook.Step;
import org.jspecify.annotations.Nullable;

/// One list of steps that a host is in the middle of.
final class Frame {
  /// Which list of a block it is.
  enum Section {
    BODY(0),
    RESCUE(1),
    ALWAYS(2);

    final int order;

    Section(int order) {
      this.order = order;
    }
  }

  /// What the list belongs to.
  enum Kind {
    /// A block, which is worked through section by section.
    BLOCK,
    /// The handlers of the play: only notified ones run.
    HANDLERS,
    /// Anything else: the play itself, a role, an include.
    PLAIN
  }

  final Kind kind;
  final Step.@Nullable Block block;

  /// What to remember when a role is finished, so that it doesn't run twice.
  final Optional<Object> roleKey;

  /// Whether the list one below points to the step that this list is the inside of.
  final boolean standsInParent;

  /// Whether it holds the steps of a role.
  final boolean isRole;

  /// Whether it is left out for a host that has finished the role before.
  final boolean onlyOnce;

  List<Step> steps;
  Section section = Section.BODY;
  int next;

  /// The body or the rescue failed, and nobody has taken care of it yet.
  boolean failing;

  /// A task in here has really run.
  boolean worked;

  private final List<StepContext> contexts;

  private Frame(
      Kind kind,
      List<Step> steps,
      List<StepContext> contexts,
      Step.@Nullable Block block,
      Optional<Object> roleKey,
      boolean standsInParent,
      boolean isRole,
      boolean onlyOnce) {
    this.kind = kind;
    this.steps = steps;
    this.contexts = contexts;
    this.block = block;
    this.roleKey = roleKey;
    this.standsInParent = standsInParent;
    this.isRole = isRole;
    this.onlyOnce = onlyOnce;
  }

  /// Steps of a play or an include.
  static Frame plain(List<Step> steps, StepContext context) {
    return new Frame(
        Kind.PLAIN, steps, List.of(context), null, Optional.empty(), false, false, false);
  }

  static Frame block(Step.Block block, StepContext context) {
    return new Frame(
        Kind.BLOCK, block.body(), List.of(context), block, Optional.empty(), true, false, false);
  }

  /// A role that stands in the list one below, its dependencies first.
  ///
  /// @param key what to remember when it is finished
  static Frame role(Role role, StepContext inside, Object key) {
    return new Frame(
        Kind.PLAIN, steps(role), List.of(inside), null, Optional.of(key), true, true, false);
  }

  /// A role that an include has brought.
  ///
  /// @param key what to remember when it is finished
  /// @param onlyOnce whether it is left out for a host that has finished it before
  static Frame includedRole(Role role, StepContext inside, Object key, boolean onlyOnce) {
    return new Frame(
        Kind.PLAIN, steps(role), List.of(inside), null, Optional.of(key), false, true, onlyOnce);
  }

  private static List<Step> steps(Role role) {
    List<Step> steps = new ArrayList<>(role.dependencies());
    steps.addAll(role.steps());
    return steps;
  }

  static Frame handlers(List<Handler> handlers) {
    return new Frame(
        Kind.HANDLERS,
        handlers.stream().map(Handler::step).toList(),
        handlers.stream().map(Handler::context).toList(),
        null,
        Optional.empty(),
        false,
        false,
        false);
  }

  /// What the step that is next inherits.
  StepContext context() {
    return kind == Kind.HANDLERS ? contexts.get(next) : contexts.getFirst();
  }

  void enter(Section newSection, List<Step> newSteps) {
    section = newSection;
    steps = newSteps;
    next = 0;
  }
}
