package kk.standin.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the server says to a request.
///
/// @param headers names as written, several values each
/// @param body read once, and closed by the server
/// @param length of the body in bytes; -1 when it is not known before the body ends
public record Answer(int status, Map<String, List<String>> headers, InputStream body, long length) {

  public static Answer empty(int status) {
    return bytes(status, "", new byte[0]);
  }

  public static Answer text(String text) {
    return bytes(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static Answer json(Object value) {
    return json(200, value);
  }

  public static Answer json(int status, Object value) {
    return bytes(status, "application/json; charset=utf-8", Json.bytes(value));
  }

  /// 201 with the place of what was made.
  public static Answer created(String location) {
    return empty(201).with("Location", location);
  }

  /// The shape of every error of Harbor's API and of the distribution protocol.
  static Answer error(int status, String code, String message) {
    JsonNode error = Json.object().put("code", code).put("message", message);
    return json(status, Map.of("errors", List.of(error)));
  }

  public static Answer bytes(int status, String type, byte[] body) {
    Answer answer = new Answer(status, Map.of(), new ByteArrayInputStream(body), body.length);
    return type.isEmpty() ? answer : answer.with("Content-Type", type);
  }

  public Answer with(String name, String value) {
    Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, List.of(value));
    return new Answer(status, more, body, length);
  }
}
