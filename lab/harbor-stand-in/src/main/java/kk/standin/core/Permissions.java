package kk.standin.core;

import java.util.Optional;
import kk.standin.core.State.Project;
import kk.standin.http.Refusal;

/// What a caller may do.
final class Permissions {
  private Permissions() {}

  /// Whether `pull`, `push` or `delete` is allowed in a repository. Nothing is where no project is.
  static boolean allows(Caller caller, State state, String repository, String action) {
    Optional<Project> project = state.projectOf(repository);
    return project.isPresent()
        && may(caller, project.get(), action.equals("delete") ? "artifact" : "repository", action);
  }

  static boolean may(Caller caller, Project project, String resource, String action) {
    boolean open =
        project.isPublic()
            && switch (action) {
              case "pull", "read", "list" -> true;
              default -> false;
            };
    return open
        || switch (caller) {
          case Caller.Anonymous() -> false;
          case Caller.Admin() -> true;
          case Caller.Machine(State.Robot robot) ->
              robot.permissions().stream()
                  .filter(permission -> permission.kind().equals("project"))
                  .filter(
                      permission ->
                          permission.namespace().equals("*")
                              || permission.namespace().equals(project.name()))
                  .flatMap(permission -> permission.access().stream())
                  .anyMatch(
                      access ->
                          access.resource().equals(resource) && access.action().equals(action));
        };
  }

  static void require(Caller caller, Project project, String resource, String action) {
    if (!may(caller, project, resource, action)) {
      throw refusal(caller, "to " + action + " " + resource + " in project " + project.name());
    }
  }

  static void requireAdmin(Caller caller) {
    if (!(caller instanceof Caller.Admin)) {
      throw refusal(caller, "to do this: it is for the administrator");
    }
  }

  static void requireUser(Caller caller) {
    if (caller instanceof Caller.Anonymous) {
      throw refusal(caller, "");
    }
  }

  static void requireCreation(Caller caller, State state) {
    requireUser(caller);
    boolean open =
        switch (caller) {
          case Caller.Anonymous() -> false;
          case Caller.Admin() -> true;
          case Caller.Machine(State.Robot robot) ->
              robot.level().equals("system") && !state.restriction().equals("adminonly");
        };
    if (!open) {
      throw refusal(caller, "to create projects");
    }
  }

  private static Refusal refusal(Caller caller, String what) {
    return caller instanceof Caller.Anonymous
        ? Refusal.unauthorized("unauthorized")
        : new Refusal(Refusal.Code.FORBIDDEN, caller.name() + " is not allowed " + what);
  }
}
