package kk.standin.service;

import kk.standin.http.Refusal;
import kk.standin.http.Request;

/// Lets in who knows the core's secret, which every `prepare` makes anew.
record Guard(String secret) {
  void check(Request request) {
    if (!request.header("Authorization").orElse("").equals("Harbor-Secret " + secret)) {
      throw Refusal.unauthorized("the secret is another");
    }
  }
}
