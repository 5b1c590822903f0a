package kk.playbook;

import static kk.playbook.Place.BLOCK;
import static kk.playbook.Place.HANDLER;
import static kk.playbook.Place.IMPORT;
import static kk.playbook.Place.INCLUDE;
import static kk.playbook.Place.PLAY;
import static kk.playbook.Place.ROLE;
import static kk.playbook.Place.TASK;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Every keyword of the language, once: where it may stand, what its value is, how those below
/// inherit it, what it does. Readers, lint and the reference pages all look here.
public enum Keyword {
  NAME(Form.TEXT, Inherit.NO, "what is shown for it", PLAY, BLOCK, TASK, HANDLER, INCLUDE, IMPORT),
  HOSTS(Form.TEXTS, Inherit.NO, "pattern of the hosts that the play works on", PLAY),
  GATHER_FACTS(Form.BOOLEAN, Inherit.NO, "whether facts are gathered first, true by default", PLAY),
  GATHER_SUBSET(Form.TEXTS, Inherit.NO, "which facts are gathered", PLAY),
  GATHER_TIMEOUT(Form.NUMBER, Inherit.NO, "seconds that gathering facts may take", PLAY),
  FACT_PATH(Form.TEXT, Inherit.NO, "directory on the host with facts of its own", PLAY),
  VARS_PROMPT(Form.VALUE, Inherit.NO, "variables that the user is asked for", PLAY),
  SERIAL(Form.TEXTS, Inherit.NO, "how many hosts at a time: numbers or percentages", PLAY),
  STRATEGY(Form.TEXT, Inherit.NO, "linear, free or host_pinned", PLAY),
  ORDER(
      Form.TEXT,
      Inherit.NO,
      "order of the hosts: inventory, reverse_inventory, sorted, reverse_sorted, shuffle",
      PLAY),
  FORCE_HANDLERS(Form.BOOLEAN, Inherit.NO, "run notified handlers even of hosts that failed", PLAY),
  MAX_FAIL_PERCENTAGE(
      Form.NUMBER,
      Inherit.NO,
      "end the play when more than this share of a batch failed",
      PLAY,
      BLOCK),
  VARS_FILES(Form.TEXTS, Inherit.NO, "files with variables of the play", PLAY),
  ROLES(Form.STEPS, Inherit.NO, "roles to run before the tasks", PLAY),
  PRE_TASKS(Form.STEPS, Inherit.NO, "tasks to run before the roles", PLAY),
  TASKS(Form.STEPS, Inherit.NO, "tasks to run after the roles", PLAY),
  POST_TASKS(Form.STEPS, Inherit.NO, "tasks to run last", PLAY),
  HANDLERS(Form.STEPS, Inherit.NO, "tasks that run when a change notifies them", PLAY),
  BLOCK_STEPS("block", Form.STEPS, Inherit.NO, "steps that belong together", BLOCK),
  RESCUE(Form.STEPS, Inherit.NO, "steps to run when one of the block fails", BLOCK),
  ALWAYS(Form.STEPS, Inherit.NO, "steps to run however the block ends", BLOCK),
  ROLE_NAME("role", Form.TEXT, Inherit.NO, "which role", ROLE),
  VARS(
      Form.VARIABLES,
      Inherit.MERGE,
      "variables for it and all below",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      INCLUDE,
      IMPORT),
  WHEN(
      Form.CONDITIONS,
      Inherit.JOIN,
      "conditions, all of which must hold for it to run",
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      INCLUDE,
      IMPORT),
  TAGS(
      Form.TEXTS,
      Inherit.JOIN,
      "names to select it by",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      INCLUDE,
      IMPORT),
  BECOME(
      Form.BOOLEAN,
      Inherit.NEAREST,
      "whether to become another user",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  BECOME_USER(
      Form.TEXT,
      Inherit.NEAREST,
      "which user to become, root by default",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  BECOME_METHOD(
      Form.TEXT, Inherit.NEAREST, "how: sudo or su", PLAY, ROLE, BLOCK, TASK, HANDLER, IMPORT),
  BECOME_EXE(
      Form.TEXT,
      Inherit.NEAREST,
      "what to call for sudo or su, in the words of a shell",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  BECOME_FLAGS(
      Form.TEXT,
      Inherit.NEAREST,
      "what to tell it in place of the usual, which is `-H` for sudo",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  ENVIRONMENT(
      Form.MAPPINGS,
      Inherit.JOIN,
      "environment variables of commands",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  MODULE_DEFAULTS(
      Form.MAPPINGS,
      Inherit.JOIN,
      "arguments of modules where a task gives none",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  PORT(
      Form.NUMBER, Inherit.NEAREST, "port to connect to", PLAY, ROLE, BLOCK, TASK, HANDLER, IMPORT),
  IGNORE_ERRORS(
      Form.BOOLEAN,
      Inherit.NEAREST,
      "go on with the host after a failure",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      INCLUDE,
      IMPORT),
  IGNORE_UNREACHABLE(
      Form.BOOLEAN,
      Inherit.NEAREST,
      "keep a host that can't be reached",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  ANY_ERRORS_FATAL(
      Form.BOOLEAN,
      Inherit.NEAREST,
      "one failed host ends the play for all",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  NO_LOG(
      Form.BOOLEAN,
      Inherit.NEAREST,
      "keep arguments and results out of every output",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      INCLUDE,
      IMPORT),
  CHECK_MODE(
      Form.BOOLEAN,
      Inherit.NEAREST,
      "change nothing, or change even under --check",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  DIFF(
      Form.BOOLEAN,
      Inherit.NEAREST,
      "show before and after",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  RUN_ONCE(
      Form.BOOLEAN,
      Inherit.NEAREST,
      "run on the first host, for all",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      INCLUDE,
      IMPORT),
  DELEGATE_TO(
      Form.TEXT, Inherit.NEAREST, "host to run it on instead", ROLE, BLOCK, TASK, HANDLER, IMPORT),
  DELEGATE_FACTS(
      Form.BOOLEAN,
      Inherit.NEAREST,
      "facts go to the host it is delegated to",
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  THROTTLE(
      Form.NUMBER,
      Inherit.NEAREST,
      "on how many hosts at once at most",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  TIMEOUT(
      Form.NUMBER,
      Inherit.NEAREST,
      "seconds until it counts as failed",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      INCLUDE,
      IMPORT),
  NOTIFY(Form.TEXTS, Inherit.JOIN, "handlers to run after a change", BLOCK, TASK, HANDLER, IMPORT),
  CONNECTION(
      Form.TEXT,
      Inherit.NEAREST,
      "connector to use: ssh or local",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      IMPORT),
  REMOTE_USER(
      Form.TEXT, Inherit.NEAREST, "user to log in as", PLAY, ROLE, BLOCK, TASK, HANDLER, IMPORT),
  LISTEN(Form.TEXTS, Inherit.NO, "further names that notify the handler", HANDLER, INCLUDE),
  REGISTER(Form.TEXT, Inherit.NO, "variable that takes the result", TASK, HANDLER, INCLUDE),
  LOOP(Form.VALUE, Inherit.NO, "list of items to run it for", TASK, HANDLER, INCLUDE),
  LOOP_CONTROL(
      Form.VARIABLES,
      Inherit.NO,
      "how to loop: loop_var, index_var, label, pause, extended, break_when",
      TASK,
      HANDLER,
      INCLUDE),
  UNTIL(Form.CONDITIONS, Inherit.NO, "try again until these hold", TASK, HANDLER),
  RETRIES(Form.NUMBER, Inherit.NO, "how often to try again, 3 by default", TASK, HANDLER),
  DELAY(Form.NUMBER, Inherit.NO, "seconds between two tries, 5 by default", TASK, HANDLER),
  CHANGED_WHEN(Form.CONDITIONS, Inherit.NO, "what counts as a change", TASK, HANDLER),
  FAILED_WHEN(Form.CONDITIONS, Inherit.NO, "what counts as a failure", TASK, HANDLER),
  ASYNC(Form.NUMBER, Inherit.NO, "seconds it may take in the background", TASK, HANDLER),
  POLL(Form.NUMBER, Inherit.NO, "seconds between two looks at it, 0 is never", TASK, HANDLER),
  DEBUGGER(
      Form.TEXT,
      Inherit.NEAREST,
      "when a debugger opens; kk has none, so it can be `never` alone",
      PLAY,
      ROLE,
      BLOCK,
      TASK,
      HANDLER,
      INCLUDE,
      IMPORT),
  ARGS(Form.VARIABLES, Inherit.NO, "further arguments of the module", TASK, HANDLER, INCLUDE),
  ACTION(Form.VALUE, Inherit.NO, "the module, in the old form", TASK, HANDLER);

  /// What a value has to look like.
  public enum Form {
    TEXT("text"),
    TEXTS("text or a list of texts"),
    BOOLEAN("true or false"),
    NUMBER("a number"),
    CONDITIONS("a condition or a list of conditions"),
    VARIABLES("a mapping"),
    MAPPINGS("a mapping or a list of mappings"),
    STEPS("a list"),
    VALUE("a value");

    private final String words;

    Form(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// How what stands on a play, role or block reaches the tasks below.
  public enum Inherit {
    /// It doesn't.
    NO,
    /// The nearest one counts.
    NEAREST,
    /// All count together, the outermost first.
    JOIN,
    /// Entry by entry, the nearest one counts.
    MERGE
  }

  private final String written;
  private final Form form;
  private final Inherit inherit;
  private final String doc;

  @SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out
  private final Set<Place> places;

  Keyword(Form form, Inherit inherit, String doc, Place... places) {
    this("", form, inherit, doc, places);
  }

  Keyword(String written, Form form, Inherit inherit, String doc, Place... places) {
    this.written = written.isEmpty() ? name().toLowerCase(Locale.ROOT) : written;
    this.form = form;
    this.inherit = inherit;
    this.doc = doc;
    this.places = EnumSet.copyOf(Arrays.asList(places));
  }

  /// The keyword as a playbook says it.
  public String written() {
    return written;
  }

  public Form form() {
    return form;
  }

  public Inherit inherit() {
    return inherit;
  }

  public String doc() {
    return doc;
  }

  public boolean mayStandOn(Place place) {
    return places.contains(place);
  }

  /// The keyword of that spelling at that place.
  public static Optional<Keyword> find(String written, Place place) {
    return Arrays.stream(values())
        .filter(keyword -> keyword.written.equals(written) && keyword.mayStandOn(place))
        .findFirst();
  }

  /// All keywords of a place as they are written.
  public static List<String> writtenOn(Place place) {
    return Arrays.stream(values())
        .filter(keyword -> keyword.mayStandOn(place))
        .map(Keyword::written)
        .toList();
  }
}
