package kk.cli;

import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import kk.run.StopRequest;

/// What Ctrl-C does to a run. The first one stops it gently: running tasks may finish, for a while;
/// then they are interrupted, which ends their commands on the hosts. The second one ends kk at
/// once.
final class CtrlC {
  private final StopRequest stop;
  private final Duration grace;
  private final Thread run;
  private final PrintStream out;
  private final int exitCode;
  private final AtomicInteger times = new AtomicInteger();

  private CtrlC(StopRequest stop, Duration grace, Thread run, PrintStream out, int exitCode) {
    this.stop = stop;
    this.grace = grace;
    this.run = run;
    this.out = out;
    this.exitCode = exitCode;
  }

  /// From now on Ctrl-C asks for a stop of what the calling thread runs.
  ///
  /// @param grace how long running tasks may go on
  /// @param exitCode what the second one ends kk with
  static StopRequest stops(Duration grace, PrintStream out, int exitCode) {
    StopRequest stop = new StopRequest();
    new CtrlC(stop, grace, Thread.currentThread(), out, exitCode).install();
    return stop;
  }

  /// The JDK's only way to hear of signals is a module that javac warns about wherever it is named,
  /// so it isn't named. Where it is missing Ctrl-C ends kk at once, as it does anyway.
  private void install() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              CtrlC.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  pressed();
                }
                return null;
              });
      Object interrupt = signal.getConstructor(String.class).newInstance("INT");
      signal.getMethod("handle", signal, handler).invoke(null, interrupt, handling);
    } catch (ReflectiveOperationException e) {
      // as the comment says
    }
  }

  /// Runs on a thread of its own each time.
  private void pressed() throws InterruptedException {
    if (times.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(exitCode);
    }
    stop.make();
    out.println(
        "stopping: tasks that are running have "
            + grace.toSeconds()
            + " s to finish, no new ones start; Ctrl-C again ends kk at once");
    Thread.sleep(grace);
    run.interrupt();
  }
}
