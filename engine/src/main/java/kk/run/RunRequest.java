package kk.run;

import java.util.function.Supplier;
import kk.bind.Installed;
import kk.inventory.Inventory;
import kk.load.PlaybookLoader;
import kk.problem.Problems;
import kk.template.Templates;
import kk.variables.VariableStore;

/// Everything a run needs besides the playbook.
///
/// @param loader reads what is included on the way
/// @param loadProblems where that loader puts its problems
/// @param inventory reads the sources of the inventory again
/// @param prompter asks the user
/// @param listener is told what happens
/// @param stop ends the run early when it is made
public record RunRequest(
    RunOptions options,
    Installed installed,
    Templates templates,
    VariableStore variables,
    PlaybookLoader loader,
    Problems loadProblems,
    Supplier<Inventory> inventory,
    Prompter prompter,
    RunEvent.Listener listener,
    StopRequest stop) {}
