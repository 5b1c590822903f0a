package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kk.spi.Module;
import kk.standin.HarborStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarborModulesTest extends TwoHarbors {
  HarborModulesTest(@TempDir Path directory) throws IOException {
    super(directory);
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
    Object[] peer = peerAt(one, "two", toTwo);
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
}
