package kk.standin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import kk.standin.core.Store;
import kk.standin.core.TokenKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicationTest {
  private HarborStandIn here;
  private HarborStandIn there;
  private Client one;
  private Client two;

  @BeforeEach
  void start() throws IOException {
    here = HarborStandIn.start();
    there = HarborStandIn.start();
    one = Client.admin(here);
    two = Client.admin(there);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  private static Client.Reply register(Client on, URI peer, String password) {
    return on.send(
        "POST",
        "/registries",
        """
        {"name":"peer","type":"harbor","url":"%s","insecure":false,
        "credential":{"type":"basic","access_key":"admin","access_secret":"%s"}}
        """
            .formatted(peer, password));
  }

  private static Client.Reply policy(Client on, String name, String more) {
    return on.send(
        "POST",
        "/replication/policies",
        """
        {"name":"%s","dest_registry":{"id":1},"trigger":{"type":"event_based"},"enabled":true,"override":true%s}
        """
            .formatted(name, more));
  }

  private static void toEachOther(Client one, HarborStandIn other) {
    assertEquals(201, register(one, other.url(), HarborStandIn.PASSWORD).status());
    assertEquals(201, policy(one, "all", ",\"deletion\":true").status());
  }

  private static JsonNode executions(Client on) {
    return on.get("/replication/executions?policy_id=1").json();
  }

  private static void awaitEnd(Client on, int executions) {
    await()
        .until(
            () ->
                executions(on).size() == executions
                    && executions(on)
                        .valueStream()
                        .noneMatch(e -> e.path("status").asText().equals("InProgress")));
  }

  private static String log(Client on, long execution) {
    String tasks = "/replication/executions/" + execution + "/tasks";
    long task = on.get(tasks).json().at("/0/id").asLong();
    return on.get(tasks + "/" + task + "/log").http().body();
  }

  @Test
  void aPeerIsTakenWhenItIsHealthy() throws Exception {
    Client.Reply wrong = register(one, there.url(), "Wrong12345");
    assertEquals(400, wrong.status());
    assertEquals("the registry is unhealthy", wrong.json().at("/errors/0/message").asText());
    assertEquals(400, register(one, URI.create("http://127.0.0.1:1"), "x").status());
    await().until(() -> register(one, there.url(), HarborStandIn.PASSWORD).status() == 201);
    assertEquals(409, register(one, there.url(), HarborStandIn.PASSWORD).status());
    assertEquals("*****", one.get("/registries/1").json().at("/credential/access_secret").asText());
    assertEquals(200, one.send("POST", "/registries/ping", "{\"id\":1}").status());
    assertEquals(200, one.send("PUT", "/registries/1", "{\"description\":\"x\"}").status());
    assertEquals(
        400, one.send("PUT", "/registries/1", "{\"url\":\"http://127.0.0.1:1\"}").status());
    String nested =
        "{\"credential\":{\"access_key\":\"admin\",\"access_secret\":\"Ignored12345\"}}";
    assertEquals(200, one.send("PUT", "/registries/1", nested).status());
    String flat = "{\"access_key\":\"admin\",\"access_secret\":\"Wrong12345\"}";
    assertEquals(400, one.send("PUT", "/registries/1", flat).status());
    assertEquals(201, policy(one, "p", "").status());
    assertEquals(412, one.send("DELETE", "/registries/1", "").status());
    assertEquals(200, one.send("DELETE", "/replication/policies/1", "").status());
    assertEquals(200, one.send("DELETE", "/registries/1", "").status());
  }

  @Test
  void aPeerWhoseTokensComeFromAnotherKeyIsUnhealthy() throws Exception {
    // all name the same token service, as nodes behind one address do
    try (HarborStandIn alien = HarborStandIn.options().externalUrl(here.url()).start()) {
      assertEquals(400, register(one, alien.url(), HarborStandIn.PASSWORD).status());
    }
    String key = TokenKey.generate(1024).pem();
    try (HarborStandIn holder = HarborStandIn.options().tokenKey(key).start();
        HarborStandIn kin =
            HarborStandIn.options().tokenKey(key).externalUrl(holder.url()).start()) {
      assertEquals(201, register(Client.admin(holder), kin.url(), HarborStandIn.PASSWORD).status());
    }
  }

  @Test
  void thePasswordOfAPeerIsLostWithTheSecretKey() throws IOException {
    Store.Database database = new Store.Memory();
    try (HarborStandIn first = HarborStandIn.options().database(database).start()) {
      Client admin = Client.admin(first);
      assertEquals(201, register(admin, there.url(), HarborStandIn.PASSWORD).status());
    }
    try (HarborStandIn same = HarborStandIn.options().database(database).start()) {
      assertEquals(200, Client.admin(same).send("POST", "/registries/ping", "{\"id\":1}").status());
    }
    try (HarborStandIn other =
        HarborStandIn.options().database(database).secretKey("another16charkey").start()) {
      assertEquals(
          400, Client.admin(other).send("POST", "/registries/ping", "{\"id\":1}").status());
    }
  }

  @Test
  void policiesAreCheckedAndReplacedWhole() {
    assertEquals(400, policy(one, "p", "").status());
    assertEquals(201, register(one, there.url(), HarborStandIn.PASSWORD).status());
    assertEquals(400, policy(one, "p", ",\"src_registry\":{\"id\":1}").status());
    assertEquals(400, policy(one, "p", ",\"trigger\":{\"type\":\"often\"}").status());
    assertEquals(
        400,
        policy(
                one,
                "p",
                ",\"trigger\":{\"type\":\"scheduled\",\"trigger_settings\":{\"cron\":\"0 * * * * *\"}}")
            .status());
    assertEquals(
        400,
        policy(
                one,
                "p",
                ",\"filters\":[{\"type\":\"name\",\"value\":\"**\",\"decoration\":\"matches\"}]")
            .status());
    assertEquals(
        400,
        policy(one, "p", ",\"filters\":[{\"type\":\"resource\",\"value\":\"chart\"}]").status());
    assertEquals(
        201,
        policy(
                one,
                "p",
                ",\"deletion\":true,\"filters\":[{\"type\":\"tag\",\"value\":\"v*\",\"decoration\":\"excludes\"}]")
            .status());
    assertEquals(409, policy(one, "p", "").status());
    JsonNode policy = one.get("/replication/policies/1").json();
    assertTrue(
        policy.path("deletion").asBoolean() && policy.path("replicate_deletion").asBoolean());
    assertEquals("peer", policy.at("/dest_registry/name").asText());
    String body = "{\"name\":\"p\",\"dest_registry\":{\"id\":1},\"replicate_deletion\":true}";
    assertEquals(200, one.send("PUT", "/replication/policies/1", body).status());
    policy = one.get("/replication/policies/1").json();
    assertEquals("manual", policy.at("/trigger/type").asText());
    assertEquals(0, policy.path("filters").size());
    assertTrue(!policy.path("deletion").asBoolean() && !policy.path("enabled").asBoolean());
    assertEquals(412, one.send("POST", "/replication/executions", "{\"policy_id\":1}").status());
    assertEquals(404, one.send("POST", "/replication/executions", "{\"policy_id\":9}").status());
  }

  @Test
  void pushesAndDeletionsGoBothWaysAndEnd() {
    toEachOther(one, there);
    toEachOther(two, here);
    assertEquals(
        201,
        one.send(
                "POST",
                "/projects",
                "{\"project_name\":\"team\",\"metadata\":{\"public\":\"true\"}}")
            .status());
    String digest = one.push("team/app", "1", "layer");
    awaitEnd(one, 1);
    assertEquals("Succeed", executions(one).at("/0/status").asText());
    assertEquals("true", two.get("/projects/team").json().at("/metadata/public").asText());
    assertEquals(
        digest,
        two.get("/projects/team/repositories/app/artifacts/1").json().path("digest").asText());
    awaitEnd(two, 1);
    assertTrue(log(two, 1).contains("same digest: skipped"));
    assertEquals(
        200,
        one.send("DELETE", "/projects/team/repositories/app/artifacts/" + digest, "").status());
    awaitEnd(one, 2);
    awaitEnd(two, 2);
    assertEquals(404, two.get("/projects/team/repositories/app/artifacts/1").status());
    assertTrue(log(two, 2).contains("is not there: skipped"));
    assertEquals("Succeed", executions(two).at("/0/status").asText());
  }

  @Test
  void anIndexGoesWithItsChildren() {
    toEachOther(one, there);
    String child = one.push("library/app", "", "layer");
    String index =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}]}"
            .formatted(Client.INDEX, Client.IMAGE, child);
    one.manifest("library/app", "1", Client.INDEX, index);
    awaitEnd(one, 2);
    JsonNode listed = two.get("/projects/library/repositories/app/artifacts").json();
    assertEquals(1, listed.size());
    assertEquals(child, listed.at("/0/references/0/child_digest").asText());
    assertEquals(
        200, two.docker("GET", "/v2/library/app/manifests/" + child, "", new byte[0]).status());
  }

  @Test
  void withoutOverrideAnotherArtifactStays() {
    assertEquals(201, register(one, there.url(), HarborStandIn.PASSWORD).status());
    assertEquals(201, policy(one, "p", ",\"override\":false").status());
    String theirs = two.push("library/app", "1", "theirs");
    one.push("library/app", "1", "ours");
    awaitEnd(one, 1);
    assertEquals("Succeed", executions(one).at("/0/status").asText());
    assertTrue(log(one, 1).contains("warning"));
    assertEquals(
        theirs,
        two.get("/projects/library/repositories/app/artifacts/1").json().path("digest").asText());
  }

  @Test
  void whatAPeerMissedIsLostUntilSomebodyAsks() throws IOException {
    toEachOther(one, there);
    int port = there.url().getPort();
    there.close();
    one.push("library/app", "1", "layer");
    awaitEnd(one, 1);
    JsonNode failed = executions(one).get(0);
    assertEquals("Failed", failed.path("status").asText());
    assertEquals(0, failed.path("total").asInt());
    assertTrue(failed.path("status_text").asText().contains("127.0.0.1:" + port), failed::toString);
    there = HarborStandIn.options().port(port).start();
    two = Client.admin(there);
    assertEquals(404, two.get("/projects/library/repositories/app/artifacts/1").status());
    Client.Reply started = one.send("POST", "/replication/executions", "{\"policy_id\":1}");
    assertEquals(201, started.status());
    awaitEnd(one, 2);
    assertEquals(
        "Succeed",
        one.get("/replication/executions/" + started.id()).json().path("status").asText());
    assertEquals(200, two.get("/projects/library/repositories/app/artifacts/1").status());
    assertEquals(1, one.get("/replication/executions?status=Failed").json().size());
    assertEquals(
        "manual",
        one.get("/replication/executions?sort=-start_time").json().at("/0/trigger").asText());
  }

  @Test
  void filtersSelect() {
    assertEquals(201, register(one, there.url(), HarborStandIn.PASSWORD).status());
    String filters =
        ",\"filters\":[{\"type\":\"name\",\"value\":\"library/team/**\"},{\"type\":\"tag\",\"value\":\"v{1,2}*\"}],\"dest_namespace\":\"copies\",\"dest_namespace_replace_count\":1";
    assertEquals(201, policy(one, "p", filters).status());
    one.push("library/other", "v1", "a");
    one.push("library/team/app", "v3", "b");
    one.push("library/team/app", "v1.0", "c");
    awaitEnd(one, 1);
    assertEquals(
        200, two.get("/projects/copies/repositories/team%252Fapp/artifacts/v1.0").status());
    assertEquals(404, two.get("/projects/copies/repositories/team%252Fapp/artifacts/v3").status());
  }

  @Test
  void aJobServiceThatTakesNothingFailsTheTask() {
    toEachOther(one, there);
    here.breakDown("jobservice", "the secret is another");
    one.push("library/app", "1", "layer");
    awaitEnd(one, 1);
    assertEquals("Failed", executions(one).at("/0/status").asText());
    assertEquals(1, executions(one).at("/0/failed").asInt());
    assertTrue(log(one, 1).contains("attempt 3 of 3 failed: the secret is another"));
  }

  @Test
  void onlyTheLastExecutionsAreKept() {
    assertEquals(201, register(one, there.url(), HarborStandIn.PASSWORD).status());
    assertEquals(201, policy(one, "p", "").status());
    for (int i = 0; i < 53; i++) {
      assertEquals(201, one.send("POST", "/replication/executions", "{\"policy_id\":1}").status());
    }
    Client.Reply all = one.get("/replication/executions?page_size=100");
    assertEquals("50", all.header("X-Total-Count"));
    assertEquals(53, all.json().at("/0/id").asInt());
    assertEquals(
        "no resources need to be replicated", executions(one).at("/9/status_text").asText());
  }
}
