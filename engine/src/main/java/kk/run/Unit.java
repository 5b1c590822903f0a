package kk.run;

import kk.playbook.Step;

/// The next thing a host has to do: a step that isn't a mere container, where it stands, what it
/// inherits.
///
/// @param step a task, an include or a meta action
/// @param context what it inherits
/// @param position where it is in the play
/// @param handler whether it runs because it was notified
record Unit(Step step, StepContext context, Position position, boolean handler) {}
