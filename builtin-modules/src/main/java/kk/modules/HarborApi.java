package kk.modules;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.HostAccess;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/// Harbor's API, version 2.0, as a host talks to it with its curl. The login goes there on standard
/// input and with each request: whoever keeps Harbor's session cookie is asked for a CSRF token.
final class HarborApi {
  /// As many rows as Harbor gives at once.
  private static final int PAGE = 100;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// For so long Harbor refuses a user after a wrong password, whatever the next one is.
  static final Duration LOCKED = Duration.ofSeconds(2);

  /// So often a login is tried. Another Harbor that has not heard of a new password locks the user
  /// for everybody, now and then twice in a row.
  private static final int ATTEMPTS = 3;

  private static final String MARK = "\n@kk ";

  private final HostAccess host;
  private final HarborLogin login;

  HarborApi(HostAccess host, HarborLogin login) {
    this.host = host;
    this.login = login;
  }

  /// What Harbor answered.
  ///
  /// @param status the status code of HTTP
  /// @param value the body: native values, or text when it isn't JSON
  record Answer(int status, Object value) {

    /// Harbor's own words for what is wrong.
    String problem() {
      List<?> errors = Json.list(value, "errors");
      String said =
          errors.isEmpty()
              ? String.valueOf(value).strip().lines().findFirst().orElse("")
              : Json.text(errors.getFirst(), "message");
      return said.isEmpty() ? "status " + status : said + " (status " + status + ")";
    }
  }

  String url() {
    return login.url();
  }

  /// A segment of a path.
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Reads one thing, whatever the answer is.
  Answer ask(String path) throws UnreachableException, InterruptedException {
    return ask(List.of(path)).getFirst();
  }

  /// Reads one thing that has to be there.
  Object read(String path) throws UnreachableException, InterruptedException {
    return require(path, ask(path));
  }

  /// Reads a list to its end.
  List<Object> list(String path) throws UnreachableException, InterruptedException {
    return lists(List.of(path)).getFirst();
  }

  /// Reads several lists to their ends, over one connection.
  ///
  /// @param paths each without a page
  /// @return the lists, in the order of the paths
  List<List<Object>> lists(List<String> paths) throws UnreachableException, InterruptedException {
    List<List<Object>> lists = new ArrayList<>();
    paths.forEach(_ -> lists.add(new ArrayList<>()));
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      open.add(i);
    }
    for (int page = 1; !open.isEmpty(); page++) {
      List<String> pages = new ArrayList<>();
      for (int i : open) {
        String path = paths.get(i);
        pages.add(path + (path.contains("?") ? "&" : "?") + "page=" + page + "&page_size=" + PAGE);
      }
      List<Answer> answers = ask(pages);
      List<Integer> longer = new ArrayList<>();
      for (int k = 0; k < open.size(); k++) {
        List<?> rows = Json.list(require(pages.get(k), answers.get(k)));
        lists.get(open.get(k)).addAll(rows);
        if (rows.size() == PAGE) {
          longer.add(open.get(k));
        }
      }
      open = longer;
    }
    return lists;
  }

  /// Sends something that changes nothing, though it is more than a question.
  Answer probe(String path, Object body) throws UnreachableException, InterruptedException {
    return look(sending("POST", path, body), 1).getFirst();
  }

  /// Whether the login opens the registry itself, as `docker login` asks it.
  boolean opensRegistry() throws UnreachableException, InterruptedException {
    return look(config().option("url", login.url() + "/v2/"), 1).getFirst().status() == 200;
  }

  /// Sends something that changes Harbor. To remove what has gone meanwhile succeeds.
  ///
  /// @param what the change in words
  /// @return nothing in check mode
  Optional<Answer> send(String what, String method, String path, @Nullable Object body)
      throws UnreachableException, InterruptedException {
    Command request = curl(sending(method, path, body));
    Optional<List<Answer>> answers =
        host.change(what, touch -> insist(() -> answers(touch.run(request), 1)));
    if (answers.isEmpty()) {
      return Optional.empty();
    }
    Answer answer = answers.get().getFirst();
    boolean gone = method.equals("DELETE") && answer.status() == 404;
    if (answer.status() >= 300 && !gone) {
      throw new TaskFailed("cannot " + what + " at " + login.url() + ": " + answer.problem());
    }
    return Optional.of(answer);
  }

  private CurlConfig sending(String method, String path, @Nullable Object body) {
    CurlConfig config = config().option("url", address(path)).option("request", method);
    if (body != null) {
      config.header("Content-Type", "application/json").option("data-raw", PlainText.json(body));
    }
    return config;
  }

  private List<Answer> ask(List<String> paths) throws UnreachableException, InterruptedException {
    CurlConfig config = config();
    paths.forEach(path -> config.option("url", address(path)));
    return look(config, paths.size());
  }

  private List<Answer> look(CurlConfig config, int wanted)
      throws UnreachableException, InterruptedException {
    return insist(() -> answers(host.look(curl(config)), wanted));
  }

  /// One way of sending a request.
  private interface Request {
    List<Answer> send() throws UnreachableException, InterruptedException;
  }

  /// A refusal counts when it is repeated.
  private static List<Answer> insist(Request request)
      throws UnreachableException, InterruptedException {
    List<Answer> answers = request.send();
    for (int i = 1; i < ATTEMPTS && answers.stream().anyMatch(a -> a.status() == 401); i++) {
      Thread.sleep(LOCKED);
      answers = request.send();
    }
    return answers;
  }

  private Object require(String path, Answer answer) {
    if (answer.status() == 401) {
      throw new TaskFailed(login.url() + " refuses the password of " + login.username());
    }
    if (answer.status() != 200) {
      throw new TaskFailed(address(path) + ": " + answer.problem());
    }
    return answer.value();
  }

  private String address(String path) {
    return login.url() + "/api/v2.0" + path;
  }

  private CurlConfig config() {
    return new CurlConfig()
        .user(Optional.of(login.username()), Optional.of(login.password()))
        .option("cacert", login.caPath())
        .option("max-time", Long.toString(LIMIT.toSeconds()))
        .option("noproxy", "*")
        .option("globoff")
        .option("write-out", MARK + "%{http_code}\n");
  }

  private static Command curl(CurlConfig config) {
    return Command.of("command -v curl >/dev/null 2>&1 || exit 127\ncurl -q -sS -K -")
        .withInput(config.text())
        .withLimit(LIMIT.multipliedBy(10));
  }

  private List<Answer> answers(CommandResult result, int wanted) {
    if (result.exit() == 127) {
      throw new TaskFailed("there is no curl on this host, which talks to Harbor");
    }
    List<Answer> answers = new ArrayList<>();
    String rest = result.stdout();
    for (int mark = rest.indexOf(MARK); mark >= 0; mark = rest.indexOf(MARK)) {
      String body = rest.substring(0, mark);
      int end = rest.indexOf('\n', mark + MARK.length());
      int status = Integer.parseInt(rest.substring(mark + MARK.length(), end));
      if (status == 0) {
        break;
      }
      answers.add(new Answer(status, Json.find(body).orElse(body)));
      rest = rest.substring(end + 1);
    }
    if (answers.size() < wanted) {
      throw new TaskFailed(
          login.url() + " does not answer: " + result.stderr().strip().replaceFirst("^curl: ", ""));
    }
    return answers;
  }
}
