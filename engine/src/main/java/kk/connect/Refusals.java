package kk.connect;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;

/// Puts failures of the network and of sshj into words.
final class Refusals {
  private Refusals() {}

  /// Why a connection didn't come up.
  static String connecting(Throwable e, Duration limit) {
    return switch (e) {
      case UnknownHostException _ -> "unknown host name";
      case NoRouteToHostException _ -> "no route to host";
      case SocketTimeoutException _ -> "timed out after " + Words.of(limit);
      case TimeoutException _ -> "timed out after " + Words.of(limit);
      case ConnectException refused -> connect(refused, limit);
      case TransportException transport
          when transport.getDisconnectReason() == DisconnectReason.KEY_EXCHANGE_FAILED ->
          "no algorithm in common: " + transport.getMessage();
      default -> e.getCause() == null ? lost(e) : connecting(e.getCause(), limit);
    };
  }

  /// Why an open connection broke.
  static String lost(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof EOFException
        || message.contains("EOF")
        || message.contains("closed connection")) {
      return "the host closed the connection";
    }
    if (message.contains("keep-alive")) {
      return "no sign of life from the host";
    }
    return message.equals("null") ? e.getClass().getSimpleName() : message;
  }

  private static String connect(ConnectException e, Duration limit) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("timed out")) {
      return "timed out after " + Words.of(limit);
    }
    return message.replaceFirst(" \\(.*", "");
  }
}
