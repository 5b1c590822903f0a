package kk.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kk.inventory.Host;
import kk.playbook.Expression;
import kk.playbook.Keyword;
import kk.playbook.Role;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.playbook.Template;
import org.jspecify.annotations.Nullable;

/// Where one host is in a play, as an explicit machine. The state is a stack of [Frame]s, the
/// innermost list of steps on top. Three moves change it:
///
/// - [#peek] finds the next thing to do. On its way it opens blocks and roles (a frame is pushed)
///   and leaves lists that are finished (a frame is popped, or a block goes on from its body to
///   `always`).
/// - [#done] steps past what was found, because it went well or doesn't count.
/// - [#fail] looks for help from the inside out: the innermost block in its body with a `rescue`
///   goes on there; one with `always` runs that first and fails again at its end; without either
///   the frame is dropped. When nothing is left the host has failed; with `force_handlers` the
///   notified handlers are then all that is left to do, unless it was one of them that failed.
///
/// Nested rescue and always need nothing more: a failure in a rescue finds its own block in section
/// RESCUE, which can't rescue again, so it runs `always` and goes on to the block outside. An
/// unreachable host or one that ended early is simply [#stop]ped: nothing more runs.
final class HostCursor {
  private final Host host;
  private final List<Handler> handlers;
  private final boolean forcesHandlers;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Set<Integer> notified = new HashSet<>();
  private final Set<Object> finishedRoles = new HashSet<>();
  private @Nullable Unit found;
  private boolean failed;

  /// Set by whichever host ends the play for all.
  private volatile boolean stopped;

  /// A host at the beginning of a play.
  ///
  /// @param handlers all handlers of the play in order of definition; included roles add to them
  /// @param forcesHandlers whether notified handlers run even after the host has failed
  HostCursor(
      Host host,
      List<Step> steps,
      StepContext context,
      List<Handler> handlers,
      boolean forcesHandlers) {
    this.host = host;
    this.handlers = handlers;
    this.forcesHandlers = forcesHandlers;
    frames.push(Frame.plain(steps, context));
  }

  Host host() {
    return host;
  }

  boolean failed() {
    return failed;
  }

  boolean stopped() {
    return stopped;
  }

  /// The next thing to do; nothing when the host is through, has failed or was stopped.
  Optional<Unit> peek() {
    while (found == null && !stopped && !frames.isEmpty()) {
      Frame top = frames.element();
      if (top.kind == Frame.Kind.HANDLERS) {
        skipToNotified(top);
      }
      if (top.next >= top.steps.size()) {
        leave(top);
      } else {
        open(top.steps.get(top.next), top);
      }
    }
    return stopped ? Optional.empty() : Optional.ofNullable(found);
  }

  /// What [#peek] found last, also when another host has stopped this one since.
  Unit reached() {
    return Objects.requireNonNull(found);
  }

  /// Steps past what [#peek] found.
  ///
  /// @param ran whether a task really ran, as opposed to being skipped
  void done(boolean ran) {
    found = null;
    Frame top = frames.element();
    if (top.kind == Frame.Kind.HANDLERS) {
      notified.remove(top.next);
    }
    top.next++;
    if (ran) {
      frames.forEach(frame -> frame.worked = true);
    }
  }

  /// What [#peek] found has failed.
  void fail() {
    found = null;
    boolean inHandlers = false;
    while (!frames.isEmpty()) {
      Frame top = frames.element();
      if (top.block != null && top.section == Frame.Section.BODY && !top.block.rescue().isEmpty()) {
        top.enter(Frame.Section.RESCUE, top.block.rescue());
        return;
      }
      if (top.block != null
          && top.section != Frame.Section.ALWAYS
          && !top.block.always().isEmpty()) {
        top.failing = true;
        top.enter(Frame.Section.ALWAYS, top.block.always());
        return;
      }
      if (top.kind == Frame.Kind.HANDLERS) {
        notified.remove(top.next);
        inHandlers = true;
      }
      frames.pop();
    }
    failed = true;
    if (forcesHandlers && !inHandlers) {
      flushHandlers();
    }
  }

  /// Whether what has failed is past all rescue, though an `always` may still have to run.
  boolean isLost() {
    return failed || (frames.stream().anyMatch(frame -> frame.failing) && !wouldBeRescued());
  }

  /// Whether a failure now would find a rescue.
  boolean wouldBeRescued() {
    return frames.stream().anyMatch(HostCursor::rescues);
  }

  /// Whether a failure now counts as rescued. A handler's does only when the rescue is not that of
  /// an outermost block: the flush stands in the place of such a block. With forced handlers all
  /// steps of a section are in a block of their own.
  ///
  /// @param inHandler whether a handler fails
  boolean countsAsRescued(boolean inHandler) {
    return frames.stream()
        .filter(frame -> !inHandler || forcesHandlers || !isOutermost(frame))
        .anyMatch(HostCursor::rescues);
  }

  private static boolean rescues(Frame frame) {
    return frame.block != null
        && frame.section == Frame.Section.BODY
        && !frame.block.rescue().isEmpty();
  }

  private boolean isOutermost(Frame block) {
    Iterator<Frame> outward = frames.descendingIterator();
    while (outward.hasNext()) {
      Frame frame = outward.next();
      if (frame.block != null) {
        return frame == block;
      }
    }
    return false;
  }

  /// Nothing more runs on this host in this play.
  void stop() {
    stopped = true;
  }

  /// What failed so far is forgotten: an `always` that is being run doesn't fail at its end. A host
  /// that was through goes on with the next play.
  void clearErrors() {
    failed = false;
    frames.forEach(frame -> frame.failing = false);
  }

  /// Nothing more of the innermost role runs on this host.
  void endRole() {
    found = null;
    while (frames.size() > 1 && !frames.element().isRole) {
      frames.pop();
    }
    Frame role = frames.element();
    role.next = role.steps.size();
  }

  /// Puts included steps before whatever comes next. Several includes run in the given order; a
  /// role that runs only once is left out when it has.
  void include(List<Frame> included) {
    for (Frame frame : included.reversed()) {
      if (!frame.onlyOnce || frame.roleKey.filter(finishedRoles::contains).isEmpty()) {
        frames.push(frame);
      }
    }
  }

  /// Marks a handler, by its place in the list of all handlers.
  void notifyHandler(int index) {
    notified.add(index);
  }

  /// Runs the notified handlers before whatever comes next.
  void flushHandlers() {
    if (!notified.isEmpty()) {
      frames.push(Frame.handlers(handlers));
    }
  }

  private void skipToNotified(Frame top) {
    while (top.next < top.steps.size() && !notified.contains(top.next)) {
      top.next++;
    }
  }

  private void open(Step step, Frame top) {
    switch (step) {
      case Step.Block block ->
          frames.push(Frame.block(block, top.context().inside(block.settings())));
      case Step.UseRole use -> openRole(use, top);
      case Step.Task task -> found = unit(step, top);
      case Step.IncludeTasks include -> found = unit(step, top);
      case Step.IncludeRole include -> found = unit(step, top);
      case Step.Meta meta -> found = unit(step, top);
    }
  }

  private Unit unit(Step step, Frame top) {
    boolean handler = frames.stream().anyMatch(frame -> frame.kind == Frame.Kind.HANDLERS);
    return new Unit(step, top.context(), position(), handler);
  }

  private void openRole(Step.UseRole use, Frame top) {
    Object key = callKey(use.role(), use.use().parameters(), use.settings());
    if (!use.use().allowDuplicates() && finishedRoles.contains(key)) {
      top.next++;
      return;
    }
    frames.push(
        Frame.role(
            use.role(),
            top.context().inside(use.role(), use.settings(), use.use().parameters()),
            key));
  }

  /// What makes two calls of a role the same one: who is called with what, wherever it is written.
  static Object callKey(Role role, Map<String, Object> parameters, Settings own) {
    Map<Keyword, Object> settings = new EnumMap<>(Keyword.class);
    own.without(Keyword.NAME, Keyword.ROLE_NAME)
        .all()
        .forEach((keyword, setting) -> settings.put(keyword, withoutPlaces(setting.value())));
    return List.of(role, withoutPlaces(parameters), settings);
  }

  private static Object withoutPlaces(@Nullable Object value) {
    return switch (value) {
      case Template template -> List.of("template", template.text());
      case Expression expression -> List.of("expression", expression.text());
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new HashMap<>();
        map.forEach((key, entry) -> copy.put(key, withoutPlaces(entry)));
        yield copy;
      }
      case List<?> list -> list.stream().map(HostCursor::withoutPlaces).toList();
      case null -> Optional.empty();
      default -> value;
    };
  }

  /// Leaves a list that is finished: on to the block's next section, or out.
  private void leave(Frame top) {
    if (top.block != null && top.section != Frame.Section.ALWAYS) {
      top.enter(Frame.Section.ALWAYS, top.block.always());
      return;
    }
    frames.pop();
    if (top.failing) {
      fail();
      return;
    }
    if (top.worked) {
      top.roleKey.ifPresent(finishedRoles::add);
    }
    if (top.standsInParent && !frames.isEmpty()) {
      frames.element().next++;
    }
  }

  private Position position() {
    List<Integer> path = new ArrayList<>();
    for (Iterator<Frame> outward = frames.descendingIterator(); outward.hasNext(); ) {
      Frame frame = outward.next();
      path.add(frame.section.order);
      path.add(frame.next);
    }
    return new Position(path);
  }
}
