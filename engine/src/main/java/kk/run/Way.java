package kk.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// In which way a task's commands are run. One task has one, used by one thread.
sealed interface Way {
  /// The session of a host.
  interface Line {
    CommandResult run(Command command) throws UnreachableException, InterruptedException;
  }

  /// Runs a command and has its answer.
  CommandResult run(Command command, Line line) throws UnreachableException, InterruptedException;

  /// In the session.
  record Foreground() implements Way {
    @Override
    public CommandResult run(Command command, Line line)
        throws UnreachableException, InterruptedException {
      return line.run(command);
    }
  }

  /// In the session, but the first command has been answered already.
  final class Answered implements Way {
    private Optional<CommandResult> answer;

    Answered(CommandResult answer) {
      this.answer = Optional.of(answer);
    }

    @Override
    public CommandResult run(Command command, Line line)
        throws UnreachableException, InterruptedException {
      Optional<CommandResult> first = answer;
      answer = Optional.empty();
      return first.isPresent() ? first.get() : line.run(command);
    }
  }

  /// Left to itself on the host, and asked for now and then.
  final class Background implements Way {
    private final Duration limit;
    private final Duration poll;
    private final String folder;
    private Optional<Left> left = Optional.empty();

    /// @param limit how long each command may take
    /// @param poll the time between two looks; zero is never
    /// @param folder where the host keeps jobs
    Background(Duration limit, Duration poll, String folder) {
      this.folder = folder;
      this.limit = limit;
      this.poll = poll;
    }

    /// A job that has been started.
    ///
    /// @param file where the host keeps its result
    /// @param finished whether it has ended in time
    record Left(BackgroundJob job, String file, boolean finished) {}

    /// The last job.
    Optional<Left> left() {
      return left;
    }

    @Override
    public CommandResult run(Command command, Line line)
        throws UnreachableException, InterruptedException {
      BackgroundJob job = BackgroundJob.next(folder);
      CommandResult started = line.run(job.starter(command, limit));
      if (!started.succeeded()) {
        throw new TaskFailed("the job can't be started: " + started.stderr().strip());
      }
      left = Optional.of(new Left(job, started.stdout(), false));
      if (!poll.isPositive()) {
        throw new LeftAlone();
      }
      Instant end = Instant.now().plus(limit);
      while (Instant.now().isBefore(end)) {
        Thread.sleep(poll);
        BackgroundJob.State state = BackgroundJob.state(line.run(inPlace(job.look(), command)));
        if (state instanceof BackgroundJob.State.Finished(String file, CommandResult result)) {
          line.run(inPlace(job.eraser(), command));
          left = Optional.of(new Left(job, file, true));
          return result;
        }
        if (!(state instanceof BackgroundJob.State.Running)) {
          break;
        }
      }
      throw new TaskFailed(
          "async task did not complete within the requested time - %ds"
              .formatted(limit.toSeconds()));
    }

    /// A look at a job, as the user and in the surroundings that the job has.
    private static Command inPlace(Command look, Command job) {
      return look.withEnvironment(job.environment()).runAs(job.as());
    }
  }
}
