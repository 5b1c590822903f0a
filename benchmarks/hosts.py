"""Hosts to measure on: OpenSSH servers of our own on loopback addresses, and a user whose shell is /bin/sh."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

USER = "kkbench"
PORT = 22422
FAR_PORT = 22423  # where the proxy of delay.py listens
ADDRESSES_PER_SERVER = 16  # as many as one sshd listens on
SSHD_CONFIG = """\
Port {port}
{addresses}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/key.pub
PidFile none
StrictModes no
UsePAM no
AllowUsers {user}
PasswordAuthentication no
MaxStartups 2000
LogLevel ERROR
Subsystem sftp internal-sftp
"""
SSH_CONFIG = """\
Host *
  User {user}
  Port {port}
  IdentityFile {folder}/key
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile /dev/null
  BatchMode yes
"""


class Hosts:
    """As many hosts as asked for. Leaves nothing behind."""

    def __init__(self, count):
        self.addresses = [f"127.42.{n // 250}.{n % 250 + 1}" for n in range(count)]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kk-bench-"))
        self.home = self.folder / "home"
        self._servers = []
        self._made_user = False

    def __enter__(self):
        try:
            self._set_up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for server in self._servers:
            server.kill()
            server.wait()
        if self._made_user:
            subprocess.run(["pkill", "-KILL", "-u", USER], check=False, capture_output=True)
            subprocess.run(["userdel", "--force", USER], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _set_up(self):
        self.folder.chmod(0o755)
        self.home.mkdir()
        run("useradd", "--no-create-home", "--home-dir", self.home, "--shell", "/bin/sh", "--password", "*", USER)
        self._made_user = True
        shutil.chown(self.home, USER)
        for key in ("host_key", "key"):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / key)
        public = (self.folder / "host_key.pub").read_text().split()
        known = (f"[{address}]:{port} {public[0]} {public[1]}\n" for address in self.addresses for port in (PORT, FAR_PORT))
        (self.folder / "known_hosts").write_text("".join(known))
        values = {"folder": self.folder, "port": PORT, "user": USER}
        (self.folder / "ssh_config").write_text(SSH_CONFIG.format(**values))
        os.makedirs("/run/sshd", exist_ok=True)
        for start in range(0, len(self.addresses), ADDRESSES_PER_SERVER):
            some = self.addresses[start:start + ADDRESSES_PER_SERVER]
            config = self.folder / f"sshd_config.{start}"
            config.write_text(SSHD_CONFIG.format(addresses="\n".join(f"ListenAddress {a}" for a in some), **values))
            self._servers.append(subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", config]))
        for address in self.addresses:
            wait_for(address, PORT)

    def clear(self):
        """Takes away all that a measurement has left in the user's home."""
        for entry in self.home.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def inventory(self, count, port=PORT):
        """An inventory that kk and Ansible both read."""
        file = self.folder / f"inventory-{count}-{port}.yaml"
        lines = ["all:", "  vars:", f"    ansible_user: {USER}", f"    ansible_port: {port}",
                 f"    ansible_ssh_private_key_file: {self.folder}/key", "    ansible_connection: ssh",
                 "    ansible_python_interpreter: /usr/bin/python3", "  hosts:"]
        lines += [f"    h{n}: {{ansible_host: {address}}}" for n, address in enumerate(self.addresses[:count])]
        file.write_text("\n".join(lines) + "\n")
        return file


def run(*command):
    subprocess.run([str(word) for word in command], check=True)


def wait_for(address, port):
    until = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection((address, port), timeout=5) as line:
                line.recv(1)
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
