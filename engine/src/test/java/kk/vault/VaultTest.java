package kk.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.spi.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  /// Made by `ansible-vault encrypt_string` of ansible-core 2.14 from `grüße` with `pässword`.
  private static final String MADE_BY_ANSIBLE =
      """
      $ANSIBLE_VAULT;1.1;AES256
      33353063646565386436613564633233613231623336343064626564323431323332386132303734
      3334316563313430653133613362353639313031623337330a653734336237373931323238356430
      34623838313734653534656532323730383635633531396636633932383739353234613937616434
      3365623166623563360a356261663538343232623265626663653165326633643233383231333233
      6234
      """;

  private static final VaultKey KEY = new VaultKey(VaultKey.DEFAULT, new Secret("pässword"));

  private final List<String> learned = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  private Vault vault(VaultKey... keys) {
    return new Vault(List.of(keys), learned::add);
  }

  private static Encrypted encrypted(String text) {
    return new Encrypted(text, new Span(new Source("a.yaml", text), 1, 1, 4));
  }

  @Test
  void opensWhatAnsibleHasMade() {
    assertEquals("grüße", vault(KEY).open(encrypted(MADE_BY_ANSIBLE)));
    assertEquals(List.of("grüße"), learned);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 4096})
  void opensWhatItHasMade(int length) {
    byte[] plain = new byte[length];
    for (int i = 0; i < length; i++) {
      plain[i] = (byte) (i * 31);
    }
    VaultText text = VaultText.read(VaultText.of(plain, KEY).text());

    assertArrayEquals(plain, text.open(KEY.password()).orElseThrow());
    assertEquals(Optional.empty(), text.open(new Secret("password")));
  }

  @Test
  void neverMakesTheSameTextTwice() {
    byte[] plain = "x".getBytes(StandardCharsets.UTF_8);

    assertNotEquals(VaultText.of(plain, KEY).text(), VaultText.of(plain, KEY).text());
  }

  @Test
  void namesTheVaultIdInTheHeaderAlone() {
    VaultText named = VaultText.of(new byte[0], new VaultKey("prod", new Secret("p")));

    assertTrue(named.text().startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n"));
    assertTrue(VaultText.of(new byte[0], KEY).text().startsWith("$ANSIBLE_VAULT;1.1;AES256\n"));
    assertEquals("prod", VaultText.read(named.text()).label());
    assertTrue(named.text().lines().allMatch(line -> line.length() <= 80));
  }

  @Test
  void triesEveryPassword() {
    VaultKey other = new VaultKey("other", new Secret("other"));

    assertEquals("grüße", vault(other, KEY).open(encrypted(MADE_BY_ANSIBLE)));
  }

  @Test
  void tellsWhatIsWrong() {
    assertEquals("no-vault-password", problem(vault(), MADE_BY_ANSIBLE).id());
    Problem wrong = problem(vault(new VaultKey("b", new Secret("no"))), MADE_BY_ANSIBLE);
    assertEquals("wrong-vault-password", wrong.id());
    assertEquals(List.of("its vault id is `default`", "given: b"), wrong.notes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello                          | it has to begin with $ANSIBLE_VAULT;, a version and a"
            + " cipher",
        "$ANSIBLE_VAULT;1.0;AES         | its version 1.0 is neither 1.1 nor 1.2",
        "$ANSIBLE_VAULT;1.1;AES         | its cipher AES isn't AES256",
        "$ANSIBLE_VAULT;1.1;AES256      | its digits are damaged or cut off",
        "$ANSIBLE_VAULT;1.1;AES256~3061 | its digits are damaged or cut off",
        "$ANSIBLE_VAULT;1.1;AES256~zz   | its digits are damaged or cut off"
      })
  void tellsWhyATextCannotBeRead(String text, String why) {
    Problem problem = problem(vault(KEY), text.replace('~', '\n'));

    assertEquals("vault-form", problem.id());
    assertEquals(List.of(why), problem.notes());
  }

  private static Problem problem(Vault vault, String text) {
    return assertThrows(ProblemsFound.class, () -> vault.open(encrypted(text)))
        .problems()
        .getFirst();
  }

  @Test
  void hidesWhatAnEncryptedFileHolds() throws IOException {
    Path file = tmp.resolve("vars.yaml");
    Files.writeString(
        file, VaultText.of("a: topsecret".getBytes(StandardCharsets.UTF_8), KEY).text());
    Path plain = tmp.resolve("plain.yaml");
    Files.writeString(plain, "a: open");
    Vault vault = vault(KEY);

    Source hidden = vault.read(file, "vars.yaml");
    vault.keep(hidden, Map.of("a", List.of("topsecret", 5L)));
    vault.keep(vault.read(plain, "plain.yaml"), Map.of("a", "open"));

    assertEquals("a: topsecret", hidden.text());
    assertTrue(hidden.isHidden());
    assertFalse(vault.read(plain, "plain.yaml").isHidden());
    assertEquals(List.of("topsecret"), learned);
  }
}
