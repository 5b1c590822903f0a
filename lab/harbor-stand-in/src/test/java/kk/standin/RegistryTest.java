package kk.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import kk.standin.core.TokenKey;
import org.junit.jupiter.api.Test;

class RegistryTest extends OneStandIn {
  @Test
  void challengesAndTakesTokensAndPasswords() {
    Client.Reply challenge = nobody.get("/v2/");
    assertEquals(401, challenge.status());
    assertEquals(
        "Bearer realm=\"" + harbor.url() + "/service/token\",service=\"harbor-registry\"",
        challenge.header("Www-Authenticate"));
    assertEquals(200, admin.get("/v2/").status());
    assertEquals(200, admin.docker("GET", "/v2/", "", new byte[0]).status());
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() throws IOException {
    String challenge = nobody.get("/v2/").header("Www-Authenticate");
    try (HarborStandIn other = HarborStandIn.start()) {
      String foreign =
          Client.admin(other)
              .token(challenge.replace(harbor.url().toString(), other.url().toString()));
      assertEquals(
          401, nobody.send("GET", "/v2/", "", "Authorization", "Bearer " + foreign).status());
    }
    String own = admin.token(challenge);
    assertEquals(200, nobody.send("GET", "/v2/", "", "Authorization", "Bearer " + own).status());
  }

  @Test
  void nodesWithOneKeyTakeEachOthersTokens() throws Exception {
    String key = TokenKey.generate(1024).pem();
    try (HarborStandIn one = HarborStandIn.options().tokenKey(key).start();
        HarborStandIn two = HarborStandIn.options().tokenKey(key).externalUrl(one.url()).start()) {
      assertEquals(200, Client.admin(two).docker("GET", "/v2/", "", new byte[0]).status());
    }
  }

  @Test
  void aKeyOfPkcs8MakesNoTokens() throws IOException, GeneralSecurityException {
    byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n";
    try (HarborStandIn wrong = HarborStandIn.options().tokenKey(pem).start()) {
      assertEquals(500, Client.admin(wrong).get("/service/token?service=harbor-registry").status());
    }
  }

  @Test
  void pushesPullsAndDeletes() {
    String digest = admin.push("library/team/app", "1", "layer");
    assertEquals(digest, admin.push("library/team/app", "2", "layer"));
    JsonNode listed =
        admin.get("/projects/library/repositories/team%252Fapp/artifacts?with_tag=true").json();
    assertEquals(digest, listed.at("/0/digest").asText());
    assertEquals(2, listed.at("/0/tags").size());
    assertEquals(404, admin.get("/projects/library/repositories/team%2Fapp/artifacts").status());
    assertEquals(
        "library/team/app",
        admin.get("/projects/library/repositories").json().at("/0/name").asText());
    assertEquals(200, nobody.get("/v2/library/team/app/manifests/1").status());
    assertEquals(
        "[\"1\",\"2\"]",
        admin.get("/v2/library/team/app/tags/list").json().path("tags").toString());
    String artifact = "/projects/library/repositories/team%252Fapp/artifacts/" + digest;
    assertEquals(200, admin.send("DELETE", artifact + "/tags/1", "").status());
    assertEquals(404, admin.get("/v2/library/team/app/manifests/1").status());
    assertEquals(200, admin.get("/v2/library/team/app/manifests/2").status());
    assertEquals(200, admin.send("DELETE", artifact, "").status());
    assertEquals(404, admin.get("/v2/library/team/app/manifests/" + digest).status());
    assertEquals(
        201,
        admin.send("POST", "/system/gc/schedule", "{\"schedule\":{\"type\":\"Manual\"}}").status());
    assertTrue(admin.get("/system/gc/1/log").http().body().contains(digest));
    assertEquals("Success", admin.get("/system/gc").json().at("/0/job_status").asText());
  }

  @Test
  void theRegistrysOwnAddressIsNotTold() {
    Client.Reply begun = admin.docker("POST", "/v2/library/app/blobs/uploads/", "", new byte[0]);
    assertEquals(202, begun.status());
    assertTrue(
        begun.header("Location").startsWith("/v2/library/app/blobs/uploads/"),
        begun.header("Location"));
  }

  @Test
  void nobodyPushesAndNobodyReadsWhatIsPrivate() {
    assertEquals(
        401, nobody.docker("POST", "/v2/library/app/blobs/uploads/", "", new byte[0]).status());
    assertEquals(201, admin.send("POST", "/projects", "{\"project_name\":\"own\"}").status());
    admin.push("own/app", "1", "layer");
    assertEquals(401, nobody.docker("GET", "/v2/own/app/manifests/1", "", new byte[0]).status());
    assertEquals(200, admin.docker("GET", "/v2/own/app/manifests/1", "", new byte[0]).status());
    assertEquals(
        401, admin.docker("POST", "/v2/none/app/blobs/uploads/", "", new byte[0]).status());
  }
}
