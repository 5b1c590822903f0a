# What the commands of the lab share. Sourced by them, never run.
# shellcheck shell=sh disable=SC2034,SC2016

PATH=$PATH:/usr/sbin:/sbin
LAB=${LAB:-$(cd "$(dirname "$0")" && pwd -P)}
STATE=$LAB/.state
CACHE=${KK_LAB_CACHE:-/var/cache/kk-lab}
PREFIX=${KK_LAB_SUBNET_PREFIX:-10.77.0}
PREFIX6=${KK_LAB_SUBNET_PREFIX6:-fd00:77:0:77}
NETWORK=kk-lab
KEY=$STATE/id_ed25519

say() { printf 'lab: %s\n' "$*" >&2; }

die() {
    printf 'lab: %s\n' "$*" >&2
    exit 1
}

need_root() { [ "$(id -u)" = 0 ] || die "the lab needs root: it runs a container engine and hosts with systemd"; }

need_engine() { engine_answers || die "no Docker Engine answers; start the lab with lab/up"; }

# One set-up at a time on this machine; the lock ends with the calling script.
lock() {
    mkdir -p "$CACHE"
    exec 9>"$CACHE/lock"
    flock -n 9 && return
    say "waiting for another lab command to end"
    flock 9
}

# digest FILE...: a short name for what the files say.
digest() { cat "$@" | sha256sum | cut -c 1-16; }

# quietly LOG COMMAND...: keeps the output in LOG, and shows it only when the command fails.
quietly() {
    log=$1
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 9>&- && return
    tail -n 25 "$log" >&2
    die "failed: $* (whole output: $log)"
}

# wait_for SECONDS COMMAND...: tries until the command succeeds; false when time is up.
wait_for() {
    deadline=$(($(date +%s) + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -lt "$deadline" ] || return 1
        sleep 0.3
    done
}

# install_missing COMMAND:PACKAGE...: installs the packages whose command is not there.
install_missing() {
    missing=
    for pair in "$@"; do
        command -v "${pair%:*}" >/dev/null || missing="$missing ${pair#*:}"
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || die "needed but not installed, and this is no Debian:$missing"
    say "installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    quietly "$CACHE/log/apt" apt-get update
    # shellcheck disable=SC2086
    quietly "$CACHE/log/apt" apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 $missing
}

# The Debian mirror this machine's apt uses.
debian_mirror() {
    mirror=${KK_LAB_MIRROR:-$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' | awk '$2 == "bookworm" && $3 == "main" { print $1; exit }')}
    [ -n "$mirror" ] || die "apt has no source for Debian bookworm; name a mirror in KK_LAB_MIRROR"
    printf '%s\n' "$mirror"
}

# debootstrap does not read apt's configuration, only the environment.
use_apt_proxy() {
    eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
    [ -z "${http_proxy:-}" ] || export http_proxy
    [ -z "${https_proxy:-}" ] || export https_proxy
}

engine_answers() { command -v docker >/dev/null && docker version >/dev/null 2>&1; }

engine_up() {
    engine_answers && return
    say "starting dockerd"
    if [ -d /run/systemd/system ]; then
        systemctl start docker 9>&-
    else
        setsid nohup dockerd >"$CACHE/log/dockerd" 2>&1 </dev/null 9>&- &
        echo $! >"$CACHE/dockerd.pid"
    fi
    wait_for 60 engine_answers && return
    [ ! -e "$CACHE/log/dockerd" ] || tail -n 15 "$CACHE/log/dockerd" >&2
    die "dockerd does not answer"
}

# Ends the engine only when it is the one that engine_up started.
engine_down() {
    pid=$(cat "$CACHE/dockerd.pid" 2>/dev/null || true)
    [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ] || return 0
    say "stopping dockerd"
    kill "$pid"
    wait_for 30 not kill -0 "$pid" || die "dockerd (process $pid) does not end"
    rm -f "$CACHE/dockerd.pid"
}

not() { ! "$@"; }

# Nodes. A node is called kk-lab-2 by the engine, node2 in the inventory; both and plain 2 are understood.
all_nodes() { docker ps -a --filter label=kk-lab.stamp --format '{{.Names}}' | sort -V; }
node_address() { printf '%s.%d\n' "$PREFIX" $((10 + ${1#kk-lab-})); }
node_running() { [ "$(docker inspect -f '{{.State.Running}}' "$1" 2>/dev/null)" = true ]; }
node_state() { docker exec "$1" systemctl is-system-running 2>/dev/null || true; }
node_settled() { case $(node_state "$1") in running | degraded) ;; *) false ;; esac; }

node_named() {
    name=kk-lab-${1##*[!0-9]}
    node_running "$name" || die "no such node is running: $1 (lab/status shows the nodes)"
    printf '%s\n' "$name"
}

# node_login NODE COMMAND...: runs the command over SSH as root, by key.
node_login() {
    address=$(node_address "$1")
    shift
    ssh -n -i "$KEY" -o BatchMode=yes -o ConnectTimeout=3 -o StrictHostKeyChecking=yes \
        -o UserKnownHostsFile="$STATE/known_hosts" "root@$address" "$@"
}

await_node() {
    wait_for 60 node_settled "$1" || die "systemd on $1 does not finish starting: $(node_state "$1")"
    [ "$(node_state "$1")" = running ] ||
        say "$1 is degraded: $(docker exec "$1" systemctl --failed --plain --no-legend | cut -d ' ' -f 1 | xargs)"
    wait_for 30 ssh-keyscan -T 2 -t ed25519 "$(node_address "$1")" || die "sshd on $1 does not answer"
}

remove_node() {
    docker rm -f "$1" >/dev/null
    docker volume rm -f "$1-docker" "$1-containerd" >/dev/null
}
