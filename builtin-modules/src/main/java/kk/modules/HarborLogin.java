package kk.modules;

import java.util.Optional;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.Secret;
import kk.spi.SharedArguments;

/// Where a Harbor is and who talks to it.
public record HarborLogin(
    @Doc("address of Harbor as this host reaches it, such as `https://10.0.0.1`") String url,
    @Doc("who logs in") @Default("admin") String username,
    @Doc("the password of `username`") Secret password,
    @Doc("file on the host with the authority that Harbor's certificate is signed by")
        Optional<String> caPath)
    implements SharedArguments {

  public HarborLogin {
    if (!url.matches("https?://[^/]+/?")) {
      throw new IllegalArgumentException("`url` is an address such as https://10.0.0.1");
    }
    url = url.replaceFirst("/$", "");
  }

  /// The same user at another Harbor.
  HarborLogin at(String otherUrl) {
    return new HarborLogin(otherUrl, username, password, caPath);
  }

  /// The same user with another password.
  HarborLogin with(Secret otherPassword) {
    return new HarborLogin(url, username, otherPassword, caPath);
  }
}
