package kk.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.inventory.Host;
import kk.playbook.Expression;
import kk.playbook.Template;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Content;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.HostAccess;
import kk.spi.JobState;
import kk.spi.Outcome;
import kk.spi.RunAs;
import kk.spi.TaskFailed;
import kk.spi.TemplateSyntax;
import kk.spi.Unevaluated;
import kk.spi.UnreachableException;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.vault.Vault;
import org.jspecify.annotations.Nullable;

/// A host as one task sees it: a line to it, escalation and environment put around every command,
/// changes held back in check mode.
final class RemoteHost implements HostAccess {
  private static final Pattern BRACES = Pattern.compile("\\s*\\{\\{(.*)}}\\s*", Pattern.DOTALL);

  /// What a task says about how its commands are run.
  record Manner(
      Host host,
      String connector,
      Optional<String> user,
      Optional<String> port,
      Optional<RunAs> as,
      Map<String, String> environment,
      Optional<Duration> limit,
      boolean checking,
      boolean showsDiff) {}

  private final Manner manner;
  private final HostVariables connectionVariables;
  private final HostVariables variables;
  private final Running running;
  private final FileSearch files;
  private final Span at;
  private final Way way;
  private final List<Expression> written;
  private final List<String> actions = new ArrayList<>();
  private Optional<Expression> refuted = Optional.empty();
  private Optional<Invocation> call = Optional.empty();
  private boolean asked;
  private boolean escalated;

  /// A view of a host.
  ///
  /// @param connectionVariables variables that tell how to reach it; those of the host it is
  ///     delegated to
  /// @param variables variables of the host that the task is for
  /// @param running the run it is part of
  /// @param at where the task stands
  /// @param way in which way commands are run
  /// @param written the expressions in the task, which its module evaluates
  RemoteHost(
      Manner manner,
      HostVariables connectionVariables,
      HostVariables variables,
      Running running,
      FileSearch files,
      Span at,
      Way way,
      List<Expression> written) {
    this.written = written;
    this.manner = manner;
    this.connectionVariables = connectionVariables;
    this.variables = variables;
    this.running = running;
    this.files = files;
    this.at = at;
    this.way = way;
  }

  /// The same host for a module that is run again, now that its command has been answered.
  RemoteHost answering(CommandResult result) {
    return new RemoteHost(
        manner,
        connectionVariables,
        variables,
        running,
        files,
        at,
        new Way.Answered(result),
        written);
  }

  /// The last condition that didn't hold.
  Optional<Expression> refuted() {
    return refuted;
  }

  /// Notes with what a module is called that sees this host.
  void calledWith(Invocation invocation) {
    call = Optional.of(invocation);
  }

  /// With what the module was called, when it has asked something of the host.
  Optional<Invocation> invocation() {
    return call.filter(invocation -> asked);
  }

  /// In which way its commands are run.
  Way way() {
    return way;
  }

  /// The changes so far in words, made or held back.
  List<String> actions() {
    return List.copyOf(actions);
  }

  @Override
  public String name() {
    return manner.host().name();
  }

  @Override
  public boolean checking() {
    return manner.checking();
  }

  @Override
  public boolean showsDiff() {
    return manner.showsDiff();
  }

  @Override
  public CommandResult look(Command command) throws UnreachableException, InterruptedException {
    return run(command);
  }

  @Override
  public CommandResult read(Command command, OutputStream sink)
      throws UnreachableException, InterruptedException {
    return use(connection -> connection.receive(prepared(command), sink));
  }

  @Override
  public void reconnect(Duration patience) throws UnreachableException, InterruptedException {
    running.connections().reopen(target(), patience);
  }

  @Override
  public Converged converge(Convergence wanted) throws UnreachableException, InterruptedException {
    ConvergenceScript script = ConvergenceScript.of(wanted, checking());
    Converged converged = script.read(run(script.command()));
    if (converged.differed()) {
      actions.add(wanted.what());
    }
    return converged;
  }

  @Override
  public <T> Optional<T> change(String what, Change<T> change)
      throws UnreachableException, InterruptedException {
    actions.add(what);
    if (checking()) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        change.make(
            new Touch() {
              @Override
              public CommandResult run(Command command)
                  throws UnreachableException, InterruptedException {
                return RemoteHost.this.run(command);
              }

              @Override
              public CommandResult send(Command receiver, Content content)
                  throws UnreachableException, InterruptedException {
                long before = content.offset();
                long all = before + content.size();
                return use(
                    connection ->
                        connection.send(
                            prepared(receiver),
                            content,
                            sent -> progress(Math.min(before + sent, all), all)));
              }

              @Override
              public String forgetJob(String id) throws UnreachableException, InterruptedException {
                return RemoteHost.this.run(new BackgroundJob(id, jobFolder()).eraser()).stdout();
              }

              @Override
              public void progress(long bytes, long of) {
                running.events().accept(new RunEvent.Transferred(name(), what, bytes, of));
              }
            }));
  }

  @Override
  public @Nullable Object evaluate(Unevaluated expression) {
    try {
      return running.templates().evaluate(located(expression), variables);
    } catch (EvaluationFailed e) {
      throw new TaskFailed(e.problem().title());
    }
  }

  @Override
  public boolean holds(Unevaluated condition) {
    Expression expression = located(condition);
    boolean holds = running.templates().holds(expression, variables);
    refuted = holds ? refuted : Optional.of(expression);
    return holds;
  }

  @Override
  public String render(Path template, Map<String, Object> extra, TemplateSyntax syntax) {
    try {
      Source source = running.templates().vault().read(template, template.toString());
      Map<String, Object> added = new LinkedHashMap<>(extra);
      return running
          .templates()
          .renderFile(
              new Template(source.text(), new Span(source, 1, 1, 1)),
              variables.with(Layer.data("the template module", added)),
              syntax);
    } catch (ProblemsFound found) {
      throw new EvaluationFailed(found.problems().getFirst());
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + template + ": " + e.getMessage());
    }
  }

  @Override
  public Content localContent(Path file) {
    try {
      return Vault.isEncrypted(file)
          ? Content.of(running.templates().vault().open(file))
          : Content.ofFile(file);
    } catch (ProblemsFound found) {
      throw new EvaluationFailed(found.problems().getFirst());
    } catch (IOException e) {
      throw new TaskFailed("cannot read " + file + " on this machine");
    }
  }

  @Override
  public Path localFile(String name, String folder) {
    return files.find(name, folder);
  }

  @Override
  public Map<String, Object> readVariables(Path file) {
    return files.variables(file);
  }

  @Override
  public void tell(String text) {
    running.events().accept(new RunEvent.Told(name(), text));
  }

  @Override
  public Optional<String> ask(String question, boolean hidden) {
    return running.prompter().ask(question, hidden);
  }

  /// As it stands in the task, or as text of its own when it stands elsewhere.
  private Expression located(Unevaluated expression) {
    Optional<Expression> known =
        written.stream().filter(each -> each.text().equals(expression.text())).findFirst();
    if (known.isPresent() && !BRACES.matcher(expression.text()).matches()) {
      return known.get();
    }
    Matcher braces = BRACES.matcher(expression.text());
    boolean wrapped = braces.matches() && !braces.group(1).contains("{{");
    String text = wrapped ? braces.group(1) : expression.text();
    return new Expression(text, new Span(new Source(at.fileAndLine(), text), 1, 1, text.length()));
  }

  @Override
  public JobState job(String id) throws UnreachableException, InterruptedException {
    BackgroundJob asked = new BackgroundJob(id, jobFolder());
    return switch (BackgroundJob.state(run(asked.look()))) {
      case BackgroundJob.State.Running(String file) -> new JobState.Running(file);
      case BackgroundJob.State.Missing(String file) -> new JobState.Missing(file);
      case BackgroundJob.State.Late(String file) ->
          new JobState.Finished(file, Outcome.failed("Timeout exceeded"));
      case BackgroundJob.State.Lost(String file) ->
          new JobState.Finished(file, Outcome.failed("the job is gone and has left no result"));
      case BackgroundJob.State.Finished(String file, CommandResult result) ->
          new JobState.Finished(file, running.jobs().outcome(asked, result));
    };
  }

  private CommandResult run(Command command) throws UnreachableException, InterruptedException {
    return way.run(prepared(command), ready -> use(connection -> connection.run(ready)));
  }

  private String jobFolder() {
    return Connections.text(connectionVariables, "ansible_async_dir").orElse(BackgroundJob.USUAL);
  }

  private <T> T use(Connections.Line.Use<T> use) throws UnreachableException, InterruptedException {
    asked = true;
    return running.connections().use(target(), use);
  }

  private Connections.Target target() {
    return running
        .connections()
        .target(
            manner.host(), connectionVariables, manner.connector(), manner.user(), manner.port());
  }

  private Command prepared(Command command) {
    Command complete = command.withEnvironment(manner.environment());
    if (command.as().isEmpty()) {
      complete = complete.runAs(manner.as());
      tellEscalation();
    }
    Optional<Duration> limit = manner.limit();
    return limit.isPresent() ? complete.withLimit(limit.get()) : complete;
  }

  private void tellEscalation() {
    if (!escalated && manner.as().isPresent()) {
      escalated = true;
      running.events().accept(new RunEvent.Escalated(name(), manner.as().get()));
    }
  }
}
