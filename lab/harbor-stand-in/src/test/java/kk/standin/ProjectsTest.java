package kk.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProjectsTest extends OneStandIn {
  private int create(Client who, String body) {
    return who.send("POST", "/projects", body).status();
  }

  @Test
  void createsProjects() {
    assertEquals(401, create(nobody, "{\"project_name\":\"p\"}"));
    assertEquals(400, create(admin, "{\"project_name\":\"Upper\"}"));
    assertEquals(400, create(admin, "{\"project_name\":\"p\",\"metadata\":{\"public\":true}}"));
    assertEquals(400, create(admin, "{"));
    Client.Reply created =
        admin.send(
            "POST",
            "/projects",
            "{\"project_name\":\"p\",\"metadata\":{\"public\":\"true\"},\"storage_limit\":-1}");
    assertEquals(201, created.status());
    assertEquals("/api/v2.0/projects/2", created.header("Location"));
    assertEquals("", created.http().body());
    assertEquals(409, create(admin, "{\"project_name\":\"p\"}"));
    assertEquals("true", admin.get("/projects/p").json().at("/metadata/public").asText());
    assertEquals("p", admin.get("/projects/2").json().path("name").asText());
    assertEquals(404, admin.send("GET", "/projects/2", "", "X-Is-Resource-Name", "true").status());
    assertEquals(200, admin.send("HEAD", "/projects?project_name=p", "").status());
    assertEquals(404, admin.send("HEAD", "/projects?project_name=q", "").status());
    assertEquals(401, nobody.send("HEAD", "/projects?project_name=p", "").status());
  }

  @Test
  void listsInPages() {
    for (int i = 0; i < 12; i++) {
      assertEquals(201, create(admin, "{\"project_name\":\"p%d\"}".formatted(i)));
    }
    Client.Reply first = admin.get("/projects");
    assertEquals("13", first.header("X-Total-Count"));
    assertEquals(10, first.json().size());
    assertTrue(first.header("Link").contains("page=2"));
    assertEquals(3, admin.get("/projects?page=2").json().size());
    assertEquals(1, admin.get("/projects?q=name=p1").json().size());
    assertEquals(3, admin.get("/projects?q=name%3D~p1").json().size());
    assertEquals(400, admin.get("/projects?page_size=101").status());
    assertEquals(1, nobody.get("/projects").json().size());
  }

  @Test
  void robotsMayWhatTheyAreAllowed() {
    String body =
        """
        {"name":"ci","level":"system","duration":-1,"secret":"Ignored12345","permissions":[{"kind":"project",
        "namespace":"*","access":[{"resource":"repository","action":"push"},{"resource":"repository","action":"pull"}]}]}
        """;
    Client.Reply made = admin.send("POST", "/robots", body);
    assertEquals(201, made.status());
    assertEquals("robot$ci", made.json().path("name").asText());
    assertEquals(-1, made.json().path("expires_at").asLong());
    assertEquals(409, admin.send("POST", "/robots", body).status());
    Client first = new Client(harbor, "robot$ci:" + made.json().path("secret").asText());
    assertEquals(201, create(first, "{\"project_name\":\"p\"}"));
    first.push("p/app", "1", "layer");
    assertEquals(400, admin.send("PATCH", "/robots/1", "{\"secret\":\"weak\"}").status());
    assertEquals(200, admin.send("PATCH", "/robots/1", "{\"secret\":\"Chosen12345\"}").status());
    Client second = new Client(harbor, "robot$ci:" + "Chosen12345");
    assertEquals(403, second.get("/robots").status());
    assertEquals(
        200,
        admin
            .send("PUT", "/configurations", "{\"project_creation_restriction\":\"adminonly\"}")
            .status());
    assertEquals(
        403, create(new Client(harbor, "robot$ci:Chosen12345"), "{\"project_name\":\"q\"}"));
    assertEquals(401, first.get("/projects/p").status());
    assertTrue(admin.get("/robots/1").json().path("secret").isMissingNode());
  }
}
