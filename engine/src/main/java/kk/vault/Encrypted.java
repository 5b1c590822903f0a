package kk.vault;

import kk.source.Span;

/// A value that a file holds encrypted: what stands behind `!vault`. It is opened when it is asked
/// for, so that nobody needs a password for what isn't used.
///
/// @param text the encrypted text, its header first
/// @param at where it stands
public record Encrypted(String text, Span at) {
  @Override
  public String toString() {
    return "encrypted at " + at;
  }
}
