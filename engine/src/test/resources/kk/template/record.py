#!/usr/bin/env python3
"""Records what Ansible makes of expressions.txt: python3 record.py < expressions.txt > recorded.jsonl

Needs ansible-core. A row that fails is recorded as an error, one that is undefined as such."""
import json, sys
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


for line in sys.stdin:
    subject, expression = line.rstrip("\n").split("\t")
    templar = Templar(DataLoader(), variables=variables)
    row = {"subject": subject, "expression": expression}
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
    print(json.dumps(row))
