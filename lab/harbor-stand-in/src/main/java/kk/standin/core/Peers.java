package kk.standin.core;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import kk.standin.core.State.Credential;
import kk.standin.core.State.Peer;
import kk.standin.http.Trust;

/// Talks to peers. Their passwords lie in the database encrypted with this node's secret key: with
/// another key, as after a restore without it, they are lost.
final class Peers {
  private static final int NONCE = 12;

  private final Trust trust;
  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  Peers(Trust trust, String secretKey) {
    this.trust = trust;
    this.key = new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "AES");
  }

  RegistryClient registry(Peer peer) throws IOException {
    return new RegistryClient(
        trust.client(peer.insecure()),
        URI.create(peer.url()),
        peer.credential().accessKey(),
        open(peer));
  }

  PeerProjects projects(Peer peer) throws IOException {
    return new PeerProjects(
        trust.client(peer.insecure()),
        peer.url(),
        RegistryClient.basic(peer.credential().accessKey(), open(peer)));
  }

  Credential sealed(String type, String accessKey, String accessSecret) {
    try {
      byte[] nonce = new byte[NONCE];
      random.nextBytes(nonce);
      byte[] secret =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(accessSecret.getBytes(StandardCharsets.UTF_8));
      byte[] whole = Arrays.copyOf(nonce, NONCE + secret.length);
      System.arraycopy(secret, 0, whole, NONCE, secret.length);
      return new Credential(type, accessKey, Base64.getEncoder().encodeToString(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String open(Peer peer) throws IOException {
    try {
      byte[] whole = Base64.getDecoder().decode(peer.credential().accessSecret());
      byte[] nonce = Arrays.copyOf(whole, NONCE);
      return new String(
          cipher(Cipher.DECRYPT_MODE, nonce).doFinal(whole, NONCE, whole.length - NONCE),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the credential of " + peer.name() + " was written with another secret key", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(128, nonce));
    return cipher;
  }
}
