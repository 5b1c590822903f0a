package kk.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// How a command is written: its options and the words behind it, each with what is done when it is
/// given. What isn't given is left as it is.
///
/// Tells picocli in code what its annotations would say: to read those takes longer than some
/// commands run.
public final class Syntax {
  private final CommandSpec spec;

  private Syntax(CommandSpec spec) {
    this.spec = spec;
  }

  /// Arguments that several commands have in common, or that need a place of their own.
  public interface Arguments {
    /// Adds them to a command.
    void describe(Syntax syntax);
  }

  /// A dialect that has no help of its own.
  ///
  /// @param action does it and returns the exit code
  public static Syntax plain(String name, Callable<Integer> action) {
    return new Syntax(CommandSpec.wrapWithoutInspection(action).name(name));
  }

  /// A command with `--help` and `--version`.
  ///
  /// @param description a sentence
  /// @param action does it and returns the exit code
  static Syntax of(String name, String description, Callable<Integer> action) {
    Syntax syntax = plain(name, action);
    syntax.spec.usageMessage().description(description);
    syntax.spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build());
    syntax.spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print version information and exit.")
            .build());
    return syntax;
  }

  /// A word that only means something with another one behind it: `kk init`. Alone it tells which
  /// there are.
  static Syntax group(String name, String description, List<Syntax> commands) {
    Tell tell = new Tell();
    Syntax group = of(name, description, tell);
    tell.spec = group.spec;
    group.spec.usageMessage().synopsisSubcommandLabel("COMMAND");
    commands.forEach(group::add);
    return group;
  }

  /// Prints what a group has.
  private static final class Tell implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // the group is made of it, and it of the group
    private CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine().usage(spec.commandLine().getErr());
      return ExitCode.COMMAND_LINE.number();
    }
  }

  void add(Syntax command) {
    spec.addSubcommand(command.spec.name(), command.spec);
  }

  /// Another name of the command.
  Syntax alias(String name) {
    spec.aliases(name);
    return this;
  }

  /// Adds arguments.
  public Syntax with(Arguments arguments) {
    arguments.describe(this);
    return this;
  }

  /// What picocli makes of it, which by itself makes paths by reflection.
  public CommandLine line() {
    return new CommandLine(spec).registerConverter(Path.class, Path::of);
  }

  /// An option without a value.
  ///
  /// @param names all of them, with a comma and a blank between
  public Syntax flag(String names, String description, Runnable given) {
    return option(names, "", description, boolean.class, value -> onlyIf(value, given));
  }

  /// An option without a value that may be repeated.
  ///
  /// @param counted told how often it was given
  public Syntax repeated(String names, String description, IntConsumer counted) {
    OptionSpec.Builder option = option(names, "", description).type(boolean[].class).arity("0");
    return add(option, (boolean[] values) -> counted.accept(values.length));
  }

  private static void onlyIf(boolean value, Runnable given) {
    if (value) {
      given.run();
    }
  }

  /// An option with a value.
  ///
  /// @param label stands for the value in the help
  public <T> Syntax option(
      String names, String label, String description, Class<T> type, Consumer<T> given) {
    return add(option(names, label, description).type(type), given);
  }

  /// An option with a text for a value.
  public Syntax text(String names, String label, String description, Consumer<String> given) {
    return option(names, label, description, String.class, given);
  }

  /// An option that may be given several times.
  ///
  /// @param type of each value
  /// @param given told all of the values, each time there is one more
  public <T> Syntax options(
      String names, String label, String description, Class<T> type, Consumer<List<T>> given) {
    return add(option(names, label, description).type(List.class).auxiliaryTypes(type), given);
  }

  /// An option with texts for values that may be given several times.
  public Syntax texts(
      String names, String label, String description, Consumer<List<String>> given) {
    return options(names, label, description, String.class, given);
  }

  /// An option that may be given several times, with one value or several with commas between.
  public Syntax split(
      String names, String label, String description, Consumer<List<String>> given) {
    OptionSpec.Builder option = option(names, label, description).splitRegex(",");
    return add(option.type(List.class).auxiliaryTypes(String.class), given);
  }

  private static OptionSpec.Builder option(String names, String label, String description) {
    return OptionSpec.builder(names.split(", ")).paramLabel(label).description(description);
  }

  /// The one word behind the command.
  ///
  /// @param arity whether it has to be there: `1` or `0..1`
  public <T> Syntax word(
      String label, String description, String arity, Class<T> type, Consumer<T> given) {
    return add(word(label, description, arity).type(type), given);
  }

  /// The words behind the command.
  ///
  /// @param arity how many there may be: `0..*` or `1..*`
  /// @param type of each
  public <T> Syntax words(
      String label, String description, String arity, Class<T> type, Consumer<List<T>> given) {
    return add(word(label, description, arity).type(List.class).auxiliaryTypes(type), given);
  }

  private static PositionalParamSpec.Builder word(String label, String description, String arity) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .description(description)
        .arity(arity)
        .required(arity.startsWith("1"));
  }

  private <T> Syntax add(PositionalParamSpec.Builder word, Consumer<T> taken) {
    Given<T> given = new Given<>(taken);
    spec.addPositional(word.getter(given).setter(given).build());
    return this;
  }

  private <T> Syntax add(OptionSpec.Builder option, Consumer<T> taken) {
    Given<T> given = new Given<>(taken);
    spec.addOption(option.getter(given).setter(given).build());
    return this;
  }

  /// A value on its way from picocli, which asks for it again when there is more. What isn't given
  /// is set too, to nothing.
  private static final class Given<T> implements IGetter, ISetter {
    private final Consumer<T> taken;
    private @Nullable Object value;

    Given(Consumer<T> taken) {
      this.taken = taken;
    }

    @Override
    @SuppressWarnings({
      "unchecked",
      "NullAway",
      "TypeParameterUnusedInFormals"
    }) // as picocli has it
    public <V> V get() {
      return (V) value;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // picocli was told the type that the consumer has
    public <V> V set(V given) {
      V before = (V) value;
      value = given;
      if (given != null) {
        taken.accept((T) given);
      }
      return before;
    }
  }
}
