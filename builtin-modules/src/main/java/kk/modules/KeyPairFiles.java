package kk.modules;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kk.spi.HostAccess;
import kk.spi.TaskFailed;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// A private key and its certificate in two PEM files on this machine.
record KeyPairFiles(Path key, Path cert) {

  /// Both, read.
  record Loaded(PrivateKey key, X509Certificate certificate) {

    /// What the result tells.
    Map<String, Object> facts() {
      Map<String, Object> facts = new LinkedHashMap<>();
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        facts.put("fingerprint", HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
      facts.put("serial", certificate.getSerialNumber().toString(16));
      facts.put("not_before", certificate.getNotBefore().toInstant().toString());
      facts.put("not_after", certificate.getNotAfter().toInstant().toString());
      facts.put("sans", names().stream().sorted().toList());
      return facts;
    }

    Set<String> names() {
      try {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        Set<String> texts = new HashSet<>();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
          texts.add(SubjectName.of(String.valueOf(name.get(1))).text());
        }
        return texts;
      } catch (CertificateParsingException | IllegalArgumentException e) {
        return Set.of();
      }
    }

    /// Whether the key is the certificate's.
    boolean fits() {
      try {
        String algorithm = key instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA";
        byte[] sample = "kk".getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        // by its public key: a certificate without the usage "signature" refuses to check one
        signature.initVerify(certificate.getPublicKey());
        signature.update(sample);
        return signature.verify(signed);
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
  }

  /// The authority's pair.
  ///
  /// @throws TaskFailed when it isn't there; in check mode an earlier task may only have said that
  ///     it would make it
  static Loaded require(Path key, Path cert, HostAccess host) {
    return new KeyPairFiles(key, cert)
        .load()
        .orElseThrow(
            () ->
                new TaskFailed(
                    "cannot read the authority's "
                        + key
                        + " and "
                        + cert
                        + (host.checking() ? "; in check mode it isn't made" : "")));
  }

  /// Both files, when they are there and fit for reading.
  Optional<Loaded> load() {
    try (Reader text = Files.newBufferedReader(key);
        PEMParser parser = new PEMParser(text)) {
      Object read = parser.readObject();
      PrivateKeyInfo info =
          switch (read) {
            case PEMKeyPair pair -> pair.getPrivateKeyInfo();
            case PrivateKeyInfo plain -> plain;
            case null, default -> throw new IOException("no private key");
          };
      byte[] pem = Files.readAllBytes(cert);
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new java.io.ByteArrayInputStream(pem));
      return Optional.of(new Loaded(new JcaPEMKeyConverter().getPrivateKey(info), certificate));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /// Why what is there doesn't serve, in words; nothing when it does.
  Optional<String> flaw(
      CertificateRequest request, Optional<X509Certificate> authority, Instant renewal) {
    if (!Files.exists(key) || !Files.exists(cert)) {
      return Optional.of("it isn't there");
    }
    Optional<Loaded> loaded = load();
    if (loaded.isEmpty()) {
      return Optional.of("the key or the certificate can't be read");
    }
    X509Certificate certificate = loaded.get().certificate();
    if (!loaded.get().fits()) {
      return Optional.of("the key isn't the certificate's");
    }
    if (!isSignedBy(certificate, authority.orElse(certificate))) {
      return Optional.of("another authority signed it");
    }
    if (certificate.getNotAfter().toInstant().isBefore(renewal)) {
      return Optional.of("it ends on " + certificate.getNotAfter().toInstant());
    }
    if ((certificate.getBasicConstraints() >= 0) != request.isCa()) {
      return Optional.of(request.isCa() ? "it is no authority" : "it is an authority");
    }
    if ((loaded.get().key() instanceof RSAKey)
        != (request.keyType() == GenCertModule.KeyType.RSA)) {
      return Optional.of("its key is of another kind");
    }
    Set<String> wanted = new HashSet<>();
    request.names().forEach(name -> wanted.add(name.text()));
    wanted.removeAll(loaded.get().names());
    return wanted.isEmpty()
        ? Optional.empty()
        : Optional.of("it lacks " + String.join(", ", wanted.stream().sorted().toList()));
  }

  /// Writes both, each under a temporary name first; the key is for its owner only.
  void write(Loaded loaded, boolean pkcs1) {
    try {
      PemObject pem = new PemObject("PRIVATE KEY", loaded.key().getEncoded());
      if (pkcs1) {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(loaded.key().getEncoded());
        pem =
            new PemObject("RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded());
      }
      replace(key, text(pem), "rw-------");
      replace(
          cert, text(new PemObject("CERTIFICATE", loaded.certificate().getEncoded())), "rw-r--r--");
    } catch (IOException | GeneralSecurityException e) {
      throw new TaskFailed("cannot write " + key + " and " + cert + ": " + e.getMessage());
    }
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String text(PemObject object) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  private static void replace(Path file, String text, String permissions) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " is no file");
    }
    Files.createDirectories(directory);
    Set<PosixFilePermission> mode = PosixFilePermissions.fromString(permissions);
    Path fresh = Files.createTempFile(directory, ".kk", "");
    try {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(fresh, text);
      Files.setPosixFilePermissions(fresh, mode);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
