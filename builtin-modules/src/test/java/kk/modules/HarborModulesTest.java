package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import kk.spi.Module;
import kk.standin.HarborStandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against stand-ins for Harbor in this process. The host talks to them with its own curl.
class HarborModulesTest {
  private final TestHost host;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<HarborStandIn> open = new ArrayList<>();
  private final HarborStandIn one = opened(HarborStandIn.start());
  private final HarborStandIn two = opened(HarborStandIn.start());
  private final Cable toOne = new Cable(one.url().getPort());
  private final Cable toTwo = new Cable(two.url().getPort());
  private String password = HarborStandIn.PASSWORD;

  HarborModulesTest(@TempDir Path directory) throws IOException {
    host = new TestHost(directory);
  }

  private HarborStandIn opened(HarborStandIn harbor) {
    open.add(harbor);
    return harbor;
  }

  @AfterEach
  void stop() {
    toOne.close();
    toTwo.close();
    open.forEach(HarborStandIn::close);
    http.close();
  }

  private Object[] at(HarborStandIn harbor, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("url", harbor.url().toString()));
    arguments.addAll(List.of("password", password));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  private static void changesOnce(TestHost host, Module<?> module, Object... arguments) {
    host.inCheckMode();
    host.changed(module, arguments);
    host.checking = false;
    host.changed(module, arguments);
    host.unchanged(module, arguments);
  }

  @Test
  void makesProjects() {
    changesOnce(host, new HarborProjectModule(), at(one, "name", List.of("library", "a-b", "c")));
    changesOnce(host, new HarborProjectModule(), at(one, "name", List.of("c"), "public", true));
    Map<?, ?> info = host.unchanged(new HarborInfoModule(), at(one));
    assertEquals(
        "{a-b=false, c=true, library=true}",
        String.valueOf(info.get("projects")),
        String.valueOf(info));
    assertEquals("healthy", info.get("health"));
    assertEquals("v2.10.2", info.get("version"));
  }

  @Test
  void changesSettings() {
    changesOnce(host, new HarborSettingsModule(), at(one, "settings", Map.of("read_only", true)));
    assertEquals(true, host.unchanged(new HarborInfoModule(), at(one)).get("read_only"));
    one.breakDown("redis", "gone");
    assertEquals(
        List.of("redis"), host.unchanged(new HarborInfoModule(), at(one)).get("unhealthy"));
  }

  @Test
  void tellsWhoIsRefused() {
    password = "Wrong1234";
    assertTrue(
        host.failure(new HarborInfoModule(), at(one)).endsWith("refuses the password of admin"));
    String away = "http://127.0.0.1:1";
    assertTrue(
        host.failure(new HarborInfoModule(), "url", away, "password", "x")
            .startsWith(away + " does not answer: "));
    assertTrue(
        host.refusal(new HarborInfoModule(), "url", "10.0.0.1", "password", "x")
            .contains("such as https://10.0.0.1"));
  }

  @Test
  void isNotPutOffByWhoeverElseTriesAWrongPassword() throws Exception {
    lockTheAdministrator();
    host.unchanged(new HarborInfoModule(), at(one));
    lockTheAdministrator();
    host.changed(new HarborSettingsModule(), at(one, "settings", Map.of("read_only", true)));
  }

  private void lockTheAdministrator() throws Exception {
    password = "Wrong1234";
    assertEquals(401, send(one, "GET", "/v2/", "", new byte[0]).statusCode());
    password = HarborStandIn.PASSWORD;
    assertEquals(401, send(one, "GET", "/v2/", "", new byte[0]).statusCode());
  }

  @Test
  void changesThePasswordOfTheAdministrator() {
    changesOnce(host, new HarborPasswordModule(), at(one, "new_password", "Fresh1234"));
    assertTrue(
        host.refusal(new HarborPasswordModule(), at(one, "new_password", "short"))
            .contains("8 to 128 characters"));
    password = "Fresh1234";
    host.unchanged(new HarborInfoModule(), at(one));
    password = "Neither12";
    assertTrue(
        host.failure(new HarborPasswordModule(), at(one, "new_password", "Another12"))
            .contains("neither the old password nor the new one"));
  }

  @Test
  void givesProgramsAnAccountWithAPasswordOfOnesChoice() {
    changesOnce(
        host,
        new HarborRobotModule(),
        at(one, "name", "ci", "secret", "Robot1234", "access", List.of("pull", "push")));
    changesOnce(host, new HarborRobotModule(), at(one, "name", "ci", "secret", "Robot5678"));
    changesOnce(
        host,
        new HarborRobotModule(),
        at(one, "name", "ci", "secret", "Robot5678", "projects", List.of("library"), "days", 30L));
  }

  @Test
  void handsOnWhatIsPushedAndForgetsOnDemand() throws Exception {
    Object[] peer =
        at(one, "name", "two", "peer_url", two.url().toString(), "peer_password", password);
    changesOnce(host, new HarborPeerModule(), peer);
    String digest = push(one, "library/app", "1");
    awaitContents(two, "library/app:1=" + digest);
    Object known = host.unchanged(new HarborInfoModule(), at(one));
    assertEquals("two", Json.text(known, "peers", 0, "name"));
    assertEquals("Succeed", Json.text(known, "peers", 0, "last"));
    assertEquals("true", Json.text(known, "peers", 0, "enabled"));
    // another password there: Harbor can't log in any more, and is told anew
    host.changed(new HarborPasswordModule(), at(two, "new_password", "Fresh1234"));
    changesOnce(
        host,
        new HarborPeerModule(),
        at(one, "name", "two", "peer_url", two.url().toString(), "peer_password", "Fresh1234"));
    changesOnce(host, new HarborPeerModule(), at(one, "name", "two", "state", "absent"));
    assertEquals(List.of(), host.unchanged(new HarborInfoModule(), at(one)).get("peers"));
  }

  @Test
  void asksNoMoreThanItHasTo() throws Exception {
    introduce();
    HarborStandIn forgiving = opened(HarborStandIn.options().loginLock(Duration.ZERO).start());
    Object[] robot = at(forgiving, "name", "ci", "secret", "Robot1234");
    host.run(new HarborRobotModule(), robot);
    Object[] peer =
        at(
            one,
            "name",
            "two",
            "peer_url",
            "http://127.0.0.1:" + toTwo.port(),
            "peer_password",
            password);
    push(one, "library/app", "1");
    push(one, "library/other", "1");
    awaitContents(two, "library/app:1=", "library/other:1=");
    host.run(new HarborSyncModule(), sync());
    assertEquals(
        1,
        roundTrips(new HarborProjectModule(), at(one, "name", List.of("library"), "public", true)));
    assertEquals(
        1, roundTrips(new HarborSettingsModule(), at(one, "settings", Map.of("read_only", false))));
    assertEquals(1, roundTrips(new HarborPasswordModule(), at(one, "new_password", password)));
    assertEquals(2, roundTrips(new HarborRobotModule(), robot));
    assertEquals(4, roundTrips(new HarborPeerModule(), peer));
    assertEquals(6, roundTrips(new HarborInfoModule(), at(one)));
    // three for each Harbor however many images there are, and three for what is handed on
    assertEquals(9, roundTrips(new HarborSyncModule(), sync()));
  }

  private int roundTrips(Module<?> module, Object... arguments) {
    host.roundTrips = 0;
    host.unchanged(module, arguments);
    return host.roundTrips;
  }

  @Test
  void refusesAPeerThatCannotBeLoggedInTo() {
    String why =
        host.failure(
            new HarborPeerModule(),
            at(one, "name", "two", "peer_url", two.url().toString(), "peer_password", "Wrong1234"));
    assertTrue(why.contains("unhealthy") && !why.contains("Wrong1234"), why);
  }

  /// A pair that copies both ways, which were equal once.
  private void introduce() {
    host.run(
        new HarborPeerModule(),
        at(
            one,
            "name",
            "two",
            "peer_url",
            "http://127.0.0.1:" + toTwo.port(),
            "peer_password",
            password));
    host.run(
        new HarborPeerModule(),
        at(
            two,
            "name",
            "one",
            "peer_url",
            "http://127.0.0.1:" + toOne.port(),
            "peer_password",
            password));
  }

  private Object[] sync(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(at(two, more)));
    arguments.addAll(List.of("source", one.url().toString(), "source_name", "one", "name", "two"));
    arguments.addAll(List.of("records", host.path("records")));
    return arguments.toArray();
  }

  @Test
  void strangersGiveEachOtherWhatTheyHave() throws Exception {
    String a = push(one, "library/a", "1");
    String b = push(two, "library/b", "1");
    host.changed(new HarborProjectModule(), at(one, "name", List.of("empty"), "public", true));
    introduce();

    host.inCheckMode();
    assertEquals(
        List.of("library/a:1"), host.changed(new HarborSyncModule(), sync()).get("arrived"));
    host.checking = false;
    assertFalse(host.path("records").toFile().exists());
    Map<String, Object> found = host.changed(new HarborSyncModule(), sync());

    assertEquals(List.of("library/a:1"), found.get("arrived"));
    assertEquals(List.of("library/b:1"), found.get("given"));
    assertEquals(List.of(), found.get("conflicts"));
    for (HarborStandIn harbor : open) {
      awaitContents(harbor, "library/a:1=" + a, "library/b:1=" + b);
    }
    assertTrue(
        String.valueOf(host.unchanged(new HarborInfoModule(), at(two)).get("projects"))
            .contains("empty=true"));
    host.unchanged(new HarborSyncModule(), sync());
  }

  @Test
  void whoWasAwayGetsWhatItMissedAndLosesWhatIsGone() throws Exception {
    introduce();
    push(one, "library/app", "stays");
    push(one, "library/app", "goes");
    String before = push(one, "library/app", "moves");
    awaitContents(two, "library/app:moves=" + before);
    host.run(new HarborSyncModule(), sync());

    toTwo.cut();
    delete(one, "library/app", "goes");
    String after = push(one, "library/app", "moves", "newer");
    push(one, "library/fresh", "1");
    awaitLast(one, "Failed");
    toTwo.mend();
    Map<String, Object> found = host.changed(new HarborSyncModule(), sync());

    assertEquals(List.of(), found.get("conflicts"), found.toString());
    assertTrue(String.valueOf(found.get("removed")).contains("library/app:goes"), found::toString);
    awaitContents(two, "library/app:moves=" + after, "!library/app:goes", "library/fresh:1=");
    awaitContents(one, "library/app:moves=" + after, "library/app:stays=", "library/fresh:1=");
    host.unchanged(new HarborSyncModule(), sync());
  }

  @Test
  void whatWasDeliveredWhenItCameNeedsNoRecord() throws Exception {
    introduce();
    push(one, "library/old", "1");
    awaitContents(two, "library/old:1=");
    host.run(new HarborSyncModule(), sync());
    // since then nobody compared
    push(one, "library/app", "goes");
    awaitContents(two, "library/app:goes=");
    awaitLast(two, "Succeed");

    toTwo.cut();
    delete(one, "library/app", "goes");
    awaitLast(one, "Failed");
    toTwo.mend();

    Map<String, Object> found = host.changed(new HarborSyncModule(), sync());
    assertEquals(List.of("library/app:goes"), found.get("removed"), found.toString());
    awaitContents(two, "!library/app:goes", "library/old:1=");
  }

  @Test
  void whoIsInstalledAnewTakesNothingFromOthers() throws Exception {
    introduce();
    push(two, "library/app", "1");
    awaitContents(one, "library/app:1=");
    host.run(new HarborSyncModule(), sync());

    // `one` is made anew: as kk does then, its record goes
    delete(one, "library/app", "1");
    awaitContents(two, "!library/app:1");
    toOne.cut();
    String kept = push(two, "library/app", "1");
    awaitLast(two, "Failed");
    toOne.mend();
    java.nio.file.Files.delete(host.path("records/one.json"));

    Map<String, Object> found = host.changed(new HarborSyncModule(), sync());
    assertEquals(List.of("library/app:1"), found.get("given"), found.toString());
    awaitContents(one, "library/app:1=" + kept);
  }

  @Test
  void whatBothTookAloneIsToldAndStays() throws Exception {
    introduce();
    push(one, "library/app", "1");
    awaitContents(two, "library/app:1=");
    host.run(new HarborSyncModule(), sync());

    toOne.cut();
    toTwo.cut();
    String left = push(one, "library/app", "1", "left");
    String right = push(two, "library/app", "1", "right");
    push(two, "library/app", "only-here", "only");
    awaitLast(one, "Failed");
    awaitLast(two, "Failed");
    toOne.mend();
    toTwo.mend();
    Map<String, Object> found = host.unchanged(new HarborSyncModule(), sync());

    List<String> told =
        Json.list(found, "conflicts").stream()
            .map(each -> Json.text(each, "image"))
            .sorted()
            .toList();
    assertEquals(List.of("library/app:1", "library/app:only-here"), told);
    awaitContents(one, "library/app:1=" + left);
    awaitContents(two, "library/app:1=" + right, "library/app:only-here=");

    found = host.changed(new HarborSyncModule(), sync("settle", true));
    assertEquals(List.of(), found.get("conflicts"));
    awaitContents(two, "library/app:1=" + left, "!library/app:only-here");
    awaitContents(one, "library/app:1=" + left);
  }

  private String push(HarborStandIn harbor, String repository, String tag) throws Exception {
    return push(harbor, repository, tag, repository + tag);
  }

  /// Pushes an image without layers, different for each text.
  private String push(HarborStandIn harbor, String repository, String tag, String text)
      throws Exception {
    byte[] config =
        ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\""
                + text
                + "\"]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
            .getBytes(StandardCharsets.UTF_8);
    String path = "/v2/" + repository;
    HttpResponse<String> begun = send(harbor, "POST", path + "/blobs/uploads/", "", new byte[0]);
    String place = begun.headers().firstValue("Location").orElseThrow();
    String separator = place.contains("?") ? "&" : "?";
    assertEquals(
        201,
        send(
                harbor,
                "PUT",
                place + separator + "digest=" + digest(config),
                "application/octet-stream",
                config)
            .statusCode());
    String type = "application/vnd.docker.distribution.manifest.v2+json";
    byte[] manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},"layers":[]}"""
            .formatted(type, config.length, digest(config))
            .getBytes(StandardCharsets.UTF_8);
    assertEquals(201, send(harbor, "PUT", path + "/manifests/" + tag, type, manifest).statusCode());
    return digest(manifest);
  }

  private void delete(HarborStandIn harbor, String repository, String tag) throws Exception {
    int slash = repository.indexOf('/');
    String path =
        "/api/v2.0/projects/%s/repositories/%s/artifacts/%s"
            .formatted(repository.substring(0, slash), repository.substring(slash + 1), tag);
    assertEquals(200, send(harbor, "DELETE", path, "", new byte[0]).statusCode());
  }

  private HttpResponse<String> send(
      HarborStandIn harbor, String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    String login = "admin:" + password;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(harbor.url().resolve(URI.create(path)))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private HarborContents contents(HarborStandIn harbor) throws Exception {
    HarborLogin login =
        new HarborLogin(
            harbor.url().toString(),
            "admin",
            new kk.spi.Secret(password),
            java.util.Optional.empty());
    return HarborContents.read(new HarborApi(host, login));
  }

  /// Waits until a Harbor has images (`library/app:1=` and how a digest begins), or has them no
  /// longer (`!library/app:1`).
  private void awaitContents(HarborStandIn harbor, String... wanted) throws Exception {
    String found = "";
    for (int attempt = 0; attempt < 100; attempt++) {
      List<String> all = new ArrayList<>();
      contents(harbor)
          .repositories()
          .forEach(
              (name, repository) ->
                  repository
                      .tags()
                      .forEach((tag, digest) -> all.add(name + ":" + tag + "=" + digest)));
      found = all.toString();
      boolean there = true;
      for (String each : wanted) {
        boolean absent = each.startsWith("!");
        String start = absent ? each.substring(1) + "=" : each;
        there &= all.stream().anyMatch(image -> image.startsWith(start)) != absent;
      }
      if (there) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(List.of(wanted) + " in " + found);
  }

  /// Waits until the last of what a Harbor handed on has ended so.
  private void awaitLast(HarborStandIn harbor, String status) throws Exception {
    for (int attempt = 0; attempt < 100; attempt++) {
      Object known = host.unchanged(new HarborInfoModule(), at(harbor));
      if (Json.text(known, "peers", 0, "last").equals(status)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("nothing " + status);
  }
}
