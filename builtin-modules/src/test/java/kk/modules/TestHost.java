package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import kk.bind.ArgumentBinder;
import kk.bind.ArgumentSchema;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Content;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.HostAccess;
import kk.spi.JobState;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.TemplateSyntax;
import kk.spi.Unevaluated;
import kk.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/// A host that is a directory on this machine. Scripts really run, in whichever shell it is told.
/// Programs put into its `bin` come first in `PATH`.
final class TestHost implements HostAccess {
  final Path directory;
  boolean checking;
  boolean showsDiff;
  int roundTrips;
  int reconnections;
  String progressed = "";

  /// How often it can't be reached before it answers.
  int refusals;
  List<String> shell = List.of("/bin/sh");
  final List<String> changes = new ArrayList<>();

  /// What the user was told and asked, and what there is to answer.
  final List<String> questions = new ArrayList<>();

  Optional<String> answer = Optional.empty();
  final Map<String, Object> variables = new LinkedHashMap<>();

  /// What is in files of this machine that are encrypted, by their names.
  final Map<String, String> opened = new LinkedHashMap<>();

  final Map<String, String> environment = new LinkedHashMap<>();
  Function<String, @Nullable Object> evaluator = text -> variables.get(text);

  TestHost(Path directory) {
    this.directory = directory;
    environment.put("HOME", directory.toString());
  }

  TestHost in(String shellLine) {
    shell = Arrays.asList(shellLine.split(" "));
    return this;
  }

  TestHost inCheckMode() {
    checking = true;
    return this;
  }

  TestHost showingDiff() {
    showsDiff = true;
    return this;
  }

  /// A program of our own that comes first in PATH. It logs its arguments to `calls`.
  TestHost program(String name, String body) {
    Path bin = directory.resolve("bin");
    try {
      Files.createDirectories(bin);
      Path file = bin.resolve(name);
      Files.writeString(
          file, "#!/bin/sh\necho \"" + name + " $*\" >>" + directory + "/calls\n" + body + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    return this;
  }

  List<String> calls() {
    return lines("calls");
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines(String name) {
    return Files.exists(path(name)) ? text(name).lines().toList() : List.of();
  }

  Path write(String name, String text) {
    try {
      Path file = path(name);
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Everything there is: paths with permissions, size and time of change.
  List<String> listing() {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> !path.endsWith("calls") && !path.equals(directory))
          .sorted()
          .map(TestHost::describe)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Path path) {
    try {
      PosixFileAttributes facts =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return path
          + " "
          + PosixFilePermissions.toString(facts.permissions())
          + (facts.isDirectory() ? "" : " " + facts.size() + " " + facts.lastModifiedTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The value below a path of keys, which must be there.
  static Object at(Map<?, ?> values, String... keys) {
    Object found = values;
    for (String key : keys) {
      found = found instanceof Map<?, ?> map ? map.get(key) : null;
    }
    if (found == null) {
      throw new AssertionError("no " + List.of(keys) + " in " + values);
    }
    return found;
  }

  /// Runs a module with arguments as a playbook would give them: name, value, name, value.
  <A extends Record> Outcome run(Module<A> module, Object... pairs) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put((String) pairs[i], pairs[i + 1] instanceof Path p ? p.toString() : pairs[i + 1]);
    }
    try {
      return module.run(ArgumentBinder.bind(ArgumentSchema.of(module.arguments()), given), this);
    } catch (TaskFailed e) {
      return Outcome.failed(String.valueOf(e.getMessage()));
    } catch (UnreachableException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  <A extends Record> Map<String, Object> changed(Module<A> module, Object... pairs) {
    Outcome outcome = run(module, pairs);
    return assertInstanceOf(Outcome.Changed.class, outcome, outcome.toString()).details().values();
  }

  <A extends Record> Map<String, Object> unchanged(Module<A> module, Object... pairs) {
    Outcome outcome = run(module, pairs);
    return assertInstanceOf(Outcome.Unchanged.class, outcome, outcome.toString())
        .details()
        .values();
  }

  <A extends Record> String failure(Module<A> module, Object... pairs) {
    Outcome outcome = run(module, pairs);
    return assertInstanceOf(Outcome.Failed.class, outcome, outcome.toString()).why();
  }

  /// What a module refuses before it does anything.
  <A extends Record> String refusal(Module<A> module, Object... pairs) {
    return String.valueOf(
        org.junit.jupiter.api.Assertions.assertThrows(
                kk.bind.BindingFailed.class, () -> run(module, pairs))
            .getMessage());
  }

  /// Asserts that check mode tells of a change and makes none.
  <A extends Record> void onlyChecks(Module<A> module, Object... pairs) {
    List<String> before = listing();
    checking = true;
    changed(module, pairs);
    checking = false;
    assertEquals(before, listing());
  }

  @Override
  public String name() {
    return "node1";
  }

  @Override
  public boolean checking() {
    return checking;
  }

  @Override
  public boolean showsDiff() {
    return showsDiff;
  }

  @Override
  public CommandResult look(Command command) throws UnreachableException, InterruptedException {
    roundTrips++;
    return execute(command, Content.of(command.input()), null);
  }

  @Override
  public void reconnect(Duration patience) throws UnreachableException {
    reconnections++;
    if (refusals-- > 0) {
      throw new UnreachableException("it is away");
    }
  }

  @Override
  public Converged converge(Convergence wanted) throws UnreachableException, InterruptedException {
    roundTrips++;
    String out = "\n--kk--\n";
    String script =
        "kk_look() {\n"
            + wanted.look()
            + "\n}\n"
            + (checking ? "" : "kk_change() {\n" + wanted.change() + "\n}\n")
            + "kk_look </dev/null\nkk_status=$?\nprintf '\\n--kk--\\n%s\\n--kk--\\n' $kk_status\n"
            + (checking ? "" : "[ $kk_status -ne 1 ] || kk_change\n");
    CommandResult result =
        execute(
            Command.of(script).withFunctions(wanted.functions()).withLimit(wanted.limit()),
            Content.of(checking ? "" : wanted.input()),
            null);
    String[] parts = result.stdout().split(out, -1);
    if (parts.length < 3) {
      throw new AssertionError(result.toString());
    }
    boolean differed = parts[1].equals("1");
    if (!differed && !parts[1].equals("0")) {
      throw new TaskFailed(result.stderr().strip());
    }
    if (differed && !checking) {
      changes.add(wanted.what());
      if (!result.succeeded()) {
        throw new TaskFailed(result.stderr().strip());
      }
    }
    return new Converged(differed, parts[0], parts[2], result.stderr());
  }

  @Override
  public <T> Optional<T> change(String what, Change<T> change)
      throws UnreachableException, InterruptedException {
    if (checking) {
      return Optional.empty();
    }
    changes.add(what);
    return Optional.of(
        change.make(
            new Touch() {
              @Override
              public CommandResult run(Command command)
                  throws UnreachableException, InterruptedException {
                return look(command);
              }

              @Override
              public CommandResult send(Command receiver, Content content)
                  throws UnreachableException, InterruptedException {
                roundTrips++;
                return execute(receiver, content, null);
              }

              @Override
              public String forgetJob(String id) {
                throw new UnsupportedOperationException("no job is left on a host of a test");
              }

              @Override
              public void progress(long bytes, long of) {
                progressed = bytes + " of " + of;
              }
            }));
  }

  @Override
  public CommandResult read(Command command, OutputStream sink)
      throws UnreachableException, InterruptedException {
    roundTrips++;
    return execute(command, Content.of(command.input()), sink);
  }

  @Override
  public @Nullable Object evaluate(Unevaluated expression) {
    return evaluator.apply(expression.text());
  }

  @Override
  public boolean holds(Unevaluated condition) {
    return Boolean.TRUE.equals(evaluate(condition));
  }

  @Override
  public String render(Path template, Map<String, Object> extra, TemplateSyntax syntax) {
    try {
      String text = Files.readString(template);
      for (Map.Entry<String, Object> variable : variables.entrySet()) {
        text = text.replace("{{ " + variable.getKey() + " }}", variable.getValue().toString());
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path localFile(String name, String folder) {
    Path file = directory.resolve(folder).resolve(name);
    if (!Files.exists(file)) {
      throw new TaskFailed("there is no " + name + " in " + folder);
    }
    return file;
  }

  @Override
  public void tell(String text) {
    questions.add("told " + text);
  }

  @Override
  public Optional<String> ask(String question, boolean hidden) {
    questions.add((hidden ? "hidden " : "") + question);
    return answer;
  }

  @Override
  public JobState job(String id) {
    throw new UnsupportedOperationException("no job is left on a host of a test");
  }

  @Override
  public Content localContent(Path file) {
    String open = opened.get(String.valueOf(file.getFileName()));
    return open == null ? Content.ofFile(file) : Content.of(open);
  }

  @Override
  public Map<String, Object> readVariables(Path file) {
    Map<String, Object> values = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split(": ", 2);
        values.put(parts[0], parts[1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  private CommandResult execute(Command command, Content input, @Nullable OutputStream sink)
      throws InterruptedException {
    try {
      Path script = Files.createTempFile("kk-test", ".sh");
      Files.writeString(script, String.join("\n", command.functions()) + "\n" + command.script());
      List<String> words = new ArrayList<>(shell);
      words.add(script.toString());
      ProcessBuilder builder = new ProcessBuilder(words);
      builder.directory(command.directory().map(Path::of).orElse(directory).toFile());
      builder.environment().putAll(environment);
      builder.environment().putAll(command.environment());
      Process process = builder.start();
      CompletableFuture<byte[]> out = drain(process.getInputStream());
      CompletableFuture<byte[]> err = drain(process.getErrorStream());
      try (OutputStream stdin = process.getOutputStream();
          InputStream stream = input.open()) {
        stream.transferTo(stdin);
      } catch (IOException e) {
        // it ended without reading all
      }
      int exit = process.waitFor();
      Files.delete(script);
      byte[] stdout = out.join();
      if (sink != null) {
        sink.write(stdout);
      }
      return new CommandResult(
          exit,
          sink == null ? new String(stdout, StandardCharsets.UTF_8) : "",
          new String(err.join(), StandardCharsets.UTF_8),
          Duration.ofMillis(5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletableFuture<byte[]> drain(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }
}
