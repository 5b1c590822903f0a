package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.spi.Alias;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Downloads a file to the host, by its curl or wget. One round trip. Credentials and headers go to
/// curl on standard input; wget has no such way, so it isn't used with them.
@Doc("downloads a file to the host")
public final class GetUrlModule implements Module<GetUrlModule.Args> {
  private static final Pattern CHECKSUM =
      Pattern.compile("(sha1|sha224|sha256|sha384|sha512|md5): *(\\S+)");

  /// What `get_url` takes.
  public record Args(
      @Doc("address of the file") String url,
      @Doc("where it goes on the host; a directory takes it under its own name") String dest,
      @Doc("what it must be: `sha256:` and the digits, or the address of a list of checksums")
          Optional<String> checksum,
      @Doc("download though the server has nothing newer") @Default("false") @Alias("thirsty")
          boolean force,
      @Doc("directory on the host where the download lies until it is whole")
          Optional<String> tmpDest,
      Attributes attributes,
      @Doc("keep the old file under a name with the date") @Default("false") boolean backup,
      @Doc("how many seconds the server may be silent") @Default("10") int timeout,
      WebAccess access) {

    public Args {
      if (checksum.filter(sum -> !sum.isEmpty() && Checksum.of(sum).isEmpty()).isPresent()) {
        throw new IllegalArgumentException(
            "`checksum` is an algorithm and hexadecimal digits, such as sha256:9f86…, or an"
                + " algorithm and an address");
      }
    }

    private Optional<Checksum> wanted() {
      return checksum.flatMap(Checksum::of);
    }
  }

  /// What a file has to be.
  ///
  /// @param value digits, or the address of a list
  private record Checksum(String algorithm, String value) {
    static Optional<Checksum> of(String written) {
      Matcher matcher = CHECKSUM.matcher(written);
      return Optional.of(matcher)
          .filter(Matcher::matches)
          .map(m -> new Checksum(m.group(1), m.group(2)))
          .filter(sum -> sum.isListed() || sum.value().matches("[0-9A-Fa-f]+"));
    }

    boolean isListed() {
      return value.matches("(https?|ftp|file)://.*");
    }
  }

  private static final List<String> FUNCTIONS = functions();

  @Override
  public String name() {
    return "get_url";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Optional<String> list = args.wanted().filter(Checksum::isListed).map(Checksum::value);
    WebRequest request = new WebRequest(args.url(), list);
    args.access().into(request);
    args.access().contentType().ifPresent(type -> request.first().header("Content-Type", type));
    Converged converged =
        host.converge(
            new Convergence(
                    "download " + args.url(),
                    variables(args, list, host).addText("kk_get_look").text(),
                    "kk_get_change")
                .withFunctions(FUNCTIONS)
                .withInput(request.text()));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("url", args.url());
    values.put("dest", answer.find("dest").orElse(args.dest()));
    values.putAll(Attributes.values(answer));
    for (String key : List.of("src", "checksum_src", "checksum_dest", "md5sum", "backup_file")) {
      answer.find(key).ifPresent(value -> values.put(key, value));
    }
    HttpAnswer said = HttpAnswer.of(answer);
    values.put("elapsed", said.elapsed());
    if (said.status() > 0) {
      values.put("status_code", (long) said.status());
    }
    if (answer.find("problem").isPresent()) {
      return failed(answer.text("problem"), said, values);
    }
    values.put("msg", answer.find("msg").orElseGet(() -> message(said)));
    // a download may have brought what was there already
    boolean changed = converged.differed() && (!answer.yes("same") || answer.yes("settled"));
    return Outcome.changedIf(changed, Details.of(values));
  }

  private static Outcome failed(String problem, HttpAnswer said, Map<String, Object> values) {
    boolean asked = problem.equals("Request failed");
    values.put("msg", problem);
    if (asked) {
      values.put("status_code", (long) said.status());
      values.put("response", said.problem());
    }
    String reason = said.problem().replaceFirst("^Request failed: ", "");
    return new Outcome.Failed(asked ? problem + ": " + reason : problem, Details.of(values));
  }

  private static String message(HttpAnswer said) {
    return said.status() >= 300 ? said.problem() : "OK (" + said.size() + " bytes)";
  }

  private static Script variables(Args args, Optional<String> list, HostAccess host) {
    Optional<Checksum> wanted = args.wanted();
    Script script =
        new WantedFile(
                args.dest(),
                Optional.of(args.url().replaceFirst("[?#].*", "").replaceFirst(".*/", "")),
                new FileSource.OnHost(""),
                args.attributes(),
                new WantedFile.Rules(true, false, args.backup(), Optional.empty()))
            .variables(host)
            .set("diff", "")
            .set("sum", "")
            .set("url", args.url())
            .set("algorithm", wanted.map(Checksum::algorithm))
            .set(
                "expected",
                wanted
                    .filter(sum -> !sum.isListed())
                    .map(sum -> sum.value().toLowerCase(Locale.ROOT)))
            .set("sums", list)
            .set("always", args.force())
            .set("checking", host.checking())
            .setPath("tmp_dest", args.tmpDest())
            .set("timeout", Integer.toString(args.timeout()))
            .set("curl_only", !args.access().isPlain() || args.url().matches("\\w+://[^/]*@.*"))
            .set("method", "GET")
            .set("with_body", false)
            .set("follow", "all")
            .set("unix_socket", "");
    return args.access().into(script);
  }

  private static List<String> functions() {
    List<String> functions = new ArrayList<>(WantedFile.FUNCTIONS);
    functions.add(Script.text("http"));
    functions.add(Script.text("get_url"));
    functions.add(Script.function("kk_get_look", "get_url.look"));
    functions.add(Script.function("kk_get_change", "get_url.change"));
    return List.copyOf(functions);
  }
}
