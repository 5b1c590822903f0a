package kk.standin.http;

/// An answer of failure: the error code of Harbor's API, which decides the HTTP status, and why.
public final class Refusal extends RuntimeException {
  /// The codes, each with its status.
  public enum Code {
    BAD_REQUEST(400),
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    DENIED(403),
    NOT_FOUND(404),
    CONFLICT(409),
    PRECONDITION(412),
    UNKNOWN(500);

    private final int status;

    Code(int status) {
      this.status = status;
    }
  }

  private final transient Code code;

  public Refusal(Code code, String message) {
    super(message);
    this.code = code;
  }

  public static Refusal badRequest(String message) {
    return new Refusal(Code.BAD_REQUEST, message);
  }

  public static Refusal unauthorized(String message) {
    return new Refusal(Code.UNAUTHORIZED, message);
  }

  public static Refusal notFound(String message) {
    return new Refusal(Code.NOT_FOUND, message);
  }

  /// The same as it goes to the client.
  public Answer answer() {
    return Answer.error(code.status, code.name(), String.valueOf(getMessage()));
  }
}
