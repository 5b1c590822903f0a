package kk.template;

import kk.source.Span;

/// Tells where a stretch of an evaluated text stands in its source.
interface Locator {
  Span span(int offset, int length);
}
