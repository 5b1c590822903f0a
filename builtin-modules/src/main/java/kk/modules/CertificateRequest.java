package kk.modules;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// What a certificate has to say.
///
/// @param names what it is good for; Go's TLS clients look at nothing else
/// @param life how long it is good, at most as long as its authority
record CertificateRequest(
    String commonName,
    String organization,
    List<SubjectName> names,
    Duration life,
    boolean isCa,
    GenCertModule.KeyType keyType) {
  private static final int SERIAL_BITS = 127;

  /// Clocks differ; a certificate is good a day before it is made.
  private static final Duration SKEW = Duration.ofDays(1);

  /// Makes a key and a certificate for it.
  ///
  /// @param authority who signs; itself when there is none
  /// @param old a pair whose key to use again when it is of the right kind
  KeyPairFiles.Loaded issue(
      Optional<KeyPairFiles.Loaded> authority, Optional<KeyPairFiles.Loaded> old) {
    try {
      KeyPair pair =
          old.filter(o -> (o.key() instanceof RSAKey) == (keyType == GenCertModule.KeyType.RSA))
              .map(o -> new KeyPair(o.certificate().getPublicKey(), o.key()))
              .orElse(newPair());
      PrivateKey signer = authority.map(KeyPairFiles.Loaded::key).orElse(pair.getPrivate());
      X509v3CertificateBuilder certificate = certificate(pair, authority);
      String algorithm = signer instanceof RSAKey ? "SHA256withRSA" : "SHA256withECDSA";
      X509Certificate signed =
          new JcaX509CertificateConverter()
              .getCertificate(
                  certificate.build(new JcaContentSignerBuilder(algorithm).build(signer)));
      return new KeyPairFiles.Loaded(pair.getPrivate(), signed);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  X500Name subject() {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    if (!organization.isEmpty()) {
      name.addRDN(BCStyle.O, organization);
    }
    return name.addRDN(BCStyle.CN, commonName).build();
  }

  private X509v3CertificateBuilder certificate(
      KeyPair pair, Optional<KeyPairFiles.Loaded> authority)
      throws GeneralSecurityException, IOException {
    Instant now = Instant.now();
    Instant end = now.plus(life);
    X500Name issuer = subject();
    if (authority.isPresent()) {
      X509Certificate ca = authority.get().certificate();
      issuer = X500Name.getInstance(ca.getSubjectX500Principal().getEncoded());
      Instant last = ca.getNotAfter().toInstant();
      end = end.isAfter(last) ? last : end;
    }
    X509v3CertificateBuilder certificate =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
            Date.from(now.minus(SKEW)),
            Date.from(end),
            subject(),
            pair.getPublic());
    JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
    certificate.addExtension(
        Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(pair.getPublic()));
    certificate.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        ids.createAuthorityKeyIdentifier(
            authority.map(a -> a.certificate().getPublicKey()).orElse(pair.getPublic())));
    certificate.addExtension(
        Extension.basicConstraints,
        true,
        isCa ? new BasicConstraints(0) : new BasicConstraints(false));
    certificate.addExtension(Extension.keyUsage, true, new KeyUsage(usage()));
    if (!isCa) {
      certificate.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    }
    if (!names.isEmpty()) {
      GeneralName[] all = names.stream().map(SubjectName::asn1).toArray(GeneralName[]::new);
      certificate.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
    }
    return certificate;
  }

  private int usage() {
    if (isCa) {
      return KeyUsage.keyCertSign | KeyUsage.cRLSign;
    }
    return keyType == GenCertModule.KeyType.RSA
        ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
        : KeyUsage.digitalSignature;
  }

  private KeyPair newPair() throws GeneralSecurityException {
    return switch (keyType) {
      case RSA -> {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        yield generator.generateKeyPair();
      }
      case P256 -> {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        yield generator.generateKeyPair();
      }
    };
  }
}
