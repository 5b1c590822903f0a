package kk.playbook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `meta:` can do to the run itself.
public enum MetaAction {
  /// Run the handlers notified so far.
  FLUSH_HANDLERS,
  /// This host is done with the play.
  END_HOST,
  /// All hosts are done with the play.
  END_PLAY,
  /// All hosts of the batch are done with the play.
  END_BATCH,
  /// This host is done with the role.
  END_ROLE,
  /// Failed and unreachable hosts are taken back.
  CLEAR_HOST_ERRORS,
  /// Facts of the host are forgotten.
  CLEAR_FACTS,
  /// The sources of the inventory are read again.
  REFRESH_INVENTORY,
  /// The host's connection is ended; the next task opens a new one.
  RESET_CONNECTION,
  /// Nothing.
  NOOP;

  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MetaAction> find(String written) {
    return Arrays.stream(values()).filter(action -> action.written().equals(written)).findFirst();
  }

  public static List<String> allWritten() {
    return Arrays.stream(values()).map(MetaAction::written).toList();
  }
}
