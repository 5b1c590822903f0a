package kk.connect;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.kex.ExtInfoClientFactory;
import com.hierynomus.sshj.transport.mac.Macs;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.DHGexSHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;
import net.schmizz.sshj.userauth.keyprovider.OpenSSHKeyFile;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import net.schmizz.sshj.userauth.keyprovider.PuTTYKeyFile;

/// What we are ready to negotiate: strong algorithms only, the JDK's fast ones first.
final class Algorithms {
  /// How far a reader may fall behind the host before it stalls for good. sshj's 16 MiB are
  /// reachable when one command floods both streams.
  private static final int LARGEST_BUFFER = 1 << 30;

  static {
    SecurityUtils.setRegisterBouncyCastle(false);
    Security.addProvider(new EcdsaAlias());
  }

  private Algorithms() {}

  /// @param knownTypes types of the keys we know the host by; they go first, or it would show
  ///     another of its keys, which we couldn't check
  static Config config(List<String> knownTypes) {
    ConfigImpl config = new ConfigImpl();
    config.setLoggerFactory(LoggerFactory.DEFAULT);
    config.setVersion("kk");
    config.setMaxCircularBufferSize(LARGEST_BUFFER);
    config.setRandomFactory(new SingletonRandomFactory(new JCERandom.Factory()));
    config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
    config.setCompressionFactories(List.of(new NoneCompression.Factory()));
    config.setKeyExchangeFactories(
        List.of(
            new Curve25519SHA256.Factory(),
            new Curve25519SHA256.FactoryLibSsh(),
            new ECDHNistP.Factory256(),
            new ECDHNistP.Factory384(),
            new ECDHNistP.Factory521(),
            new DHGexSHA256.Factory(),
            DHGroups.Group16SHA512(),
            DHGroups.Group18SHA512(),
            DHGroups.Group14SHA256(),
            new ExtInfoClientFactory()));
    config.setCipherFactories(
        List.of(
            GcmCiphers.AES128GCM(),
            GcmCiphers.AES256GCM(),
            BlockCiphers.AES128CTR(),
            BlockCiphers.AES192CTR(),
            BlockCiphers.AES256CTR()));
    config.setMACFactories(
        List.of(
            Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256(), Macs.HMACSHA2512()));
    config.setFileKeyProviderFactories(
        List.of(
            new OpenSSHKeyV1KeyFile.Factory(),
            new PKCS8KeyFile.Factory(),
            new OpenSSHKeyFile.Factory(),
            new PuTTYKeyFile.Factory()));
    config.setKeyAlgorithms(knownFirst(knownTypes));
    return config;
  }

  private static List<Factory.Named<KeyAlgorithm>> knownFirst(List<String> knownTypes) {
    List<Factory.Named<KeyAlgorithm>> known = new ArrayList<>();
    List<Factory.Named<KeyAlgorithm>> others = new ArrayList<>();
    for (Factory.Named<KeyAlgorithm> algorithm : keys()) {
      boolean first = knownTypes.contains(keyType(algorithm.getName()));
      (first ? known : others).add(algorithm);
    }
    known.addAll(others);
    return known;
  }

  private static String keyType(String algorithm) {
    return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
  }

  /// Certificates last: a host may have one without us knowing who signed it.
  private static List<Factory.Named<KeyAlgorithm>> keys() {
    return List.of(
        KeyAlgorithms.EdDSA25519(),
        KeyAlgorithms.ECDSASHANistp256(),
        KeyAlgorithms.ECDSASHANistp384(),
        KeyAlgorithms.ECDSASHANistp521(),
        KeyAlgorithms.RSASHA512(),
        KeyAlgorithms.RSASHA256(),
        KeyAlgorithms.EdDSA25519CertV01(),
        KeyAlgorithms.ECDSASHANistp256CertV01(),
        KeyAlgorithms.ECDSASHANistp384CertV01(),
        KeyAlgorithms.ECDSASHANistp521CertV01());
  }
}
