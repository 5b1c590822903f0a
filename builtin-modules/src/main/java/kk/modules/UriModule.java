package kk.modules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Talks HTTP from the host, by its curl. Credentials, headers and bodies go there on standard
/// input only. Check mode leaves it out, as nobody can tell what a request does.
@Doc("sends an HTTP request from the host and checks the answer's status")
public final class UriModule implements Module<UriModule.Args> {

  /// How a body is written.
  public enum BodyFormat {
    RAW(""),
    JSON("application/json"),
    FORM_URLENCODED("application/x-www-form-urlencoded"),
    FORM_MULTIPART("multipart/form-data");

    private final String type;

    BodyFormat(String type) {
      this.type = type;
    }

    Optional<String> type() {
      return Optional.of(type).filter(t -> !t.isEmpty());
    }

    static BodyFormat of(String written) {
      for (BodyFormat format : values()) {
        if (format.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(written)) {
          return format;
        }
      }
      throw new IllegalArgumentException(
          "`body_format` is one of raw, json, form-urlencoded, form-multipart");
    }
  }

  /// What `uri` takes.
  public record Args(
      @Doc("address to ask") String url,
      @Doc("method of the request") @Default("GET") String method,
      @Doc("body of the request; anything but text becomes JSON") Optional<Object> body,
      @Doc("raw, json, form-urlencoded or form-multipart; forms are written as a mapping")
          @Default("raw")
          String bodyFormat,
      @Doc("file to send as the body, looked up in the role's `files/`") Optional<String> src,
      @Doc("`src`, and files in a form, are on the host") @Default("false") boolean remoteSrc,
      @Doc("status codes that mean success") @Default("200") List<Integer> statusCode,
      @Doc("give the body back under `content`") @Default("false") boolean returnContent,
      @Doc("follow redirections: all, none, safe (only GET and HEAD), urllib2 (POST too)")
          @Default("safe")
          String followRedirects,
      @Doc("ask nothing when this path is there") Optional<String> creates,
      @Doc("ask nothing when this path isn't there") Optional<String> removes,
      @Doc("file or directory on the host for the answer's body") Optional<String> dest,
      Attributes attributes,
      @Doc("ask for `dest` though the server has nothing newer") @Default("false") boolean force,
      @Doc("socket on the host to talk through") Optional<String> unixSocket,
      @Doc("how many seconds the server may be silent") @Default("30") Duration timeout,
      WebAccess access) {

    public Args {
      method = method.toUpperCase(Locale.ROOT);
      if (!method.matches("[A-Z]+")) {
        throw new IllegalArgumentException("`method` is a word such as GET");
      }
      BodyFormat.of(bodyFormat);
      if (body.isPresent() && src.isPresent()) {
        throw new IllegalArgumentException("give either `body` or `src`");
      }
      followRedirects =
          switch (followRedirects.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "all" -> "all";
            case "no", "false", "none" -> "none";
            case "safe" -> "safe";
            case "urllib2" -> "urllib2";
            default ->
                throw new IllegalArgumentException(
                    "`follow_redirects` is one of all, safe, none, urllib2");
          };
    }

    BodyFormat format() {
      return BodyFormat.of(bodyFormat);
    }
  }

  private static final String BODY = "@kk body\n";

  private static final List<String> FUNCTIONS = functions();

  @Override
  public String name() {
    return "uri";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    if (host.checking()) {
      return new Outcome.Skipped("`uri` sends no request in check mode", Details.NONE);
    }
    Command command = command(args, host);
    boolean reads = args.method().equals("GET") || args.method().equals("HEAD");
    CommandResult result =
        reads && args.dest().isEmpty()
            ? host.look(command)
            : host.change(args.method() + " " + args.url(), touch -> touch.run(command))
                .orElseThrow();
    if (result.exit() == 127) {
      throw new TaskFailed("there is no curl on this host, which `uri` needs");
    }
    if (!result.succeeded()) {
      throw new TaskFailed(result.stderr().strip());
    }
    int mark = result.stdout().lastIndexOf("\n" + BODY) + 1;
    Answer answer =
        Answer.of(result.stdout().substring(0, mark > 0 ? mark : result.stdout().length()));
    String body = mark > 0 ? result.stdout().substring(mark + BODY.length()) : "";
    return switch (answer.text("left")) {
      case "exists" -> left(args.creates().orElse(""), "exists");
      case "missing" -> left(args.removes().orElse(""), "does not exist");
      default -> outcome(args, answer, body);
    };
  }

  private static Outcome left(String path, String why) {
    return new Outcome.Unchanged(Details.of("stdout", "skipped, since '" + path + "' " + why));
  }

  private static Outcome outcome(Args args, Answer told, String body) {
    HttpAnswer answer = HttpAnswer.of(told);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("url", answer.url().isEmpty() ? args.url() : answer.url());
    values.put("redirected", !answer.url().isEmpty() && !answer.url().equals(args.url()));
    values.put("status", (long) answer.status());
    values.put("elapsed", answer.elapsed());
    answer.headers().forEach((name, value) -> values.put(name.replace('-', '_'), value));
    values.put("headers", answer.headers());
    values.put("cookies", answer.cookies());
    values.put("cookies_string", answer.cookieLine());
    told.find("dest").ifPresent(path -> values.put("path", path));
    values.putAll(Attributes.values(told));
    boolean accepted = args.statusCode().contains(answer.status());
    if (args.returnContent() || !accepted) {
      values.put("content", body);
    }
    if (answer.isJson()) {
      Json.find(body).ifPresent(json -> values.put("json", json));
    }
    if (!accepted) {
      String why =
          "Status code was %d and not %s: %s"
              .formatted(answer.status(), args.statusCode(), answer.problem());
      values.put("msg", why);
      return new Outcome.Failed(why, Details.of(values));
    }
    boolean good = answer.status() < 300;
    values.put("msg", good ? "OK (" + answer.size() + " bytes)" : answer.problem());
    return Outcome.changedIf(told.yes("written"), Details.of(values));
  }

  private static Command command(Args args, HostAccess host) {
    UriBody body = UriBody.of(args, host);
    WebRequest request = new WebRequest(args.url(), Optional.empty());
    args.access().into(request);
    if (args.force()) {
      request.always().header("Cache-Control", "no-cache");
    }
    Script script =
        new WantedFile(
                args.dest().orElse(""),
                Optional.empty(),
                new FileSource.OnHost(""),
                args.attributes(),
                WantedFile.Rules.USUAL)
            .variables(host)
            .set("sum", "")
            .set("diff", "")
            .set("method", args.method())
            // curl sends none with HEAD
            .set("with_body", !(body instanceof UriBody.None) && !args.method().equals("HEAD"))
            .set("follow", args.followRedirects())
            .set("timeout", Long.toString(Math.max(1, args.timeout().toSeconds())))
            .set("ignore_cache", args.force())
            .set("returns", args.returnContent())
            .set(
                "accepted",
                args.statusCode().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(" ", " ", " ")))
            .setPath("creates", args.creates())
            .setPath("removes", args.removes())
            .setPath("unix_socket", args.unixSocket());
    args.access().into(script);
    put(body, args, request, script);
    return script.addText("kk_uri").command().withInput(request.text()).withFunctions(FUNCTIONS);
  }

  /// Puts the body where curl finds it, and says what it is.
  private static void put(UriBody body, Args args, WebRequest request, Script script) {
    Optional<String> type =
        switch (body) {
          case UriBody.None() -> Optional.empty();
          case UriBody.Text(String text, Optional<String> known) -> {
            request.withBody().option("data-raw", text);
            yield known;
          }
          case UriBody.OnHost(String path, Optional<String> known) -> {
            script.setPath("body_file", path);
            yield known;
          }
          case UriBody.Printed(String shell, Optional<String> known) -> {
            script.addText("kk_body() { " + shell + "; }");
            yield known;
          }
        };
    if (!(body instanceof UriBody.OnHost)) {
      script.set("body_file", "");
    }
    script.set("makes_body", body instanceof UriBody.Printed);
    // nobody but who makes a form with files knows what it is
    boolean fixed = args.format() == BodyFormat.FORM_MULTIPART;
    CurlConfig part = body instanceof UriBody.None ? request.first() : request.withBody();
    (fixed ? type : args.access().contentType().or(() -> type))
        .ifPresent(known -> part.header("Content-Type", known));
  }

  private static List<String> functions() {
    List<String> functions = new ArrayList<>(WantedFile.FUNCTIONS);
    functions.add(Script.text("http"));
    functions.add(Script.function("kk_uri", "uri"));
    return List.copyOf(functions);
  }
}
