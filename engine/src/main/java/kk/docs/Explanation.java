package kk.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What each id of a problem means and what to do about it: the text of `kk explain ID`. A test
/// fails for an id in the code that is missing here, and for one that nothing uses.
public enum Explanation {
  YAML_SYNTAX(
      "The file is no YAML that can be read: a bracket or quote is not closed, the "
          + "indentation does not fit, or a value begins with a character that means something "
          + "to YAML.",
      "Look at the marked place and the line above it. A value that begins with `{{`, "
          + "`[`, `*`, `&`, `%` or `@` needs quotes around it."),
  DUPLICATE_KEY(
      "One mapping has the same key twice. YAML readers commonly keep the last one and "
          + "say nothing; kk refuses, because one of the two was meant to be something else.",
      "Remove one of them, or merge what stands below them."),
  UNKNOWN_TAG(
      "A value has a YAML tag, such as `!env`, that kk does not know.",
      "Remove the tag. There are two: `!unsafe` marks text that is never a template, `!vault` "
          + "text that is encrypted."),
  NO_VAULT_PASSWORD(
      "A file or a value is encrypted, and kk was given no password for it.",
      "Give it with `--vault-password-file FILE`, `--vault-id LABEL@FILE` or "
          + "`--ask-vault-pass`."),
  WRONG_VAULT_PASSWORD(
      "A file or a value is encrypted, and none of the given passwords opens it.",
      "The message says under which vault id it was encrypted and which were given. "
          + "`kk vault view FILE` tries a password without running anything."),
  VAULT_FORM(
      "Something that says it is encrypted can't be read: a line was cut off or changed, or it "
          + "was made with a cipher or a version that kk doesn't know.",
      "Take the file from a backup, or encrypt the value anew with `kk vault encrypt-string`. "
          + "The format is that of `ansible-vault`, 1.1 or 1.2, with AES256."),
  VAULT_PASSWORD(
      "A vault password can't be had, or it isn't clear which one is meant.",
      "A file with a password has one line; a program prints it and ends with 0. With several "
          + "passwords, `--encrypt-vault-id` says which one encrypts."),
  CONDITION_FAILED(
      "A condition of `assert` is false on a host.",
      "The condition is marked. `kk eval --host HOST 'EXPRESSION'` tells what a part of it comes "
          + "to; `fail_msg` lets the task say what is expected."),
  NO_TERMINAL(
      "kk has to ask the user something, and its input is no terminal.",
      "Run it in a terminal, or leave `--step` out."),
  UNWRITABLE_FILE(
      "A file that an option names can't be written.", "Look at the permissions of its folder."),
  EDITOR_FAILED(
      "The editor that `kk vault edit` started ended with a failure, so the file was left alone.",
      "Look at the variables VISUAL and EDITOR; `vi` is started when both are empty."),
  WRONG_FORM(
      "Something stands in a form that its place does not take: a list where a mapping is "
          + "expected, text where a list of tasks is.",
      "The message says what is expected; compare the indentation with an example of "
          + "`docs/how-to/write-a-role.md`."),
  MISSING_HOSTS(
      "A play has no `hosts`, so it is not known where it shall work.",
      "Write `hosts:` with a group, a host or a pattern. `all` means every host of the "
          + "inventory."),
  WRONG_HANDLER(
      "A handler is something that can't be one: a role, a block within a block, or a `meta` action "
          + "that concerns handlers themselves.",
      "Make it a module, or `include_tasks` with a file of tasks."),
  RESERVED_NAME(
      "A task sets a variable whose name begins with `_ansible_`. The engine keeps such names for "
          + "itself.",
      "Choose another name."),
  NO_HOSTS(
      "The inventory, the pattern and `--limit` together leave no host to work on.",
      "Look at `--limit`: it narrows the hosts of every play down, it never adds one."),
  UNSUPPORTED(
      "A playbook asks for something that Ansible can do and kk can't. kk refuses it, because "
          + "passing over it would change what the playbook does.",
      "Write it in another way; the message says what kk can do instead."),
  UNKNOWN_KEYWORD(
      "A key of a play, block, role entry or task is neither a keyword that may stand "
          + "there nor a module.",
      "Mind the suggestion, and the indentation: an argument of a module belongs one "
          + "level deeper. `kk doc keywords` lists where each may stand."),
  UNKNOWN_MODULE(
      "A task has a key that is neither a module nor a keyword of tasks.",
      "Mind the suggestion; `kk doc` lists the modules there are. Modules of Ansible "
          + "collections are not part of kk."),
  TWO_ACTIONS(
      "One task calls two modules.",
      "Make two tasks of it, or a `block` when they share conditions."),
  NO_ACTION(
      "A task has keywords only, so nothing would be done.",
      "Name a module below it, or remove the task."),
  UNKNOWN_META("`meta` is asked for something it can't do.", "`kk doc meta` lists what it can."),
  UNKNOWN_ARGUMENT(
      "A module, or an include, is given an argument that it does not take.",
      "Mind the suggestion; `kk doc MODULE` lists the arguments."),
  MISSING_ARGUMENT(
      "An argument that has to be given is missing.", "Add it; the message says what it is for."),
  WRONG_ARGUMENT(
      "An argument has a value that the module can't work with: a text where a number "
          + "belongs, two arguments that exclude each other.",
      "The message says what it takes; `kk doc MODULE` tells more."),
  IMPORT_OF_TEMPLATE(
      "An import names what it imports by a template that uses something of a host. Imports are "
          + "read before the run begins: what the command line gives is known then, and what the "
          + "playbook says around them.",
      "Use `include_tasks` or `include_role`, which are read when the run reaches them."),
  IMPORT_LOOP(
      "A file imports itself, directly or by way of others.",
      "Use `include_tasks` with a condition that ends the circle, or take the shared "
          + "tasks out into a file of their own."),
  MISSING_FILE(
      "A file that is named does not exist in any of the places where it is looked for.",
      "The note lists the places. Names are relative to the role, then to the playbook."),
  UNREADABLE_FILE(
      "A file can't be read: it does not exist, is a directory, or belongs to somebody " + "else.",
      "Check the name and the permissions. Relative names start from the current " + "directory."),
  UNKNOWN_ROLE(
      "There is no folder of that name with tasks in any place where roles are looked " + "for.",
      "The note lists the places: `roles/` beside the playbook, the playbook's folder, "
          + "and the roles that come with kk."),
  ROLE_LOOP(
      "A role depends on itself by way of `dependencies` in `meta/main.yaml`.",
      "Take what both need out into a third role."),
  UNKNOWN_KEY(
      "An inventory or a configuration has a key that means nothing there.",
      "The note lists the keys there may be. Variables of a host belong below its name, "
          + "those of a group below `vars`."),
  UNKNOWN_SETTING(
      "`--set` or `--config` gives the shipped playbooks a key that none of their roles "
          + "takes. Nothing has been touched.",
      "Mind the suggestion; `docs/reference/settings.md` and `kk doc settings` list all "
          + "keys. Settings of a role of your own are declared in its "
          + "`meta/argument_specs.yaml`."),
  WRONG_SETTING(
      "A setting has a value of the wrong type, or one that is not among its choices.",
      "The message says what it takes; `kk doc KEY` tells more. `--set-string` keeps a "
          + "number or `true` a text."),
  CONFIG_FORM(
      "The file of `--config` is no mapping.",
      "A configuration begins with `kind: Config` and has its keys below `spec`."),
  SET_FORM(
      "An assignment on the command line can't be understood.",
      "Write `key=value`, with dots between nested keys and `[0]` for items. A comma "
          + "separates assignments; write one that belongs to a value as `\\,`."),
  INVENTORY_FORM(
      "The inventory is not built as an inventory is: a list where a mapping belongs, a "
          + "missing `spec`.",
      "Compare it with the files in `inventory-samples/`."),
  UNKNOWN_HOST(
      "A group or an option names a host that the inventory does not have.",
      "Mind the suggestion, or add the host to `hosts`. `localhost` is always there."),
  UNKNOWN_GROUP(
      "A group has a child that the inventory does not have.",
      "Mind the suggestion, or add the group; one without hosts may be empty."),
  UNKNOWN_CONNECTOR(
      "A host asks for a connector that does not exist.",
      "`type` below `connector` is `ssh` or `local`."),
  WRONG_OPTION(
      "An option of the command line has a value that it does not take.",
      "The message lists what it takes; `kk COMMAND --help` tells what each means."),
  UNKNOWN_HANDLER(
      "A task notifies a handler that neither the play nor its roles have.",
      "Mind the suggestion. A handler is found by its `name` and by the names below "
          + "`listen`."),
  LOOP_OF_NO_LIST(
      "What `loop` came to is not a list.",
      "The note says what it came to. `dict2items` makes a list of a mapping, `[x]` one "
          + "of a single value."),
  WRONG_VALUE(
      "A keyword came to a value that it can't take.", "`kk doc KEYWORD` tells what it takes."),
  BRACES_IN_CONDITION(
      "A condition has `{{ }}` around it. Conditions are expressions already; the braces "
          + "are ignored. What a variable holds is never taken for a condition.",
      "Write the condition without them, as the hint shows."),
  TEMPLATE_SYNTAX(
      "A template or an expression can't be read: a bracket is missing, a tag is not "
          + "closed, or a word stands where an operator belongs.",
      "Look at the marked place. Text inside an expression needs quotes."),
  TEMPLATE_FAILED(
      "An expression could not be worked out with the values it met, such as the sum of a "
          + "text and a number.",
      "The message names the operation. `kk eval` shows what an expression comes to; "
          + "`int`, `string` and `default` convert."),
  UNKNOWN_FILTER(
      "There is no filter of that name.",
      "Mind the suggestion; `kk doc filters` lists all. A test, such as `defined`, stands "
          + "behind `is`, not behind a bar."),
  UNKNOWN_TEST("There is no test of that name.", "Mind the suggestion; `kk doc tests` lists all."),
  UNKNOWN_LOOKUP(
      "There is no lookup of that name.", "Mind the suggestion; `kk doc lookups` lists all."),
  WRONG_TEMPLATE_ARGUMENT(
      "A filter, test, lookup or function is called with arguments that it does not take.",
      "The note lists what it takes; `kk doc NAME` tells more."),
  UNDEFINED_VARIABLE(
      "A template uses a variable that has no value on this host, or a key that a mapping "
          + "does not have.",
      "Mind the suggestion. `x | default('…')` gives a value, `x is defined` asks. A "
          + "result of `register` is there only after its task."),
  RECURSIVE_VARIABLE(
      "A variable needs its own value, directly or by way of others.",
      "Break the circle: give one of the variables another name, as in `packages: \"{{ "
          + "default_packages + more }}\"`."),
  UNKNOWN_NAME(
      "`kk doc` is asked about a name that is neither a module, a keyword, a filter, a "
          + "test, a lookup nor a setting.",
      "Mind the suggestion; `kk doc` lists all names."),
  UNKNOWN_PROBLEM(
      "`kk explain` is asked about an id that no problem has.",
      "The id stands in brackets in the first line of a problem; `kk explain` lists all.");

  private final String meaning;
  private final String remedy;

  Explanation(String meaning, String remedy) {
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /// The id as it stands in brackets in a message.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What is wrong, and why it counts as wrong.
  public String meaning() {
    return meaning;
  }

  /// What to do.
  public String remedy() {
    return remedy;
  }

  /// All of it, for a terminal.
  public String text() {
    return id()
        + "\n"
        + ManualText.wrapped("  ", meaning)
        + "\n"
        + ManualText.wrapped("  ", remedy);
  }

  public static Optional<Explanation> find(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Explanation::id).toList();
  }
}
