package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;

/// A list in pages: `q` selects, `sort` orders, `page` and `page_size` cut.
final class Listing {
  private static final int LARGEST = 100;

  private Listing() {}

  static Answer answer(Request request, Collection<?> rows) {
    List<JsonNode> selected = new ArrayList<>();
    for (Object row : rows) {
      JsonNode shown = Json.tree(row);
      if (matches(request, shown)) {
        selected.add(shown);
      }
    }
    request.parameter("sort").ifPresent(by -> selected.sort(order(by)));
    int page = number(request, "page", 1);
    int size = number(request, "page_size", 10);
    if (page < 1 || size < 1 || size > LARGEST) {
      throw Refusal.badRequest("page is from 1 on and page_size from 1 to " + LARGEST);
    }
    int from = Math.min(selected.size(), (page - 1) * size);
    int to = Math.min(selected.size(), from + size);
    Answer answer =
        Answer.json(selected.subList(from, to))
            .with("X-Total-Count", Integer.toString(selected.size()));
    String links = links(request, page, size, selected.size());
    return links.isEmpty() ? answer : answer.with("Link", links);
  }

  private static String links(Request request, int page, int size, int total) {
    List<String> links = new ArrayList<>();
    if (page > 1) {
      links.add("<" + at(request, page - 1, size) + ">; rel=\"prev\"");
    }
    if (page * size < total) {
      links.add("<" + at(request, page + 1, size) + ">; rel=\"next\"");
    }
    return String.join(" , ", links);
  }

  private static String at(Request request, int page, int size) {
    String[] halves = request.rawTarget().split("\\?", 2);
    StringBuilder query = new StringBuilder();
    for (String pair : halves.length < 2 ? new String[0] : halves[1].split("&", -1)) {
      if (!pair.startsWith("page=") && !pair.startsWith("page_size=")) {
        query.append(pair).append('&');
      }
    }
    return halves[0] + "?" + query + "page=" + page + "&page_size=" + size;
  }

  private static int number(Request request, String name, int usual) {
    try {
      return request.parameter(name).map(Integer::parseInt).orElse(usual);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest(name + " must be a number");
    }
  }

  /// `q=name=x` is exact, `q=name=~x` says what the value contains; commas join conditions.
  private static boolean matches(Request request, JsonNode row) {
    for (String condition : request.parameter("q").stream().flatMap(Listing::conditions).toList()) {
      String[] halves = condition.split("=", 2);
      if (halves.length < 2) {
        throw Refusal.badRequest("q is made of FIELD=VALUE, and this is " + condition);
      }
      String value = row.path(halves[0]).asText();
      boolean fuzzy = halves[1].startsWith("~");
      if (fuzzy ? !value.contains(halves[1].substring(1)) : !value.equals(halves[1])) {
        return false;
      }
    }
    return true;
  }

  private static Stream<String> conditions(String text) {
    return List.of(text.split(",", -1)).stream();
  }

  private static Comparator<JsonNode> order(String by) {
    String field = by.startsWith("-") ? by.substring(1) : by;
    Comparator<JsonNode> ascending =
        Comparator.<JsonNode>comparingLong(row -> row.path(field).asLong())
            .thenComparing(row -> row.path(field).asText());
    return by.startsWith("-") ? ascending.reversed() : ascending;
  }
}
