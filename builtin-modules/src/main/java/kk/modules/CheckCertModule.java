package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;

/// Looks whether a certificate that somebody else made will serve: before it is installed, not when
/// the first client refuses it. Reads files on this machine and changes nothing.
@Doc("checks a certificate of one's own, in files on this machine")
public final class CheckCertModule implements Module<CheckCertModule.Args> {

  /// What `check_cert` takes.
  public record Args(
      @Doc("file with the certificate, and those between it and the authority behind it") Path cert,
      @Doc("file with its private key") Path key,
      @Doc("file with the certificate of the authority that clients trust") Path caCert,
      @Doc("names and addresses it must be good for") Optional<List<String>> sans,
      @Doc("how many days it must still be good") @Default("1") int days) {

    public Args {
      sans.orElse(List.of()).forEach(SubjectName::of);
    }
  }

  @Override
  public String name() {
    return "check_cert";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) {
    List<X509Certificate> authorities = certificates(args.caCert());
    List<X509Certificate> chain = certificates(args.cert());
    KeyPairFiles.Loaded pair =
        new KeyPairFiles(args.key(), args.cert())
            .load()
            .orElseThrow(() -> new TaskFailed(args.key() + " holds no key that can be read"));
    if (!pair.fits()) {
      throw new TaskFailed(args.key() + " is not the key of " + args.cert());
    }
    Instant end = pair.certificate().getNotAfter().toInstant();
    if (end.isBefore(Instant.now().plus(Duration.ofDays(args.days())))) {
      throw new TaskFailed(args.cert() + " ends on " + end);
    }
    requireSignature(args, chain, authorities);
    Set<String> names = pair.names();
    List<String> lacking =
        args.sans().orElse(List.of()).stream()
            .map(SubjectName::of)
            .filter(name -> !covers(names, name))
            .map(SubjectName::text)
            .sorted()
            .toList();
    if (!lacking.isEmpty()) {
      throw new TaskFailed(
          args.cert()
              + " is not good for "
              + String.join(", ", lacking)
              + "; it is good for "
              + (names.isEmpty()
                  ? "nothing"
                  : String.join(", ", names.stream().sorted().toList())));
    }
    Map<String, Object> values = new LinkedHashMap<>(pair.facts());
    values.put("authority", new KeyPairFiles.Loaded(pair.key(), authorities.getFirst()).facts());
    return new Outcome.Unchanged(Details.of(values));
  }

  /// A name is covered as it stands, or by a `*` for its first part.
  private static boolean covers(Set<String> names, SubjectName wanted) {
    int dot = wanted.text().indexOf('.');
    return names.contains(wanted.text())
        || (!wanted.isAddress() && dot > 0 && names.contains("*" + wanted.text().substring(dot)));
  }

  private static void requireSignature(
      Args args, List<X509Certificate> chain, List<X509Certificate> authorities) {
    try {
      Set<TrustAnchor> anchors = new HashSet<>();
      authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      // an authority at the end of the chain is an anchor itself
      List<X509Certificate> below =
          chain.stream().filter(certificate -> !authorities.contains(certificate)).toList();
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
    } catch (CertPathValidatorException e) {
      throw new TaskFailed(
          args.caCert()
              + " did not sign "
              + args.cert()
              + ", not even by way of the certificates in it");
    } catch (GeneralSecurityException e) {
      throw new TaskFailed("cannot check " + args.cert() + ": " + e.getMessage());
    }
  }

  private static List<X509Certificate> certificates(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      List<X509Certificate> found = new ArrayList<>();
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
        found.add((X509Certificate) each);
      }
      if (found.isEmpty()) {
        throw new TaskFailed(file + " holds no certificate");
      }
      return found;
    } catch (IOException | GeneralSecurityException e) {
      throw new TaskFailed(file + " holds no certificate that can be read");
    }
  }
}
