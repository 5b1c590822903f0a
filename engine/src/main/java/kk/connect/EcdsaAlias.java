package kk.connect;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.List;
import java.util.Map;

/// Knows the JDK's `EC` keys by the name sshj asks for. With it sshj needs BouncyCastle, whose AES
/// is ten times slower, for nothing but old encrypted PEM files.
final class EcdsaAlias extends Provider {
  EcdsaAlias() {
    super("kk-ecdsa", "1", "EC key factory under the name ECDSA");
    String type = Keys.class.getName();
    putService(
        new Service(this, "KeyFactory", "ECDSA", type, List.of(), Map.of()) {
          @Override
          public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            return new Keys(KeyFactory.getInstance("EC"));
          }
        });
  }

  /// Hands everything on.
  private static final class Keys extends KeyFactorySpi {
    private final KeyFactory keys;

    Keys(KeyFactory keys) {
      this.keys = keys;
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
      return keys.generatePublic(spec);
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      return keys.generatePrivate(spec);
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type)
        throws InvalidKeySpecException {
      return keys.getKeySpec(key, type);
    }

    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
      return keys.translateKey(key);
    }
  }
}
