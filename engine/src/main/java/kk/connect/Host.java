package kk.connect;

import java.io.IOException;
import kk.connect.session.Shells;

/// The open line to a host, on which shells are started.
interface Host extends Shells, AutoCloseable {
  /// Who logged in.
  String user();

  /// In words, why shells end: the line broke, or only they did. Called when one has ended.
  String whyEnded(IOException e);

  /// Never fails, and may be called twice.
  @Override
  void close();
}
