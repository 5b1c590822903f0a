package kk.vault;

import kk.spi.Secret;

/// A password that opens encrypted texts.
///
/// @param label the vault id that texts made with it carry; [#DEFAULT] for none
public record VaultKey(String label, Secret password) {
  public static final String DEFAULT = "default";
}
