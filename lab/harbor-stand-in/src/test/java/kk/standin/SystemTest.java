package kk.standin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import kk.standin.core.Store;
import org.junit.jupiter.api.Test;

class SystemTest extends OneStandIn {
  @Test
  void answersWhatNeedsNoLogin() {
    assertEquals("Pong", nobody.get("/ping").http().body());
    assertEquals("v2.0", nobody.get("/api/version").json().path("version").asText());
    assertTrue(
        nobody.get("/systeminfo").json().path("harbor_version").asText().startsWith("v2.10.2-"));
    assertFalse(nobody.get("/systeminfo").json().has("read_only"));
    assertTrue(admin.get("/systeminfo").json().has("read_only"));
    assertEquals(404, nobody.get("/systeminfo/getcert").status());
    assertEquals(404, nobody.get("/nothing").status());
  }

  @Test
  void healthIs200AndTellsWhatIsBroken() {
    assertEquals("healthy", nobody.get("/health").json().path("status").asText());
    harbor.breakDown("redis", "no route");
    Client.Reply health = nobody.get("/health");
    assertEquals(200, health.status());
    assertEquals("unhealthy", health.json().path("status").asText());
    assertEquals("no route", health.json().at("/components/4/error").asText());
    harbor.repair("redis");
    assertEquals("healthy", nobody.get("/health").json().path("status").asText());
  }

  @Test
  void aFailedLoginLocksTheUserForAMoment() throws IOException {
    try (HarborStandIn locking = HarborStandIn.options().loginLock(Duration.ofHours(1)).start()) {
      assertEquals(200, Client.admin(locking).get("/configurations").status());
      assertEquals(401, new Client(locking, "admin:wrong").get("/configurations").status());
      assertEquals(401, Client.admin(locking).get("/configurations").status());
    }
    assertEquals(401, new Client(harbor, "admin:wrong").get("/configurations").status());
    await().until(() -> admin.get("/configurations").status() == 200);
  }

  @Test
  void thePasswordChangesByTheRules() {
    String change = "{\"old_password\":\"%s\",\"new_password\":\"%s\"}";
    String old = HarborStandIn.PASSWORD;
    assertEquals(403, password(change.formatted("Wrong12345", "Another123")));
    assertEquals(400, password(change.formatted(old, "short1A")));
    assertEquals(400, password(change.formatted(old, "nouppercase1")));
    assertEquals(400, password(change.formatted(old, old)));
    assertEquals(200, password(change.formatted(old, "Another123")));
    assertEquals(200, new Client(harbor, "admin:Another123").get("/users/current").status());
  }

  private int password(String body) {
    return admin.send("PUT", "/users/1/password", body).status();
  }

  @Test
  void aSessionCookieAsksForATokenOnWrites() {
    String sid = admin.get("/projects").header("Set-Cookie").split(";", -1)[0];
    assertTrue(sid.startsWith("sid="));
    String body = "{\"project_name\":\"p\"}";
    Client.Reply refused = admin.send("POST", "/projects", body, "Cookie", sid);
    assertEquals(403, refused.status());
    assertEquals("FORBIDDEN", refused.json().at("/errors/0/code").asText());
    String token = admin.send("GET", "/projects", "", "Cookie", sid).header("X-Harbor-CSRF-Token");
    assertEquals(
        201,
        admin
            .send("POST", "/projects", body, "Cookie", sid, "X-Harbor-CSRF-Token", token)
            .status());
  }

  @Test
  void readOnlyDeniesWrites() {
    assertEquals(200, admin.send("PUT", "/configurations", "{\"read_only\":true}").status());
    Client.Reply denied = admin.send("POST", "/projects", "{\"project_name\":\"p\"}");
    assertEquals(403, denied.status());
    assertEquals("DENIED", denied.json().at("/errors/0/code").asText());
    assertEquals(403, admin.send("POST", "/v2/library/a/blobs/uploads/", "").status());
    assertEquals(200, admin.send("PUT", "/configurations", "{\"read_only\":false}").status());
    assertEquals(201, admin.send("POST", "/projects", "{\"project_name\":\"p\"}").status());
    assertEquals(400, admin.send("PUT", "/configurations", "{\"read_only\":\"yes\"}").status());
  }

  @Test
  void keepsAScheduleOfGarbageCollection() {
    String weekly =
        "{\"schedule\":{\"type\":\"Weekly\",\"cron\":\"%s\"},\"parameters\":{\"workers\":%d}}";
    assertEquals(
        400, admin.send("POST", "/system/gc/schedule", weekly.formatted("0 0 * * 0", 1)).status());
    assertEquals(
        400,
        admin.send("POST", "/system/gc/schedule", weekly.formatted("0 0 0 * * 0", 6)).status());
    assertEquals(
        201,
        admin.send("POST", "/system/gc/schedule", weekly.formatted("0 0 0 * * 0", 1)).status());
    assertEquals("Weekly", admin.get("/system/gc/schedule").json().at("/schedule/type").asText());
    assertEquals(
        200,
        admin.send("PUT", "/system/gc/schedule", "{\"schedule\":{\"type\":\"None\"}}").status());
    assertTrue(admin.get("/system/gc/schedule").json().isEmpty());
  }

  @Test
  void theDatabaseOfAnOlderVersionIsTakenWhereTheTableAllows() throws IOException {
    Store.Database database = new Store.Memory();
    HarborStandIn.options().database(database).version("v2.10.2").start().close();
    assertThrows(
        IllegalStateException.class,
        () -> HarborStandIn.options().database(database).version("v2.14.0").start());
    HarborStandIn.options().database(database).version("v2.12.0").start().close();
    assertThrows(
        IllegalStateException.class,
        () -> HarborStandIn.options().database(database).version("v2.11.2").start());
    HarborStandIn.options().database(database).version("v2.14.0").start().close();
  }
}
