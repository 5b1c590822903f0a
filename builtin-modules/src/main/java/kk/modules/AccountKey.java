package kk.modules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.Secret;
import kk.spi.SharedArguments;

/// The pair of keys with which an account logs in elsewhere over SSH.
public record AccountKey(
    @Doc("make a pair of keys for SSH unless there is one; `force` makes it anew") @Default("false")
        boolean generateSshKey,
    @Doc("kind of the key, as `ssh-keygen -t` takes it") @Default("rsa") String sshKeyType,
    @Doc("size of the key in bits; usually what ssh-keygen thinks right")
        Optional<Integer> sshKeyBits,
    @Doc("remark in the key; usually the host's name") Optional<String> sshKeyComment,
    @Doc("file of the key, below the home directory when relative; usually .ssh/id_TYPE")
        Optional<String> sshKeyFile,
    @Doc("passphrase that protects the key") Optional<Secret> sshKeyPassphrase)
    implements SharedArguments {

  public AccountKey {
    if (sshKeyPassphrase.filter(phrase -> phrase.reveal().indexOf('\n') >= 0).isPresent()) {
      throw new IllegalArgumentException("`ssh_key_passphrase` is one line");
    }
  }

  /// Sets the variables that `user.key.sh` reads.
  Script into(Script script) {
    return script
        .set("wants_key", generateSshKey)
        .set("key_type", sshKeyType)
        .set("key_bits", sshKeyBits.map(String::valueOf))
        .set("key_comment", sshKeyComment)
        .setPath("key_file", sshKeyFile.orElse(".ssh/id_" + sshKeyType));
  }

  String passphrase() {
    return sshKeyPassphrase.map(Secret::reveal).orElse("");
  }

  /// What came of it, under Ansible's names.
  Map<String, Object> values(Answer answer) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (generateSshKey && answer.find("key_file").isPresent()) {
      values.put("ssh_key_file", answer.text("key_file"));
      values.put("ssh_fingerprint", answer.text("key_fingerprint"));
      answer.find("key_public").ifPresent(key -> values.put("ssh_public_key", key));
    }
    return values;
  }
}
