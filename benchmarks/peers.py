"""Who is measured: each peer runs the same work, with the settings its makers recommend for speed."""

import os
import pathlib
import subprocess

from hosts import PORT

ROOT = pathlib.Path(__file__).resolve().parent.parent
MITOGEN = "/usr/lib/python3/dist-packages/ansible_mitogen/plugins/strategy"
ANSIBLE_CFG = """\
[defaults]
forks = 50
gathering = explicit
host_key_checking = True
retry_files_enabled = False
{strategy}
[ssh_connection]
pipelining = True
ssh_args = -F {folder}/ssh_config -o ControlMaster=auto -o ControlPersist=60s -o ControlPath={folder}/cm-%C
"""


class Kk:
    name = "kk"

    def __init__(self, hosts):
        releases = sorted(ROOT.glob("distribution/target/kk-*/bin/kk"))
        self.program = os.environ.get("KK") or (releases[-1] if releases else ROOT / "kk")
        self.known_hosts = hosts.folder / "known_hosts"

    def play(self, playbook, inventory, forks=50, **more):
        command = [self.program, "run", playbook, "-i", inventory, "--known-hosts", self.known_hosts, "--output", "plain"]
        check(command + ["--forks", str(forks)], **more)

    def starts(self, playbook):
        return {"version": [self.program, "--version"], "lint": [self.program, "lint", playbook],
                "one local task": [self.program, "run", playbook, "--output", "plain"]}


class Ansible:
    """The one that is so slow that its long runs are computed from short ones."""

    name = "ansible-core"
    needs = "/usr/bin/ansible-playbook"
    strategy = ""

    def __init__(self, hosts):
        self.config = hosts.folder / f"{self.name}.cfg"
        self.config.write_text(ANSIBLE_CFG.format(strategy=self.strategy, folder=hosts.folder))
        self.home = hosts.folder

    def _env(self):
        path = "/usr/bin:/bin:/usr/sbin:/sbin"
        return {"PATH": path, "HOME": str(self.home), "LC_ALL": "C.UTF-8", "ANSIBLE_CONFIG": str(self.config)}

    def play(self, playbook, inventory):
        check(["/usr/bin/ansible-playbook", "-i", inventory, playbook], env=self._env())

    def starts(self, playbook):
        run = ["env", *(f"{key}={value}" for key, value in self._env().items()), "/usr/bin/ansible-playbook"]
        return {"version": run + ["--version"], "lint": run + ["--syntax-check", playbook],
                "one local task": run + ["-i", "localhost,", "-c", "local", playbook]}


class Mitogen(Ansible):
    name = "mitogen"
    needs = MITOGEN
    strategy = f"strategy_plugins = {MITOGEN}\nstrategy = mitogen_linear"


class OpenSsh:
    """No tool at all. `once` is the floor: one ssh and one shell a host, which is sent all commands at once."""

    def __init__(self, hosts):
        self.hosts = hosts
        self.config = ["-F", hosts.folder / "ssh_config"]

    def once(self, addresses, script, port=PORT):
        self._all([["ssh", *self.config, "-p", str(port), address, "/bin/sh"] for address in addresses], script)

    def each(self, addresses, script):
        """One ssh a command over a shared connection."""
        shared = " ".join(str(word) for word in ["ssh", *self.config, "-o", "ControlMaster=auto", "-o", "ControlPersist=10s",
                                                 "-o", f"ControlPath={self.hosts.folder}/each-%C"])
        lines = script.read_text().splitlines()
        loops = ["\n".join(f"{shared} -n {address} {line}" for line in lines) for address in addresses]
        self._all([["sh", "-c", loop] for loop in loops], "/dev/null")

    def copy(self, addresses, file, cipher):
        """With scp, which tells every host apart by the name of the file."""
        command = ["scp", "-q", *self.config, "-c", cipher, file]
        self._all([[*command, f"{address}:scp-{address}"] for address in addresses], "/dev/null")

    def send(self, addresses, file, cipher, receive="cat >$(mktemp -p .)"):
        command = ["ssh", *self.config, "-c", cipher]
        self._all([[*command, address, receive] for address in addresses], file)

    def send_safely(self, addresses, file, cipher):
        """What kk does, by hand: on the disk and verified before it takes its place, here and there by the faster of the programs."""
        digest = "openssl dgst -sha256 -r"
        here = subprocess.run([*digest.split(), str(file)], capture_output=True, check=True, text=True).stdout.split()[0]
        self.send(addresses, file, cipher, 'f=$(mktemp -p .) && cat >$f && sync $f && '
                  f'[ "$({digest} <$f | cut -c 1-64)" = {here} ] && mv $f $f.right')

    @staticmethod
    def _all(commands, stdin):
        running = []
        for command in commands:
            with open(stdin, "rb") as input_file:
                running.append(subprocess.Popen([str(word) for word in command], stdin=input_file, stdout=subprocess.DEVNULL))
        if any([process.wait() for process in running]):
            raise RuntimeError("ssh failed")


def check(command, **more):
    result = subprocess.run([str(word) for word in command], capture_output=True, check=False, **more)
    if result.returncode:
        raise RuntimeError(result.stdout.decode()[-2000:] + result.stderr.decode()[-2000:])
