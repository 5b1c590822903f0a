package kk.run;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.bind.ArgumentBinder;
import kk.playbook.Expression;
import kk.playbook.Keyword;
import kk.playbook.Play;
import kk.playbook.Settings;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.source.Span;
import kk.variables.HostVariables;
import kk.variables.Layer;
import org.jspecify.annotations.Nullable;

/// Asks for the variables under `vars_prompt`. One that the command line gives isn't asked for;
/// without a terminal the default counts.
final class VarsPrompt {
  private static final String SALT =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int LONGEST_SALT = 16;

  private final Running running;
  private final HostVariables variables;
  private final Span at;

  private VarsPrompt(Running running, HostVariables variables, Span at) {
    this.running = running;
    this.variables = variables;
    this.at = at;
  }

  /// The variables of a play by name.
  ///
  /// @param variables what the questions may refer to
  static Map<String, Object> answers(Running running, Play play, HostVariables variables) {
    Optional<Settings.Setting> setting = play.settings().find(Keyword.VARS_PROMPT);
    if (setting.isEmpty() || setting.get().value() == null) {
      return Map.of();
    }
    VarsPrompt prompt = new VarsPrompt(running, variables, setting.get().at());
    Object entries = variables.resolve(setting.get().value());
    Map<String, Object> answers = new LinkedHashMap<>();
    for (Object entry : entries instanceof List<?> list ? list : List.of(entries)) {
      prompt.ask(entry, answers);
    }
    return answers;
  }

  private void ask(@Nullable Object entry, Map<String, Object> answers) {
    if (!(entry instanceof Map<?, ?> wanted) || wanted.get("name") == null) {
      throw wrong("an entry of `vars_prompt` has no `name`");
    }
    String name = String.valueOf(wanted.get("name"));
    if (running.variables().isGiven(name)) {
      return;
    }
    String question = Evaluation.textOf(wanted.containsKey("prompt") ? wanted.get("prompt") : name);
    boolean hidden = ArgumentBinder.truth(wanted.get("private")).orElse(true);
    boolean confirms = ArgumentBinder.truth(wanted.get("confirm")).orElse(false);
    String standard = Evaluation.textOf(wanted.get("default"));
    String shown = question + (standard.isEmpty() ? "" : " [" + standard + "]") + ": ";
    String answer = asked(shown, question, hidden, confirms).orElse(standard);
    String value = answer.isEmpty() ? standard : answer;
    answers.put(name, wanted.get("encrypt") == null ? value : encrypted(value, wanted));
  }

  private Optional<String> asked(String shown, String question, boolean hidden, boolean confirms) {
    while (true) {
      Optional<String> answer = running.prompter().ask(shown, hidden);
      if (answer.isEmpty()
          || !confirms
          || answer.equals(running.prompter().ask("confirm " + question + ": ", hidden))) {
        return answer;
      }
      running.events().accept(new RunEvent.Warned("the two answers differ; once more"));
    }
  }

  /// The answer as a password's hash.
  private Object encrypted(String answer, Map<?, ?> wanted) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("kk_answer", answer);
    given.put("kk_scheme", wanted.get("encrypt"));
    given.put("kk_salt", wanted.get("salt") == null ? salt(wanted) : wanted.get("salt"));
    Object hash =
        running
            .templates()
            .evaluate(
                new Expression("kk_answer | password_hash(kk_scheme, kk_salt)", at),
                variables.with(Layer.data("the answer", given)));
    return hash == null ? "" : hash;
  }

  /// A salt as long as it is wanted, or none, which leaves it to the filter.
  private @Nullable String salt(Map<?, ?> wanted) {
    if (wanted.get("salt_size") == null) {
      return null;
    }
    if (!(wanted.get("salt_size") instanceof Long size) || size < 1 || size > LONGEST_SALT) {
      throw wrong("`salt_size` of `vars_prompt` is a number from 1 to " + LONGEST_SALT);
    }
    SecureRandom random = new SecureRandom();
    StringBuilder salt = new StringBuilder();
    while (salt.length() < size) {
      salt.append(SALT.charAt(random.nextInt(SALT.length())));
    }
    return salt.toString();
  }

  private ProblemsFound wrong(String title) {
    return new ProblemsFound(Problem.of("wrong-form", at, title));
  }
}
