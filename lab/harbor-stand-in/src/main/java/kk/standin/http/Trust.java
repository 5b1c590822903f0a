package kk.standin.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// HTTP clients that trust the certificates in a folder beside those of the system, or all.
public final class Trust {
  private final HttpClient verifying;
  private final HttpClient insecure;

  /// Reads the certificates now.
  ///
  /// @param folder PEM files; it need not be there
  public Trust(Path folder) {
    try {
      verifying = client(verifying(folder));
      insecure = client(new Anyone());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot read the certificates in " + folder, e);
    }
  }

  public HttpClient client(boolean insecurely) {
    return insecurely ? insecure : verifying;
  }

  private static HttpClient client(TrustManager trust) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust}, null);
    return HttpClient.newBuilder()
        .sslContext(context)
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  private static TrustManager verifying(Path folder) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (X509Certificate known : known()) {
      store.setCertificateEntry("known " + store.size(), known);
    }
    for (Path file : Files.isDirectory(folder) ? filesIn(folder) : List.<Path>of()) {
      try (InputStream in = Files.newInputStream(file)) {
        for (Certificate own : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          store.setCertificateEntry("own " + store.size(), own);
        }
      }
    }
    return managers(store)[0];
  }

  private static X509Certificate[] known() throws GeneralSecurityException {
    return managers(null)[0] instanceof X509TrustManager manager
        ? manager.getAcceptedIssuers()
        : new X509Certificate[0];
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /// Takes every certificate for every name: what `insecure` asks for.
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
