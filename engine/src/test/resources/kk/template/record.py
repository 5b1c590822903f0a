#!/usr/bin/env python3
"""Records what Ansible makes of expressions: `python3 record.py` writes recorded.jsonl from expressions.txt,
wrong.jsonl from wrong.txt, and tags.jsonl, what Jinja2 makes of templates with tags, from tags.txt.

Needs ansible-core. A line is a subject and an expression with a tab between; a third column is the reason why kk
differs, as docs/how-to/bring-ansible-playbooks.md gives it, a fourth one what kk answers where it does not fail.
A row that fails is recorded as an error, one that is undefined as such."""
import json, sys
import jinja2
from ansible import constants as C
import os
os.environ["ANSIBLE_JINJA2_NATIVE"] = "1"
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.errors import AnsibleUndefinedVariable
from jinja2.runtime import Undefined
import ansible.template
from ansible.template.native_helpers import NativeJinjaText
from ansible.template import AnsibleNativeEnvironment

variables = {"known": [1, 2], "groups": {"web": ["w1", "w2"], "all": ["w1", "w2"]}}


def plain(value):
    if isinstance(value, Undefined):
        raise AnsibleUndefinedVariable("undefined")
    if isinstance(value, dict):
        return {plain(k): plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if isinstance(value, (list, type({}.keys()), type({}.values()), type({}.items()), range, set)):
        return [plain(v) for v in value]
    if isinstance(value, bool) or value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        return str(value)
    if hasattr(value, "__next__"):
        return [plain(v) for v in value]
    return str(value)


def kind(value):
    name = type(value).__name__
    return {"AnsibleUnicode": "str", "AnsibleUnsafeText": "str", "NativeJinjaText": "str", "NativeJinjaUnsafeText": "str",
            "Markup": "str", "dict_items": "list", "dict_keys": "list", "dict_values": "list", "AnsibleSequence": "list",
            "AnsibleMapping": "dict", "generator": "list", "AnsibleUnsafeBytes": "str"}.get(name, name)


def record(line):
    subject, expression, *difference = line.rstrip("\n").split("\t")
    row = {"subject": subject, "expression": expression}
    if difference:
        row["differs"] = difference[0]
    if len(difference) > 1:
        row["kk"] = json.loads(difference[1])
    loader = DataLoader()
    loader.set_basedir(os.path.dirname(os.path.abspath(__file__)))
    templar = Templar(loader, variables=variables)
    try:
        t = templar.copy_with_new_env(environment_class=AnsibleNativeEnvironment)
        compiled = t.environment.compile_expression(expression, undefined_to_none=False)
        context = {**t.environment.globals, **variables}
        for name in ("lookup", "query", "q"):
            context[name] = {"lookup": t._lookup, "query": t._query_lookup, "q": t._query_lookup}[name]
        context["now"] = t._now_datetime
        context["undef"] = t.environment.globals.get("undef") or __import__("ansible.template", fromlist=["_undef"])._undef
        value = compiled(**context)
        row["value"] = plain(value)
        row["type"] = kind(value)
    except AnsibleUndefinedVariable:
        row["undefined"] = True
    except Exception as e:
        row["error"] = type(e).__name__
    return row


def record_tags(line):
    subject, template = line.rstrip("\n").split("\t")
    row = {"subject": subject, "template": template}
    tags = jinja2.Environment(loader=jinja2.FileSystemLoader("templates"), trim_blocks=True, undefined=jinja2.StrictUndefined,
                              extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    try:
        row["text"] = tags.from_string(template).render(variables)
    except Exception as e:
        row["error"] = type(e).__name__
    return row


def record_file(rows, recorded, record=record):
    with open(rows) as lines, open(recorded, "w") as out:
        for line in lines:
            out.write(json.dumps(record(line)) + "\n")


if __name__ == "__main__":
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    record_file("expressions.txt", "recorded.jsonl")
    record_file("wrong.txt", "wrong.jsonl")
    record_file("tags.txt", "tags.jsonl", record_tags)
