package kk.modules;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.Secret;
import kk.spi.SharedArguments;

/// How a host talks with a web server: who it says it is, and whom it believes.
public record WebAccess(
    @Doc("headers of the request") Optional<Map<String, String>> headers,
    @Doc("names of headers that are not sent where a redirection leads")
        Optional<List<String>> unredirectedHeaders,
    @Doc("what the host calls itself") @Default("ansible-httpget") String httpAgent,
    @Doc("user to log in as") @Alias({"user", "username"}) Optional<String> urlUsername,
    @Doc("password of that user") @Alias("password") Optional<Secret> urlPassword,
    @Doc("send the login at once, not only when the server asks for it") @Default("false")
        boolean forceBasicAuth,
    @Doc("log in by the host's Kerberos ticket; its curl has to know GSSAPI") @Default("false")
        boolean useGssapi,
    @Doc("log in with what ~/.netrc on the host says") @Default("true") boolean useNetrc,
    @Doc("refuse certificates nobody we trust has signed") @Default("true") boolean validateCerts,
    @Doc("file on the host with certificates to trust") Optional<String> caPath,
    @Doc("client certificate, a file on the host") Optional<String> clientCert,
    @Doc("key of the client certificate, a file on the host") Optional<String> clientKey,
    @Doc("ciphers for TLS that may be used, by OpenSSL's names") Optional<List<String>> ciphers,
    @Doc("use the host's proxy settings") @Default("true") boolean useProxy,
    @Doc("unpack an answer that comes packed by gzip") @Default("true") boolean decompress)
    implements SharedArguments {

  /// Headers that let somebody in, so they are for one server.
  private static final List<String> LOGINS =
      List.of("authorization", "cookie", "proxy-authorization");

  /// What curl would say, and Ansible doesn't.
  private static final Map<String, String> USUAL =
      Map.of("Accept", "", "Accept-Encoding", " identity", "Expect", "");

  /// Nothing but what is usual, so that any program can do it.
  boolean isPlain() {
    return headers.isEmpty()
        && urlUsername.isEmpty()
        && caPath.isEmpty()
        && clientCert.isEmpty()
        && ciphers.isEmpty()
        && useProxy
        && !useGssapi
        && httpAgent.equals("ansible-httpget");
  }

  /// What a body is, as far as the headers say it.
  Optional<String> contentType() {
    return given().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /// What curl has to know that no list of processes may show, but for what a body is.
  void into(WebRequest request) {
    USUAL.forEach(
        (name, value) -> {
          if (given().keySet().stream().noneMatch(name::equalsIgnoreCase)) {
            request.always().option("header", name + ":" + value);
          }
        });
    request.always().option("user-agent", httpAgent);
    given()
        .forEach((name, value) -> part(request, name).ifPresent(part -> part.header(name, value)));
    request.sameServer().user(urlUsername, urlPassword);
    if (useGssapi) {
      request.sameServer().option("negotiate");
      if (urlUsername.isEmpty()) {
        request.sameServer().option("user", ":");
      }
    } else if (urlUsername.isPresent() && !forceBasicAuth) {
      request.sameServer().option("basic").option("digest");
    }
    if (useNetrc) {
      request.always().option("netrc-optional");
    }
    if (!useProxy) {
      request.always().option("noproxy", "*");
    }
    request.always().option("ciphers", ciphers.map(names -> String.join(":", names)));
  }

  private Map<String, String> given() {
    return headers.orElse(Map.of());
  }

  private Optional<CurlConfig> part(WebRequest request, String header) {
    String name = header.toLowerCase(Locale.ROOT);
    if (name.equals("content-type")) {
      return Optional.empty();
    }
    if (unredirectedHeaders.orElse(List.of()).stream().anyMatch(name::equalsIgnoreCase)) {
      return Optional.of(request.first());
    }
    return Optional.of(LOGINS.contains(name) ? request.sameServer() : request.always());
  }

  /// Sets the variables that `http.sh` reads.
  Script into(Script script) {
    return script
        .set("insecure", !validateCerts)
        .setPath("ca_path", caPath)
        .setPath("client_cert", clientCert)
        .setPath("client_key", clientKey)
        .set("decompress", decompress);
  }
}
