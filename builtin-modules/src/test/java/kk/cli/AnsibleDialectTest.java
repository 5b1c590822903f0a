package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What playbooks come to, and what is told of them, under Ansible's command lines and settings,
/// where kk's own dialect differs.
class AnsibleDialectTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  @Test
  void muchVerbosityTellsWithWhatAModuleWasCalled() throws IOException {
    String play =
        play("- copy: {content: a secret, dest: '" + tmp + "/made', mode: '0600'}", "- debug:");

    CommandRun loud = compat(play, "-vvv");

    assertTrue(loud.output().contains("\"invocation\": {"), loud.output());
    assertTrue(loud.output().contains("\"dest\": \"" + tmp + "/made\""), loud.output());
    assertTrue(loud.output().contains("\"content\": \"•••\""), loud.output());
    assertFalse(loud.output().contains("a secret"), loud.output());
    assertEquals(1, count(loud, "\"invocation\""));
    assertEquals(0, count(compat(play, "-vv"), "invocation"));
  }

  @Test
  void ofAHiddenLoopItemsAndWholeAreCensored() throws IOException {
    String play =
        play(
            "- {command: 'echo {{ item }}', loop: [one, two], no_log: true}",
            "- {command: 'echo {{ nowhere }}', loop: [one, two], no_log: true, ignore_errors: true}");

    CommandRun run = compat(play, "-v");

    assertEquals(4, count(run, "the output has been hidden"), run.output());
    assertEquals(0, count(run, "item=one"), run.output());
  }

  @Test
  void aFailureWithinALoopIsToldAfterItsItems() throws IOException {
    CommandRun run =
        compat(play("- {command: 'echo {{ item.name }}', loop: [{name: one}, {nom: two}]}"));

    assertEquals(1, count(run, "changed: [localhost] => (item="), run.output());
    assertEquals(1, count(run, "fatal: [localhost]: FAILED! => "), run.output());
    assertEquals(2, run.exit());
  }

  @Test
  void anArgumentThatLacksAVariableIsToldInAnsiblesWords() throws IOException {
    String words = "The task includes an option with an undefined variable.";
    String play =
        play(
            "- block: [{command: 'echo {{ nowhere }}'}]",
            "  rescue: [{assert: {that: ['\"" + words + "\" in ansible_failed_result.msg']}}]");

    assertEquals(0, compat(play).exit());
    assertEquals(2, CommandRun.of("run", play).exit());
  }

  @Test
  void hostvarsTellOnlyWhatIsTheHostsOwn() throws IOException {
    Files.writeString(tmp.resolve("more.yml"), "needy: ['for {{ said }}']\n");
    String play =
        play(
            "- include_vars: more.yml",
            "- set_fact: {own: 1}",
            "- assert:",
            "    that:",
            "      - hostvars.localhost.said is %s",
            "      - hostvars.localhost.own == 1",
            "      - needy == ['for all']",
            "      - hostvars.localhost.needy == [wanted]",
            "  vars: {wanted: !unsafe '%s'}");

    assertEquals(0, compat(filled(play, "undefined", "for {{ said }}")).exit());
    assertEquals(0, CommandRun.of("run", filled(play, "defined", "for all")).exit());
  }

  @Test
  void aTemplateThatHostvarsHadToLeaveIsRenderedAtItsNextUse() throws IOException {
    Files.writeString(tmp.resolve("more.yml"), "needy: {a: ['for {{ said }}'], b: '{{ said }}'}\n");
    String play =
        play(
            "- include_vars: more.yml",
            "- set_fact: {kept: '{{ hostvars.localhost[item] }}', text: ['{{ left }}']}",
            "  loop: [needy]",
            "  register: told",
            "- assert:",
            "    that:",
            "      - kept == {'a':['for all'], 'b':'all'}",
            "      - told.results.0.ansible_facts.kept == {'a':['for ' ~ left], 'b':left}",
            "      - text == [left]",
            "- set_fact: {kept: '{{ hostvars.localhost[item] }}'}",
            "  with_items: [needy]",
            "- assert:",
            "    that: kept == {'a':['for ' ~ left], 'b':left}");

    CommandRun run = compat(play, "-e", "@" + unsafe("left", "{{ said }}"));
    assertEquals(0, run.exit(), run.output());
  }

  @Test
  void anIncludeOfARoleIsCalledByIt() throws IOException {
    Path tasks = Files.createDirectories(tmp.resolve("roles/web/tasks")).resolve("main.yml");
    Files.writeString(tasks, "- debug:\n");
    CommandRun run =
        compat(
            play(
                "- include_role: {name: web}",
                "- include_role: {name: '{{ item }}'}",
                "  loop: [web]",
                "- {name: mine, include_role: {name: web}}"));

    assertEquals(1, count(run, "TASK [include_role : web] ***"), run.output());
    assertEquals(1, count(run, "TASK [include_role : {{ item }}] ***"), run.output());
    assertEquals(1, count(run, "TASK [mine] ***"), run.output());
  }

  @Test
  void anIncludeWhoseLabelLacksSomethingFails() throws IOException {
    Files.writeString(tmp.resolve("more.yml"), "- debug:\n");
    String play =
        play(
            "- include_tasks: more.yml",
            "  loop: [{label: a}, {%s: b}]",
            "  loop_control: {label: '{{ item.label }}'}");

    assertEquals(0, compat(filled(play, "label")).exit());
    CommandRun run = compat(filled(play, "other"));
    assertTrue(run.output().contains("has no key `label`"), run.output());
    assertEquals(2, run.exit());
  }

  @Test
  void anOptionThatALookupDoesNotHaveIsPassedOver() throws IOException {
    String play = play("- assert: {that: [\"query('vars', 'said', nonsense=1) == ['all']\"]}");

    assertEquals(0, compat(play).exit());
    CommandRun own = CommandRun.of("run", play);
    assertTrue(own.output().contains("`vars` has no argument `nonsense`"), own.output());
  }

  @Test
  void reservedNamesAreWarnedOf() throws IOException {
    CommandRun run = compat(play("- debug:"), "-e", "lipsum=1 port=2 mine=3");

    assertEquals(1, count(run, "Found variable using reserved name: lipsum"), run.output());
    assertEquals(1, count(run, "Found variable using reserved name: port"), run.output());
    assertEquals(2, count(run, "reserved name"), run.output());
  }

  @Test
  void anIncludeWithoutAFileIsToldWhereItBegins() throws IOException {
    CommandRun run =
        compat(play("- debug:", "- name: nothing", "  ansible.builtin.include_tasks:"));

    assertEquals(4, run.exit());
    assertTrue(
        run.output().contains("ERROR! No file specified for ansible.builtin.include_tasks"),
        run.output());
    assertTrue(run.output().contains(tmp + "/play.yml': line 6, column 7"), run.output());
  }

  @Test
  void endRoleNeedsARole() throws IOException {
    CommandRun run =
        CommandRun.of("adhoc", "--ansible-compat", "localhost", "-m", "meta", "-a", "end_role");

    assertEquals(4, run.exit());
    assertTrue(
        run.output().contains("ERROR! Cannot execute 'end_role' from outside of a role"),
        run.output());
  }

  @ParameterizedTest
  @CsvSource({"'',True,False", "1,False,False", "0,True,True"})
  void aSettingDecidesWhetherRolesArePrivate(String setting, String imported, String included)
      throws Exception {
    for (String role : List.of("first", "second")) {
      Files.createDirectories(tmp.resolve("roles/" + role + "/vars"));
      Files.writeString(tmp.resolve("roles/" + role + "/vars/main.yml"), role + ": 1\n");
    }
    String play =
        play(
            "- import_role: {name: first}",
            "- include_role: {name: second}",
            "- debug: {msg: \"{{ first is defined }} {{ second is defined }}"
                + " {{ lookup('config', 'DEFAULT_PRIVATE_ROLE_VARS') }}\"}");

    String told = inItsOwnProcess(Map.of("ANSIBLE_PRIVATE_ROLE_VARS", setting), play);

    String isPrivate = setting.equals("1") ? "True" : "False";
    String expected = "\"msg\": \"%s %s %s\"".formatted(imported, included, isPrivate);
    assertTrue(told.contains(expected), told);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false"})
  void whoIsThatUserAlreadyBecomesItWhenToldTo(String setting, boolean expected) throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/sudo")), "sudo is missing");
    String play = play("- {command: 'printenv SUDO_USER', become: true, failed_when: false}");

    String told = inItsOwnProcess(Map.of("ANSIBLE_BECOME_ALLOW_SAME_USER", setting), play, "-vvv");

    assertEquals(expected, told.contains("<localhost> EXEC sudo -H -S -u root"), told);
    assertEquals(expected, told.contains("\"stdout\": \"root\""), told);
  }

  @ParameterizedTest
  @CsvSource({
    "prompt: Who?, missing 'name' key",
    "'name: x, promt: Who?', found unsupported key 'promt'"
  })
  void aPromptThatIsWronglyWrittenEndsBeforeTheRun(String prompt, String why) throws IOException {
    Path file = tmp.resolve("play.yml");
    Files.writeString(
        file, "- hosts: localhost\n  vars_prompt: [{" + prompt + "}]\n  tasks: [{debug: }]\n");

    CommandRun run = compat(file.toString());

    assertTrue(run.output().contains("Invalid vars_prompt data structure, " + why), run.output());
    assertEquals(4, run.exit());
  }

  private static long count(CommandRun run, String words) {
    return run.output().lines().filter(line -> line.contains(words)).count();
  }

  private static CommandRun compat(String play, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = "run";
    line[1] = "--ansible-compat";
    line[2] = play;
    System.arraycopy(more, 0, line, 3, more.length);
    return CommandRun.of(line);
  }

  /// A playbook on this machine with a variable.
  private String play(String... tasks) throws IOException {
    Path file = tmp.resolve("play.yml");
    Files.writeString(
        file,
        "- hosts: localhost\n  gather_facts: false\n  vars: {said: all}\n  tasks:\n    "
            + String.join("\n    ", tasks)
            + "\n");
    return file.toString();
  }

  /// A file with a variable that is never a template.
  private Path unsafe(String name, String value) throws IOException {
    return Files.writeString(tmp.resolve("unsafe.yml"), name + ": !unsafe '" + value + "'\n");
  }

  private static String filled(String play, Object... words) throws IOException {
    Path written = Path.of(play);
    Path filled = written.resolveSibling("filled.yml");
    Files.writeString(filled, Files.readString(written).formatted(words));
    return filled.toString();
  }

  /// Ansible's settings come from the environment, which a process can't change for itself.
  private String inItsOwnProcess(Map<String, String> environment, String play, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dkk.home=" + System.getProperty("kk.home"),
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                "kk.cli.Main",
                "run",
                "--ansible-compat",
                play));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    environment.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            builder.environment().put(name, value);
          }
        });
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
