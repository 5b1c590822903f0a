package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private final TestHost host;
  private final Object[] authority;

  CertificatesTest(@TempDir Path directory) {
    host = new TestHost(directory);
    authority =
        new Object[] {
          "key",
          host.path("ca.key"),
          "cert",
          host.path("ca.crt"),
          "common_name",
          "kk CA",
          "is_ca",
          true
        };
  }

  private Object[] leaf(Object... more) {
    Object[] fixed = {
      "key", host.path("pki/node.key"),
      "cert", host.path("pki/node.crt"),
      "ca_key", host.path("ca.key"),
      "ca_cert", host.path("ca.crt"),
      "common_name", "node1"
    };
    Object[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return all;
  }

  @Test
  void makesAChainThatOpensslTrusts() throws IOException, InterruptedException {
    host.onlyChecks(new GenCertModule(), authority);
    host.changed(new GenCertModule(), authority);
    host.unchanged(new GenCertModule(), authority);
    Object[] arguments = leaf("sans", List.of("node1", "10.0.0.1", "::1", "*.kk.test"));
    host.onlyChecks(new GenCertModule(), arguments);
    Map<String, Object> made = host.changed(new GenCertModule(), arguments);
    Map<String, Object> kept = host.unchanged(new GenCertModule(), arguments);

    assertEquals("it isn't there", made.get("reason"));
    assertEquals(made.get("fingerprint"), kept.get("fingerprint"));
    assertEquals("rw-------", permissions("pki/node.key"));
    assertEquals("rw-r--r--", permissions("pki/node.crt"));
    assertTrue(
        openssl(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-verify_ip",
                "10.0.0.1",
                "-CAfile",
                "ca.crt",
                "pki/node.crt")
            .contains("OK"));
    String text = openssl("x509", "-in", "pki/node.crt", "-noout", "-text");
    assertTrue(text.contains("DNS:node1"), text);
    assertTrue(text.contains("IP Address:10.0.0.1"), text);
    assertTrue(text.contains("TLS Web Server Authentication"), text);
    assertTrue(text.contains("CA:FALSE"), text);
    assertTrue(text.contains("Digital Signature"), text);
    assertTrue(openssl("x509", "-in", "ca.crt", "-noout", "-text").contains("CA:TRUE, pathlen:0"));
    assertTrue(
        openssl("x509", "-in", "pki/node.crt", "-noout", "-fingerprint", "-sha256")
            .contains(String.valueOf(made.get("fingerprint"))));
    assertEquals(0, host.roundTrips);
  }

  @Test
  void makesItAnewWhenItNoLongerServes() throws IOException {
    host.changed(new GenCertModule(), authority);
    host.changed(new GenCertModule(), leaf("sans", "node1"));
    assertEquals(
        "it lacks 10.0.0.9",
        host.changed(new GenCertModule(), leaf("sans", "node1,10.0.0.9")).get("reason"));
    host.unchanged(new GenCertModule(), leaf("sans", "node1"));
    assertTrue(
        String.valueOf(
                host.changed(new GenCertModule(), leaf("renew_before_days", 900L)).get("reason"))
            .startsWith("it ends on"));
    Files.copy(
        host.path("ca.key"),
        host.path("pki/node.key"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertEquals(
        "the key isn't the certificate's", host.changed(new GenCertModule(), leaf()).get("reason"));
    Files.delete(host.path("ca.key"));
    Files.delete(host.path("ca.crt"));
    host.changed(new GenCertModule(), authority);
    assertEquals(
        "another authority signed it", host.changed(new GenCertModule(), leaf()).get("reason"));
    assertEquals(
        "its key is of another kind",
        host.changed(new GenCertModule(), leaf("key_type", "rsa")).get("reason"));
  }

  @Test
  void acceptsACertificateOfOnesOwnOnlyWhenItServes() throws IOException {
    host.changed(new GenCertModule(), authority);
    host.changed(new GenCertModule(), leaf("sans", "registry.kk.test,*.nodes.kk.test,10.0.0.1"));
    Map<String, Object> told =
        host.unchanged(new CheckCertModule(), own("sans", "Registry.kk.test,a.nodes.kk.test"));
    assertTrue(told.containsKey("not_after"), told.toString());
    assertTrue(
        host.failure(
                new CheckCertModule(), own("sans", "registry.kk.test,10.0.0.2,a.b.nodes.kk.test"))
            .contains(
                "is not good for 10.0.0.2, a.b.nodes.kk.test; it is good for *.nodes.kk.test"));
    assertTrue(host.failure(new CheckCertModule(), own("days", 900L)).contains("ends on"));

    Files.copy(host.path("ca.key"), host.path("other.key"));
    assertTrue(
        host.failure(new CheckCertModule(), own("key", host.path("other.key")))
            .contains("is not the key of"));
    host.changed(
        new GenCertModule(),
        "key",
        host.path("other/ca.key"),
        "cert",
        host.path("other/ca.crt"),
        "common_name",
        "another CA",
        "is_ca",
        true);
    assertTrue(
        host.failure(new CheckCertModule(), own("ca_cert", host.path("other/ca.crt")))
            .contains("did not sign"));
    assertTrue(
        host.failure(new CheckCertModule(), own("ca_cert", host.path("ca.key")))
            .contains("holds no certificate"));
  }

  private Object[] own(Object... more) {
    Map<Object, Object> all = new java.util.LinkedHashMap<>();
    all.put("cert", host.path("pki/node.crt"));
    all.put("key", host.path("pki/node.key"));
    all.put("ca_cert", host.path("ca.crt"));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all.entrySet().stream()
        .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
        .toArray();
  }

  @Test
  void keepsTheKeyOfAnAuthorityThatIsRenewed() throws IOException, InterruptedException {
    host.changed(new GenCertModule(), authority);
    host.changed(new GenCertModule(), leaf());
    String key = host.text("ca.key");
    String certificate = host.text("ca.crt");
    Object[] renewed = java.util.Arrays.copyOf(authority, authority.length + 2);
    renewed[authority.length] = "force";
    renewed[authority.length + 1] = true;
    host.changed(new GenCertModule(), renewed);
    assertEquals(key, host.text("ca.key"));
    assertNotEquals(certificate, host.text("ca.crt"));
    host.unchanged(new GenCertModule(), leaf());
    assertTrue(openssl("verify", "-CAfile", "ca.crt", "pki/node.crt").contains("OK"));
  }

  @Test
  void writesRsaKeysTheOldWayToo() throws IOException, InterruptedException {
    host.changed(new GenCertModule(), authority);
    host.changed(new GenCertModule(), leaf("key_type", "rsa", "key_format", "pkcs1"));
    assertTrue(host.text("pki/node.key").startsWith("-----BEGIN RSA PRIVATE KEY-----"));
    assertTrue(openssl("rsa", "-in", "pki/node.key", "-check", "-noout").contains("RSA key ok"));
    host.unchanged(new GenCertModule(), leaf("key_type", "rsa", "key_format", "pkcs1"));
  }

  @Test
  void refusesBadNames() {
    assertTrue(
        host.refusal(new GenCertModule(), leaf("sans", List.of("hub:5000")))
            .contains("leave out the port"));
    assertTrue(
        host.refusal(new GenCertModule(), leaf("sans", "hub/x")).contains("leave out the path"));
    assertTrue(host.refusal(new GenCertModule(), leaf("sans", "a b")).contains("make a name"));
    assertTrue(
        host.refusal(new GenCertModule(), leaf("sans", "10.0.0.300")).contains("four numbers"));
    assertTrue(host.failure(new GenCertModule(), leaf()).contains("authority's"));
  }

  @Test
  void keepsPasswordsInHtpasswd() throws IOException {
    Path file = host.path("htpasswd");
    Object[] arguments = {"path", file, "name", "admin", "password", "s3cret'"};
    host.onlyChecks(new HtpasswdModule(), arguments);
    host.changed(new HtpasswdModule(), arguments);
    String entry = Files.readString(file);
    assertTrue(entry.matches("admin:\\$2y\\$10\\$[./A-Za-z0-9]{53}\n"), entry);
    assertEquals("rw-------", permissions("htpasswd"));
    host.roundTrips = 0;
    host.unchanged(new HtpasswdModule(), arguments);
    assertEquals(2, host.roundTrips);
    assertEquals(entry, Files.readString(file));
    arguments[5] = "other";
    host.changed(new HtpasswdModule(), arguments);
    assertNotEquals(entry, Files.readString(file));
    host.changed(
        new HtpasswdModule(), "path", file, "users", Map.of("bob", "x"), "exclusive", true);
    assertTrue(Files.readString(file).startsWith("bob:"));
    assertEquals(1, Files.readAllLines(file).size());
    host.changed(new HtpasswdModule(), "path", file, "name", "bob", "state", "absent");
    host.unchanged(new HtpasswdModule(), "path", file, "name", "bob", "state", "absent");
    assertTrue(
        host.refusal(new HtpasswdModule(), "path", file, "name", "a:b", "password", "x")
            .contains("can't be the name"));
    assertTrue(
        host.refusal(new HtpasswdModule(), "path", file, "name", "a", "password", "x".repeat(73))
            .contains("too long"));
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(host.path(name)));
  }

  private String openssl(String... words) throws IOException, InterruptedException {
    java.util.List<String> command = new java.util.ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(host.directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
