package kk.modules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import kk.spi.Secret;
import kk.spi.UnreachableException;

/// Downloads a file to the host, by its curl or wget. One round trip. Credentials and headers go to
/// curl on standard input; wget has no such way, so it isn't used with them.
@Doc("downloads a file to the host")
public final class GetUrlModule implements Module<GetUrlModule.Args> {
  private static final Pattern CHECKSUM =
      Pattern.compile("(sha1|sha224|sha256|sha384|sha512|md5):([0-9A-Fa-f]+)");

  /// What `get_url` takes.
  public record Args(
      @Doc("address of the file") String url,
      @Doc("where it goes on the host; a directory takes it under its own name") String dest,
      @Doc("what it must be, such as `sha256:` and the digits") Optional<String> checksum,
      @Doc("download though a file is there and no checksum tells more")
          @Default("false")
          @Alias("thirsty")
          boolean force,
      Attributes attributes,
      @Doc("keep the old file under a name with the date") @Default("false") boolean backup,
      @Doc("headers of the request") Optional<Map<String, String>> headers,
      @Doc("user to log in as") @Alias("username") Optional<String> urlUsername,
      @Doc("password of that user") @Alias("password") Optional<Secret> urlPassword,
      @Doc("refuse certificates nobody we trust has signed") @Default("true") boolean validateCerts,
      @Doc("file on the host with certificates to trust") Optional<String> caPath,
      @Doc("use the host's proxy settings") @Default("true") boolean useProxy,
      @Doc("seconds to wait for a connection") @Default("10") int timeout) {

    public Args {
      if (checksum.filter(sum -> !CHECKSUM.matcher(sum).matches()).isPresent()) {
        throw new IllegalArgumentException(
            "`checksum` is an algorithm and hexadecimal digits, such as sha256:9f86…");
      }
    }
  }

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
    String sum = args.checksum().orElse("").toLowerCase(Locale.ROOT);
    Script look =
        new Script()
            .setPath("path", args.dest())
            .set("name", args.url().replaceFirst("[?#].*", "").replaceFirst(".*/", ""))
            .set("url", args.url())
            .set("algorithm", sum.replaceFirst(":.*", ""))
            .set("expected", sum.substring(sum.indexOf(':') + 1))
            .set("always", args.force())
            .set("timeout", Integer.toString(args.timeout()))
            .set("insecure", !args.validateCerts())
            .set("curl_only", needsCurl(args))
            .set("backup", args.backup())
            .set("follow", "")
            .set("diff", "")
            .set("force", true)
            .set("size", "")
            .set("unique", WantedFile.unique())
            .set("validating", "");
    args.attributes().into(look);
    String config =
        new CurlConfig()
            .option("url", args.url())
            .user(args.urlUsername(), args.urlPassword())
            .headers(args.headers().orElse(Map.of()))
            .option("cacert", args.caPath())
            .option("noproxy", args.useProxy() ? Optional.empty() : Optional.of("*"))
            .text();
    Converged converged =
        host.converge(
            new Convergence(
                    "download " + args.url(),
                    look.add("get_url.look").text(),
                    new Script().add("get_url.change").text())
                .withFunctions(WantedFile.FUNCTIONS)
                .withInput(config));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("url", args.url());
    values.put("dest", answer.find("dest").orElse(args.dest()));
    values.putAll(Attributes.values(answer));
    // a forced download may have brought what was there already
    boolean changed = converged.differed() && !answer.yes("same");
    return Outcome.changedIf(changed, Details.of(values));
  }

  private static boolean needsCurl(Args args) {
    return args.urlUsername().isPresent()
        || args.headers().isPresent()
        || args.caPath().isPresent()
        || !args.useProxy();
  }
}
