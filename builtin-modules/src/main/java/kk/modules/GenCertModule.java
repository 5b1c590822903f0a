package kk.modules;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Makes a certificate authority, or a certificate signed by one, in files on this machine. What is
/// there is kept as long as it serves; otherwise the result says why it was made anew.
@Doc("makes a certificate authority or a certificate signed by it, on this machine")
public final class GenCertModule implements Module<GenCertModule.Args> {

  /// Kinds of keys.
  public enum KeyType {
    P256,
    RSA
  }

  /// How a key is written.
  public enum KeyFormat {
    PKCS8,
    PKCS1
  }

  /// What `gen_cert` takes.
  public record Args(
      @Doc("file for the private key") @Alias("out_key") Path key,
      @Doc("file for the certificate") @Alias("out_cert") Path cert,
      @Doc("private key of the authority that signs; without it, the certificate signs itself")
          @Alias("root_key")
          Optional<Path> caKey,
      @Doc("certificate of the authority that signs") @Alias("root_cert") Optional<Path> caCert,
      @Doc("whom the certificate is for, for people to read") @Alias("cn") String commonName,
      @Doc("organization it names") @Default("kk") String organization,
      @Doc("names and addresses it is good for") Optional<List<String>> sans,
      @Doc("how long it is good; 3650 for an authority, 825 otherwise") Optional<Integer> days,
      @Doc("make a certificate authority") @Default("false") boolean isCa,
      @Doc("make it anew when fewer days are left") @Default("30") int renewBeforeDays,
      @Doc("kind of key") @Default("p256") KeyType keyType,
      @Doc("how the key is written; `pkcs1` is for `rsa`, as Harbor's token service wants it")
          @Default("pkcs8")
          KeyFormat keyFormat,
      @Doc("make it anew in any case") @Default("false") boolean force) {

    public Args {
      if (caKey.isPresent() != caCert.isPresent()) {
        throw new IllegalArgumentException("`ca_key` and `ca_cert` go together");
      }
      if (isCa && sans.filter(names -> !names.isEmpty()).isPresent()) {
        throw new IllegalArgumentException("an authority has no `sans`");
      }
      if (keyFormat == KeyFormat.PKCS1 && keyType != KeyType.RSA) {
        throw new IllegalArgumentException("`key_format: pkcs1` needs `key_type: rsa`");
      }
      if (days.filter(d -> d < 1).isPresent()) {
        throw new IllegalArgumentException("`days` is 1 or more");
      }
      sans.orElse(List.of()).forEach(SubjectName::of);
    }

    CertificateRequest request() {
      return new CertificateRequest(
          commonName,
          organization,
          sans.orElse(List.of()).stream().map(SubjectName::of).distinct().toList(),
          Duration.ofDays(days.orElse(isCa ? 3650 : 825)),
          isCa,
          keyType);
    }
  }

  /// Two hosts that ask for the same files get the same ones.
  private final ReentrantLock oneAtATime = new ReentrantLock();

  @Override
  public String name() {
    return "gen_cert";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    oneAtATime.lockInterruptibly();
    try {
      return converge(args, host);
    } finally {
      oneAtATime.unlock();
    }
  }

  private static Outcome converge(Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    Optional<KeyPairFiles.Loaded> authority = Optional.empty();
    if (args.caCert().isPresent()) {
      authority =
          Optional.of(KeyPairFiles.require(args.caKey().orElseThrow(), args.caCert().get(), host));
    }
    Optional<KeyPairFiles.Loaded> signer = authority;
    KeyPairFiles files = new KeyPairFiles(args.key(), args.cert());
    CertificateRequest request = args.request();
    Instant renewal = Instant.now().plus(Duration.ofDays(args.renewBeforeDays()));
    Optional<String> why =
        args.force()
            ? Optional.of("it was asked for with `force`")
            : files.flaw(request, signer.map(KeyPairFiles.Loaded::certificate), renewal);
    if (why.isEmpty()) {
      return new Outcome.Unchanged(details(args, files.load().orElseThrow()));
    }
    Optional<KeyPairFiles.Loaded> made =
        host.change(
            "make the certificate " + args.cert(),
            _ -> {
              // an authority that is renewed keeps its key, so what it signed stays good
              Optional<KeyPairFiles.Loaded> old = args.isCa() ? files.load() : Optional.empty();
              KeyPairFiles.Loaded fresh = request.issue(signer, old);
              files.write(fresh, args.keyFormat() == KeyFormat.PKCS1);
              return fresh;
            });
    Details details =
        made.map(loaded -> details(args, loaded))
            .orElseGet(() -> Details.of("cert", args.cert().toString()));
    return new Outcome.Changed(details.with("reason", why.get()));
  }

  private static Details details(Args args, KeyPairFiles.Loaded loaded) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("key", args.key().toString());
    values.put("cert", args.cert().toString());
    values.putAll(loaded.facts());
    return Details.of(values);
  }
}
