package kk.report;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kk.run.Prompter;
import kk.run.RunEvent;

/// Keeps a few lines at the bottom of a terminal that tell what is being done right now: the task,
/// each host still at it, for how long, and how far an upload is. What other reporters print
/// scrolls away above.
public final class LiveReporter implements RunEvent.Listener, AutoCloseable {
  private static final int MOST_HOSTS = 8;
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final String[] WHEEL = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

  private final PrintStream terminal;
  private final boolean on;
  private final Instant started = Instant.now();
  private final Map<String, String> working = new LinkedHashMap<>();
  private final Thread painter;
  private String task = "";
  private Instant taskStarted = Instant.now();
  private int painted;
  private int turn;
  private boolean closed;

  /// Whether somebody is being asked, who has the cursor.
  private boolean asking;

  private LiveReporter(PrintStream terminal, boolean on) {
    this.terminal = terminal;
    this.on = on;
    this.painter = Thread.ofVirtual().unstarted(this::paintOnAndOn);
  }

  /// A reporter that is silent when the output is no terminal.
  public static LiveReporter on(PrintStream terminal, boolean on) {
    LiveReporter live = new LiveReporter(terminal, on);
    if (on) {
      live.painter.start();
    }
    return live;
  }

  /// A stream for lines that go above the live ones.
  public PrintStream above(PrintStream stream) {
    if (!on) {
      return stream;
    }
    return new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
      @Override
      public void println(String line) {
        synchronized (LiveReporter.this) {
          erase();
          stream.println(line);
          stream.flush();
        }
      }
    };
  }

  /// Asks with the live lines out of the way.
  public Prompter apart(Prompter prompter) {
    return (question, hidden) -> {
      makeWay(true);
      try {
        return prompter.ask(question, hidden);
      } finally {
        makeWay(false);
      }
    };
  }

  private synchronized void makeWay(boolean question) {
    erase();
    asking = question;
  }

  @Override
  public synchronized void accept(RunEvent event) {
    switch (event) {
      case RunEvent.TaskStarted started -> begin(started.task(), started.hosts());
      case RunEvent.HostFinished finished -> working.remove(finished.host());
      case RunEvent.Transferred moved ->
          working.put(moved.host(), moved.what() + "  " + progress(moved.sent(), moved.total()));
      case RunEvent.Retrying retrying ->
          working.put(retrying.host(), "trying again, " + retrying.left() + " left");
      case RunEvent.RunEnded ended -> working.clear();
      case RunEvent.RunStarted s -> {}
      case RunEvent.PlayStarted s -> {}
      case RunEvent.NoHosts s -> {}
      case RunEvent.ItemFinished s -> {}
      case RunEvent.Included s -> {}
      case RunEvent.Asserted s -> {}
      case RunEvent.Escalated s -> {}
      case RunEvent.StepStarted s -> {}
      case RunEvent.StepSkipped s -> {}
      case RunEvent.MetaDone s -> {}
      case RunEvent.Notified s -> {}
      case RunEvent.NobodyLeft s -> {}
      case RunEvent.Told s -> {}
      case RunEvent.Warned s -> {}
    }
  }

  private void begin(String newTask, List<String> hosts) {
    task = newTask;
    taskStarted = Instant.now();
    working.clear();
    hosts.forEach(host -> working.put(host, ""));
  }

  private static String progress(long sent, long total) {
    long percent = total == 0 ? 100 : sent * 100 / total;
    int filled = (int) (percent / 5);
    return "█".repeat(filled)
        + "░".repeat(20 - filled)
        + " %3d %%  %d MB".formatted(percent, total / 1_000_000);
  }

  private void paintOnAndOn() {
    try {
      while (!isClosed()) {
        paint();
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void paint() {
    erase();
    if (asking || working.isEmpty()) {
      return;
    }
    turn = (turn + 1) % WHEEL.length;
    StringBuilder lines = new StringBuilder();
    lines.append(WHEEL[turn]).append(' ').append(task).append("  ");
    lines.append(PlainReporter.seconds(Duration.between(taskStarted, Instant.now())));
    lines
        .append("  (run ")
        .append(PlainReporter.seconds(Duration.between(started, Instant.now())))
        .append(")\n");
    int count = 1;
    for (Map.Entry<String, String> host : working.entrySet()) {
      if (count > MOST_HOSTS) {
        lines.append("    and ").append(working.size() - MOST_HOSTS).append(" more hosts\n");
        count++;
        break;
      }
      lines.append("    ").append(host.getKey()).append("  ").append(host.getValue()).append('\n');
      count++;
    }
    terminal.print(lines);
    terminal.flush();
    painted = count;
  }

  private void erase() {
    if (painted > 0) {
      terminal.print("\u001b[" + painted + "A\u001b[J");
      terminal.flush();
      painted = 0;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    painter.interrupt();
    erase();
  }
}
