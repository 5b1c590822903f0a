#!/usr/bin/env python3
"""Records the names of the arguments that Ansible's modules take: `python3 record-arguments.py` writes arguments.txt.

Needs ansible-core and its ansible-doc. A line is a module, an argument and its other names."""
import json, pathlib, subprocess

# stand in the documentation for the bare text, or for the arguments of `file`
PLACEHOLDERS = {"free_form", "free-form", "key_value", "others"}

folder = pathlib.Path(__file__).parent
listed = subprocess.run(
    ["ansible-doc", "--json", "--list"], check=True, capture_output=True, text=True).stdout
names = sorted(json.loads(listed))
documented = json.loads(subprocess.run(
    ["ansible-doc", "--json", *names], check=True, capture_output=True, text=True).stdout)
lines = []
for name, entry in sorted(documented.items()):
    for option, about in sorted((entry["doc"].get("options") or {}).items()):
        if option in PLACEHOLDERS:
            continue
        lines.append(" ".join([name.split(".")[-1], option, *sorted(about.get("aliases") or [])]))
(folder / "arguments.txt").write_text("\n".join(lines) + "\n")
