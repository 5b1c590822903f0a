package kk.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a module sees of the host it works on and of the run around it. Reading and changing are
/// apart by type: only [#converge] and the function given to [#change] can write, and in check mode
/// neither does, so a module can't forget about it.
public interface HostAccess {
  /// The host's name in the inventory.
  String name();

  /// Whether nothing may be changed: `--check`.
  boolean checking();

  /// Whether before and after are wanted: `--diff`.
  boolean showsDiff();

  /// Runs a command that changes nothing.
  CommandResult look(Command command) throws UnreachableException, InterruptedException;

  /// Brings the host to a wanted state in one round trip; in check mode it only looks.
  ///
  /// @throws TaskFailed when look or change fail, with their last words on standard error
  Converged converge(Convergence wanted) throws UnreachableException, InterruptedException;

  /// Makes a change that takes more than a script. In check mode the function isn't called.
  ///
  /// @param what the change in words: `load image registry:2.8.3`
  /// @return what the function returned, empty in check mode
  <T> Optional<T> change(String what, Change<T> change)
      throws UnreachableException, InterruptedException;

  /// Streams the standard output of a command that changes nothing into a sink.
  CommandResult read(Command command, java.io.OutputStream sink)
      throws UnreachableException, InterruptedException;

  /// Opens a new line to the host in place of the one there may be.
  ///
  /// @param patience how long the host may take to answer
  /// @throws UnreachableException when it doesn't; another attempt is possible
  void reconnect(Duration patience) throws UnreachableException, InterruptedException;

  /// How far a job is that a task with `async` has left on the host.
  JobState job(String id) throws UnreachableException, InterruptedException;

  /// The value of an expression with this host's variables.
  @Nullable Object evaluate(Unevaluated expression);

  /// Whether a condition holds with this host's variables.
  boolean holds(Unevaluated condition);

  /// The text of a template file with this host's variables.
  ///
  /// @param extra variables that the module adds, such as `template_path`
  String render(Path template, Map<String, Object> extra, TemplateSyntax syntax);

  /// A file on this machine that a task may name relative to its role or playbook.
  ///
  /// @param folder where roles keep such files: `files`, `templates`, `vars`
  /// @throws TaskFailed when there is none, with the places that were searched
  Path localFile(String name, String folder);

  /// What is in a file on this machine; an encrypted one is opened.
  ///
  /// @throws TaskFailed when it can't be read
  Content localContent(Path file);

  /// The variables in a YAML or JSON file on this machine. Templates in it stay unrendered until
  /// they are used.
  ///
  /// @throws TaskFailed when it isn't a mapping or can't be read
  Map<String, Object> readVariables(Path file);

  /// Says something to the user at once, not with the result.
  void tell(String text);

  /// What the user types in answer to a question.
  ///
  /// @param hidden whether the answer isn't shown while it is typed
  /// @return nothing when nobody is there to answer
  Optional<String> ask(String question, boolean hidden);

  /// A change as it happens.
  interface Change<T> {
    T make(Touch host) throws UnreachableException, InterruptedException;
  }

  /// The hand that can write.
  interface Touch {
    /// Runs a command that may change things.
    CommandResult run(Command command) throws UnreachableException, InterruptedException;

    /// Runs a command that reads the content on standard input, shown with progress.
    CommandResult send(Command receiver, Content content)
        throws UnreachableException, InterruptedException;

    /// Removes what a job has left on the host.
    ///
    /// @return where its result was
    String forgetJob(String id) throws UnreachableException, InterruptedException;

    /// Tells how far a long change has come.
    ///
    /// @param bytes how many are done
    /// @param of how many there are
    void progress(long bytes, long of);
  }
}
