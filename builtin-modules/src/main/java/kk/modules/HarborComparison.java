package kk.modules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How one Harbor differs from another that it has to equal. Nothing is called obsolete without
/// proof that the other one had it: what both had when they were last equal, or that it was
/// delivered there when it came.
///
/// @param missing images that only the other one has
/// @param obsolete images that the other one had, and no longer has
/// @param conflicts images of which nobody knows whether the other one ever had them
/// @param unmet images that the other one gets, as the two meet for the first time
record HarborComparison(
    List<Image> missing, List<Image> obsolete, List<Image> conflicts, List<Image> unmet) {

  /// A tag, or an image without one.
  ///
  /// @param tag empty for an image without a tag
  /// @param digest what it is here; for a missing one, what it is there
  /// @param there what the other one has under this tag, empty for nothing
  record Image(String repository, String tag, String digest, String there) {
    String name() {
      return repository + (tag.isEmpty() ? "@" + digest : ":" + tag);
    }
  }

  /// @param own this one
  /// @param other the one to equal
  /// @param equal what both had when they were last equal
  /// @param delivered whether what came here at that time reached the other one
  static HarborComparison of(
      HarborContents own,
      HarborContents other,
      HarborContents equal,
      Predicate<Instant> delivered) {
    HarborComparison result =
        new HarborComparison(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    own.repositories()
        .forEach(
            (name, here) ->
                result.judge(
                    name, here, other.repository(name), equal.repository(name), delivered));
    other.repositories().forEach((name, there) -> result.seek(name, own.repository(name), there));
    return result;
  }

  /// The same of two that never were equal: only what both have under one name is a conflict.
  static HarborComparison ofStrangers(HarborContents own, HarborContents other) {
    HarborComparison found = of(own, other, new HarborContents(Map.of(), Map.of()), _ -> false);
    Map<Boolean, List<Image>> differing =
        found.conflicts().stream()
            .collect(Collectors.partitioningBy(image -> image.there().isEmpty()));
    return new HarborComparison(
        found.missing(),
        found.obsolete(),
        differing.getOrDefault(false, List.of()),
        differing.getOrDefault(true, List.of()));
  }

  /// The names of images that something can be done about.
  List<String> pending() {
    return Stream.of(missing, obsolete, unmet).flatMap(List::stream).map(Image::name).toList();
  }

  /// Whether there is nothing that can be done about it.
  boolean isSettled() {
    return pending().isEmpty();
  }

  private void judge(
      String name,
      HarborContents.Repository here,
      HarborContents.Repository there,
      HarborContents.Repository equal,
      Predicate<Instant> delivered) {
    for (Map.Entry<String, String> tag : here.tags().entrySet()) {
      String digest = tag.getValue();
      String wanted = there.tags().getOrDefault(tag.getKey(), "");
      if (digest.equals(wanted)) {
        continue;
      }
      String before = equal.tags().getOrDefault(tag.getKey(), "");
      boolean known =
          before.isEmpty()
              ? delivered.test(here.artifacts().getOrDefault(digest, Instant.EPOCH))
              : before.equals(digest);
      (known ? obsolete : conflicts).add(new Image(name, tag.getKey(), digest, wanted));
    }
    here.artifacts()
        .forEach(
            (digest, came) -> {
              if (!there.artifacts().containsKey(digest) && !here.tags().containsValue(digest)) {
                boolean known = equal.artifacts().containsKey(digest) || delivered.test(came);
                (known ? obsolete : conflicts).add(new Image(name, "", digest, ""));
              }
            });
  }

  private void seek(String name, HarborContents.Repository here, HarborContents.Repository there) {
    there
        .tags()
        .forEach(
            (tag, digest) -> {
              if (!here.tags().containsKey(tag)) {
                missing.add(new Image(name, tag, digest, digest));
              }
            });
    there
        .artifacts()
        .forEach(
            (digest, _) -> {
              if (!here.artifacts().containsKey(digest) && !there.tags().containsValue(digest)) {
                missing.add(new Image(name, "", digest, digest));
              }
            });
  }
}
