package kk.modules;

import java.util.Optional;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.SharedArguments;

/// How apt's lists of packages are fetched.
record AptLists(
    @Doc("fetch the lists when they are older than this many seconds")
        Optional<Integer> cacheValidTime,
    @Doc("how often to try to fetch the lists") @Default("5") int updateCacheRetries,
    @Doc("between attempts it waits 1, 2, 4, … seconds, and never more than this") @Default("12")
        int updateCacheRetryMaxDelay)
    implements SharedArguments {
  static final AptLists STANDARD = new AptLists(Optional.empty(), 5, 12);

  AptLists {
    if (cacheValidTime.orElse(0) < 0 || updateCacheRetries < 0 || updateCacheRetryMaxDelay < 0) {
      throw new IllegalArgumentException("times and attempts of `update_cache` are 0 or more");
    }
  }
}
