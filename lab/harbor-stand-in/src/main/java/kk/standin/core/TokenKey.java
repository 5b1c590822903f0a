package kk.standin.core;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;

/// The RSA key that signs tokens. Its PEM is PKCS#1 (`BEGIN RSA PRIVATE KEY`) and nothing else.
public final class TokenKey {
  /// Where the key comes from when it is first used.
  @FunctionalInterface
  public interface Source {
    /// Fails when there is none, or none that Harbor takes.
    TokenKey read() throws GeneralSecurityException;
  }

  private static final byte[] RSA_ENCRYPTION =
      sequence(der(0x06, hex("2a864886f70d010101")), der(0x05));
  private static final byte[] SHA256_WITH_RSA =
      sequence(der(0x06, hex("2a864886f70d01010b")), der(0x05));
  private static final byte[] ZERO = der(0x02, new byte[1]);

  private final RSAPrivateCrtKey privateKey;
  private final PublicKey publicKey;

  private TokenKey(RSAPrivateCrtKey privateKey) throws GeneralSecurityException {
    this.privateKey = privateKey;
    this.publicKey =
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
  }

  public static TokenKey generate(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    KeyPair pair = generator.generateKeyPair();
    return new TokenKey((RSAPrivateCrtKey) pair.getPrivate());
  }

  /// Fails for any other kind of PEM, PKCS#8 among them.
  public static TokenKey read(String pem) throws GeneralSecurityException {
    String[] parts = pem.strip().split("-----", -1);
    if (parts.length < 5 || !parts[1].equals("BEGIN RSA PRIVATE KEY")) {
      throw new GeneralSecurityException(
          "the token key must be PKCS#1, and its PEM begins with "
              + (parts.length < 2 ? "no type" : parts[1]));
    }
    try {
      byte[] key = Base64.getMimeDecoder().decode(parts[2]);
      byte[] wrapped = sequence(ZERO, RSA_ENCRYPTION, der(0x04, key));
      return new TokenKey(
          (RSAPrivateCrtKey)
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped)));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the token key is not base64", e);
    }
  }

  public String pem() {
    return pem(
        "RSA PRIVATE KEY",
        sequence(
            ZERO,
            integer(privateKey.getModulus()),
            integer(privateKey.getPublicExponent()),
            integer(privateKey.getPrivateExponent()),
            integer(privateKey.getPrimeP()),
            integer(privateKey.getPrimeQ()),
            integer(privateKey.getPrimeExponentP()),
            integer(privateKey.getPrimeExponentQ()),
            integer(privateKey.getCrtCoefficient())));
  }

  /// A certificate of the key by itself, with an empty subject, for ten years.
  public String certificate() throws GeneralSecurityException {
    byte[] nobody = sequence();
    Instant now = Instant.now();
    byte[] body =
        sequence(
            integer(BigInteger.valueOf(now.toEpochMilli())),
            SHA256_WITH_RSA,
            nobody,
            sequence(time(now), time(now.plus(Duration.ofDays(3650)))),
            nobody,
            publicKey.getEncoded());
    byte[] signature = new byte[1 + privateKey.getModulus().bitLength() / 8];
    byte[] signed = sign(body);
    System.arraycopy(signed, 0, signature, 1, signed.length);
    return pem("CERTIFICATE", sequence(body, SHA256_WITH_RSA, der(0x03, signature)));
  }

  byte[] sign(byte[] text) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(privateKey);
    signature.update(text);
    return signature.sign();
  }

  boolean signed(byte[] text, byte[] by) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(publicKey);
    signature.update(text);
    try {
      return signature.verify(by);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] time(Instant time) {
    String text =
        DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").format(time.atOffset(ZoneOffset.UTC));
    return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] integer(BigInteger number) {
    return der(0x02, number.toByteArray());
  }

  private static byte[] sequence(byte[]... parts) {
    return der(0x30, parts);
  }

  /// A value of ASN.1: tag, length, contents.
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length > 0xffff) {
      throw new IllegalArgumentException("too long");
    }
    if (length > 0xff) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 0x7f) {
      out.write(0x81);
    }
    out.write(length);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static String pem(String type, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }
}
