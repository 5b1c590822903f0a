package kk.standin.core;

import java.io.IOException;
import kk.standin.http.Answer;
import kk.standin.http.Refusal;
import kk.standin.http.Request;
import kk.standin.http.Router;

/// The routes of the REST API, each with whom it is for.
final class Api {
  static final String ROOT = "/api/v2.0";

  /// Answers a request of somebody known.
  @FunctionalInterface
  interface Handler {
    Answer handle(Request request, Caller caller) throws IOException, InterruptedException;
  }

  private final Router router = new Router();
  private final Sessions sessions = new Sessions();
  private final Accounts accounts;
  private final Store store;

  Api(Accounts accounts, Store store) {
    this.accounts = accounts;
    this.store = store;
  }

  /// For everybody, wrong credentials excepted.
  void open(String method, String pattern, Handler handler) {
    router.add(
        method, ROOT + pattern, request -> handler.handle(request, accounts.caller(request)));
  }

  void user(String method, String pattern, Handler handler) {
    open(
        method,
        pattern,
        (request, caller) -> {
          Permissions.requireUser(caller);
          return handler.handle(request, caller);
        });
  }

  void admin(String method, String pattern, Router.Handler handler) {
    open(
        method,
        pattern,
        (request, caller) -> {
          Permissions.requireAdmin(caller);
          return handler.handle(request);
        });
  }

  Answer answer(Request request) throws IOException, InterruptedException {
    try {
      sessions.check(request);
      Router.Handler handler =
          router
              .find(request)
              .orElseThrow(() -> Refusal.notFound("path " + request.path() + " was not found"));
      if (!request.isSafe()
          && !request.path().equals(ROOT + "/configurations")
          && store.read(state -> state.is("read_only"))) {
        throw new Refusal(Refusal.Code.DENIED, "the system is read-only");
      }
      return sessions.mark(request, handler.handle(request));
    } catch (Refusal refusal) {
      return sessions.mark(request, refusal.answer());
    }
  }
}
