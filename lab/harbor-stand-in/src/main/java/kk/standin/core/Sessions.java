package kk.standin.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kk.standin.http.Answer;
import kk.standin.http.Refusal;
import kk.standin.http.Request;

/// Session cookies: given to who sends none, and from who sends one every write must carry the
/// token that a read of the same session was answered with. They log nobody in.
final class Sessions {
  private static final String COOKIE = "sid";
  private static final String HEADER = "X-Harbor-CSRF-Token";

  private final SecretKeySpec key =
      new SecretKeySpec(Passwords.random(32).getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

  void check(Request request) {
    request
        .cookie(COOKIE)
        .filter(session -> !request.isSafe())
        .filter(session -> !request.header(HEADER).orElse("").equals(token(session)))
        .ifPresent(
            _ -> {
              throw new Refusal(Refusal.Code.FORBIDDEN, "the CSRF token is missing or wrong");
            });
  }

  Answer mark(Request request, Answer answer) {
    return request
        .cookie(COOKIE)
        .map(session -> request.isSafe() ? answer.with(HEADER, token(session)) : answer)
        .orElseGet(
            () ->
                answer.with(
                    "Set-Cookie", COOKIE + "=" + Passwords.random(32) + "; Path=/; HttpOnly"));
  }

  private String token(String session) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(session.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
