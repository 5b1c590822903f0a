package kk.connect;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/// A running `ssh-agent`: lists its keys and signs with them. One question per visit.
final class Agent {
  private static final byte LIST = 11;
  private static final byte KEYS = 12;
  private static final byte SIGN = 13;
  private static final byte SIGNED = 14;
  private static final int LARGEST_ANSWER = 256 * 1024;

  private final Path socket;

  Agent(Path socket) {
    this.socket = socket;
  }

  List<Identity> identities() throws IOException {
    Buffer.PlainBuffer answer = ask(new Buffer.PlainBuffer().putByte(LIST), KEYS);
    List<Identity> identities = new ArrayList<>();
    int count = answer.readUInt32AsInt();
    for (int i = 0; i < count; i++) {
      identities.add(new Identity(answer.readBytes(), answer.readString(StandardCharsets.UTF_8)));
    }
    return identities;
  }

  byte[] sign(Identity identity, byte[] data) throws IOException {
    Buffer.PlainBuffer question =
        new Buffer.PlainBuffer()
            .putByte(SIGN)
            .putBytes(identity.key())
            .putBytes(data)
            .putUInt32(identity.signatureFlags());
    return ask(question, SIGNED).readBytes();
  }

  private Buffer.PlainBuffer ask(Buffer.PlainBuffer question, byte expected) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      byte[] message =
          new Buffer.PlainBuffer().putBytes(question.getCompactData()).getCompactData();
      ByteBuffer out = ByteBuffer.wrap(message);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
      int length = in.readInt();
      if (length < 1 || length > LARGEST_ANSWER) {
        throw new IOException("the agent's answer makes no sense");
      }
      Buffer.PlainBuffer answer = new Buffer.PlainBuffer(in.readNBytes(length));
      if (answer.readByte() != expected) {
        throw new IOException("the agent refused");
      }
      return answer;
    }
  }

  /// A key that the agent holds.
  ///
  /// @param key the public key as it goes over the wire
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Identity(byte[] key, String comment) {
    private static final int RSA_SHA2_512 = 4;

    String type() throws IOException {
      return new Buffer.PlainBuffer(key).readString(StandardCharsets.UTF_8);
    }

    /// The algorithm to sign with: plain RSA keys would use SHA-1 if not told otherwise.
    String algorithm() throws IOException {
      return type().equals("ssh-rsa") ? "rsa-sha2-512" : type();
    }

    int signatureFlags() throws IOException {
      return type().equals("ssh-rsa") ? RSA_SHA2_512 : 0;
    }
  }
}
