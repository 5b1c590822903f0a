package kk.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private final Redactor redactor = new Redactor();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password", "db_password", "ansible_become_password", "adminPassword", "passwd", "secret",
        "secretkey", "client_secret", "token", "private_key_content", "accesskey", "accountkey"
      })
  void learnsFromNames(String name) {
    redactor.learn(Map.of("a", List.of(Map.of(name, "hunter22"))));

    assertEquals("it is •••, •••!", redactor.redact("it is hunter22, hunter22!"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "password_file", "token_path", "host", "private_key_file"})
  void otherNamesHideNothing(String name) {
    redactor.learn(Map.of(name, "hunter22"));

    assertEquals("hunter22", redactor.redact("hunter22"));
  }

  @Test
  void hidesTheLongestFirst() {
    redactor.add("pass");
    redactor.add("password1");

    assertEquals("•••", redactor.redact("password1"));
  }

  @Test
  void shortTextsAndTemplatesAreNoSecrets() {
    redactor.add("abc");
    redactor.add("{{ lookup('x') }}");

    assertEquals("abc {{ lookup('x') }}", redactor.redact("abc {{ lookup('x') }}"));
  }

  @Test
  void hidesInWholeTrees() {
    redactor.add("hunter22");

    assertEquals(
        Map.of("a", List.of("x•••y", 1L), "b", true),
        redactor.redactAll(Map.of("a", List.of("xhunter22y", 1L), "b", true)));
  }
}
