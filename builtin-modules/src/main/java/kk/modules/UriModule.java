package kk.modules;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kk.spi.Alias;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/// Talks HTTP from the host, by its curl. Credentials, headers and bodies go there on standard
/// input only. In check mode, reading (GET, HEAD) is done and anything else is left out.
@Doc("sends an HTTP request from the host and checks the answer's status")
public final class UriModule implements Module<UriModule.Args> {

  /// What `uri` takes.
  public record Args(
      @Doc("address to ask") String url,
      @Doc("method of the request") @Default("GET") String method,
      @Doc("body of the request; anything but text becomes JSON") Optional<Object> body,
      @Doc("how the body is written; `form-urlencoded` takes a mapping") @Default("raw")
          String bodyFormat,
      @Doc("headers of the request") Optional<Map<String, String>> headers,
      @Doc("status codes that mean success") @Default("200") List<Integer> statusCode,
      @Doc("give the body back under `content`") @Default("false") boolean returnContent,
      @Doc("user to log in as") @Alias("user") Optional<String> urlUsername,
      @Doc("password of that user") @Alias("password") Optional<Secret> urlPassword,
      @Doc("send the login at once; always so") @Default("false") boolean forceBasicAuth,
      @Doc("refuse certificates nobody we trust has signed") @Default("true") boolean validateCerts,
      @Doc("file on the host with certificates to trust") Optional<String> caPath,
      @Doc("client certificate, a file on the host") Optional<String> clientCert,
      @Doc("key of the client certificate, a file on the host") Optional<String> clientKey,
      @Doc("follow redirections: `all`, `safe` for GET and HEAD only, `none`") @Default("safe")
          String followRedirects,
      @Doc("use the host's proxy settings") @Default("true") boolean useProxy,
      @Doc("socket on the host to talk through") Optional<String> unixSocket,
      @Doc("how many seconds it may take") @Default("30") Duration timeout) {

    public Args {
      method = method.toUpperCase(Locale.ROOT);
      if (!method.matches("[A-Z]+")) {
        throw new IllegalArgumentException("`method` is a word such as GET");
      }
      if (!bodyFormat.matches("raw|json|form-urlencoded")) {
        throw new IllegalArgumentException("`body_format` is one of raw, json, form-urlencoded");
      }
    }

    boolean onlyReads() {
      return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }
  }

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
    Command command =
        new Script()
            .add("uri")
            .command()
            .withInput(config(args))
            .withLimit(args.timeout().plusMinutes(1));
    Optional<CommandResult> result =
        args.onlyReads()
            ? Optional.of(host.look(command))
            : host.change(args.method() + " " + args.url(), touch -> touch.run(command));
    if (result.isEmpty()) {
      return new Outcome.Skipped(
          "A " + args.method() + " request is not sent in check mode", Details.NONE);
    }
    if (result.get().exit() == 127) {
      throw new TaskFailed("there is no curl on this host, which `uri` needs");
    }
    return outcome(args, HttpAnswer.of(result.get()));
  }

  private static Outcome outcome(Args args, HttpAnswer answer) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("url", answer.url().isEmpty() ? args.url() : answer.url());
    values.put("redirected", !answer.url().isEmpty() && !answer.url().equals(args.url()));
    values.put("status", (long) answer.status());
    values.put("elapsed", answer.elapsed());
    answer.headers().forEach((name, value) -> values.put(name.replace('-', '_'), value));
    values.put("headers", answer.headers());
    boolean accepted = args.statusCode().contains(answer.status());
    if (args.returnContent() || !accepted) {
      values.put("content", answer.body());
    }
    if (answer.headers().getOrDefault("content-type", "").matches("(?i).*[/+]json.*")) {
      Json.find(answer.body()).ifPresent(json -> values.put("json", json));
    }
    if (accepted) {
      values.put("msg", "OK (" + answer.body().length() + " bytes)");
      return new Outcome.Unchanged(Details.of(values));
    }
    String why =
        "Status code was "
            + answer.status()
            + " and not "
            + args.statusCode()
            + ": "
            + answer.problem();
    values.put("msg", why);
    return new Outcome.Failed(why, Details.of(values));
  }

  private static String config(Args args) {
    CurlConfig config =
        new CurlConfig()
            .option("url", args.url())
            .option("max-time", Long.toString(Math.max(1, args.timeout().toSeconds())))
            .option("cacert", args.caPath())
            .option("cert", args.clientCert())
            .option("key", args.clientKey())
            .option("unix-socket", args.unixSocket())
            .user(args.urlUsername(), args.urlPassword());
    Map<String, String> headers = new LinkedHashMap<>(args.headers().orElse(Map.of()));
    String type =
        switch (args.bodyFormat()) {
          case "json" -> "application/json";
          case "form-urlencoded" -> "application/x-www-form-urlencoded";
          default -> "";
        };
    boolean typed = headers.keySet().stream().anyMatch(h -> h.equalsIgnoreCase("Content-Type"));
    if (args.body().isPresent() && !typed && !type.isEmpty()) {
      headers.put("Content-Type", type);
    }
    config.headers(headers);
    args.body().ifPresent(body -> config.option("data-raw", text(body, args.bodyFormat())));
    if (args.method().equals("HEAD")) {
      config.option("head");
    } else {
      config.option("request", args.method());
    }
    if (!args.validateCerts()) {
      config.option("insecure");
    }
    if (!args.useProxy()) {
      config.option("noproxy", "*");
    }
    String follows = args.followRedirects().toLowerCase(Locale.ROOT);
    if (follows.matches("all|yes|true") || (follows.equals("safe") && args.onlyReads())) {
      config.option("location");
    }
    return config.text();
  }

  private static String text(Object body, String format) {
    if (format.equals("form-urlencoded") && body instanceof Map<?, ?> form) {
      return form.entrySet().stream()
          .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
          .collect(Collectors.joining("&"));
    }
    return body instanceof String text ? text : PlainText.json(body);
  }

  private static String encoded(@Nullable Object value) {
    return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8);
  }
}
