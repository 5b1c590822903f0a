package kk.connect;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;

/// Whether a host is the one we know: a host seen for the first time is believed and written down,
/// one that shows another key than before is refused.
final class KnownHosts implements HostKeyVerifier {
  private static final String AUTHORITY = "@cert-authority";
  private static final String REVOKED = "@revoked";

  private final KnownHostsFile known;
  private final Path file;
  private final ReentrantLock lock;
  private Optional<String> refusal = Optional.empty();

  /// @param lock held while the file is written, by all who may do so in this process
  KnownHosts(KnownHostsFile known, ReentrantLock lock) {
    this.known = known;
    this.file = known.path();
    this.lock = lock;
  }

  /// Why the host was refused, for the user.
  Optional<String> refusal() {
    return refusal;
  }

  @Override
  public List<String> findExistingAlgorithms(String host, int port) {
    List<String> types = new ArrayList<>();
    for (KnownHost line : about(host, port)) {
      switch (line.marker()) {
        case AUTHORITY -> types.addAll(certificateTypes());
        case REVOKED -> {}
        default -> types.add(line.type());
      }
    }
    return types;
  }

  @Override
  public boolean verify(String host, int port, PublicKey key) {
    if (isNew(host, port)) {
      refusal = record(host, port, key);
    } else {
      refusal = check(host, port, key);
    }
    return refusal.isEmpty();
  }

  /// Looks again once nobody else can write, because another may have been faster.
  private Optional<String> record(String host, int port, PublicKey key) {
    lock.lock();
    try (FileChannel channel = open();
        FileLock held = channel.lock()) {
      Optional<String> problem = check(host, port, key);
      if (problem.isEmpty() && held.isValid() && isNew(host, port)) {
        append(channel, host, port, key);
      }
      return problem;
    } catch (IOException e) {
      return Optional.of("its key can't be recorded in " + file + ": " + e);
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> check(String host, int port, PublicKey key) {
    String type = KeyType.fromKey(key).toString();
    String encoded = encode(key);
    List<KnownHost> about = about(host, port);
    for (KnownHost line : about) {
      if (line.marker().equals(REVOKED) && line.key().equals(encoded)) {
        return Optional.of("its key is revoked by " + file + ":" + line.line());
      }
    }
    for (KnownHost line : about) {
      boolean same = line.type().equals(type) && line.key().equals(encoded);
      if (line.marker().isEmpty() ? same : isSignedBy(line, host, port, key)) {
        return Optional.empty();
      }
    }
    return about.stream()
        .filter(line -> !line.marker().equals(REVOKED))
        .findFirst()
        .map(line -> changed(line, KnownHost.written(host, port), key));
  }

  private String changed(KnownHost old, String written, PublicKey key) {
    return """
    it shows another host key than before (%s now), which may be an attack or a reinstalled \
    machine; the old key is in %s:%d. If the new one is right, remove the old: \
    ssh-keygen -R '%s' -f %s"""
        .formatted(fingerprint(key), file, old.line(), written, file);
  }

  private boolean isNew(String host, int port) {
    return about(host, port).stream().allMatch(line -> line.marker().equals(REVOKED));
  }

  private List<KnownHost> about(String host, int port) {
    return known.about(KnownHost.written(host, port));
  }

  private FileChannel open() throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null && !Files.exists(parent)) {
      Files.createDirectories(
          parent,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      // as most often
    }
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void append(FileChannel channel, String host, int port, PublicKey key)
      throws IOException {
    String line =
        KnownHost.written(host, port) + " " + KeyType.fromKey(key) + " " + encode(key) + "\n";
    ByteBuffer last = ByteBuffer.allocate(1);
    if (channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n') {
      line = "\n" + line;
    }
    channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), channel.size());
  }

  private static boolean isSignedBy(KnownHost authority, String host, int port, PublicKey key) {
    if (!authority.marker().equals(AUTHORITY)) {
      return false;
    }
    String line =
        "%s %s %s %s"
            .formatted(AUTHORITY, KnownHost.written(host, port), authority.type(), authority.key());
    try {
      return new OpenSSHKnownHosts(new StringReader(line)).verify(host, port, key);
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> certificateTypes() {
    List<String> types = new ArrayList<>();
    for (KeyType type : KeyType.values()) {
      if (type.getParent() != null) {
        types.add(type.toString());
      }
    }
    return types;
  }

  private static String encode(PublicKey key) {
    byte[] bytes = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// As `ssh-keygen -l` shows it.
  private static String fingerprint(PublicKey key) {
    byte[] bytes = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    try {
      byte[] digest = SecurityUtils.getMessageDigest("SHA-256").digest(bytes);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (java.security.GeneralSecurityException e) {
      return KeyType.fromKey(key).toString();
    }
  }
}
