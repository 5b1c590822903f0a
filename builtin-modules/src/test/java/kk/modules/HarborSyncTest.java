package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kk.standin.HarborStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarborSyncTest extends TwoHarbors {
  HarborSyncTest(@TempDir Path directory) throws IOException {
    super(directory);
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
    Files.delete(host.path("records/one.json"));

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
}
