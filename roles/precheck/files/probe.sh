#!/bin/sh
# Measures in one go what no fact tells; changes nothing. Prints a word and a value a line.
# Arguments: NOW PORT DATA_DIR ALL_PORTS VIRTUAL_ADDRESS ENDPOINT DOCKER_DIR ENTRY; empty where there is none. NOW is the time on
# the control machine. Standard input: HOST ADDRESS PORT a line, what this host will have to reach.
now=$1
port=$2
folder=$3
ports=$4
virtual=$5
endpoint=$6
docker_folder=$7
entry=$8
echo "clock $(($(date +%s) - now))"

existing() {
    place=$1
    while [ ! -d "$place" ]; do place=$(dirname "$place"); done
    echo "$place"
}
folder=$(existing "$folder")
docker_folder=$(existing "$docker_folder")
echo "folder_on $(stat -fc %T "$folder")"

is_used() {
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v p=":$(printf '%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == p { found = 1 } END { exit !found }'
}
for each in $ports; do ! is_used "$each" || echo "port $each"; done
for unit in docker-registry harbor; do [ "$(systemctl is-active "$unit" 2>/dev/null)" = active ] && echo "registry active"; done
for file in docker-registry harbor nginx keepalived docker; do [ -e "/etc/kk/$file" ] && echo "installed $file"; done
for each in $(sed -n 's/^ports - //p' /etc/kk/docker-registry /etc/kk/harbor 2>/dev/null); do echo "ours $each"; done
[ ! -e /etc/kk/harbor ] || sed -n 's/^version - /harbor /p' /etc/kk/harbor

df -Pk "$folder" | awk 'NR == 2 { print "free " int($4 / 1048576) }'
df -Pk "$docker_folder" | awk 'NR == 2 { print "docker_free " int($4 / 1048576) }'
# a file system that makes inodes as it needs them counts none
df -Pi "$folder" | awk 'NR == 2 { print "inodes " ($2 + 0 > 0 ? $4 : "unlimited") }'
if [ "$(stat -fc %T "$docker_folder")" = xfs ]; then
    xfs_info "$(df -P "$docker_folder" | awk 'NR == 2 { print $6 }')" 2>/dev/null | sed -n 's/.*\(ftype=[01]\).*/xfs \1/p'
fi

packaged() {
    path=$(command -v "$1") && path=$(readlink -f "$path") && { dpkg -S "$path" || rpm -qf "$path"; } >/dev/null 2>&1
}
if command -v dockerd >/dev/null; then
    echo "docker $(dockerd --version | sed 's/.*version \([0-9.]*\).*/\1/')"
    ! packaged dockerd || echo "packaged dockerd"
    docker ps -a --format 'container {{.Names}}' 2>/dev/null | grep -E '^container (docker-registry|registry-nginx|registry-keepalived|harbor-.*|registry|registryctl|redis|nginx|trivy-adapter)$'
    docker info --format '{{.SecurityOptions}}' 2>/dev/null | grep -q name=selinux && echo "docker_selinux yes"
fi
! packaged containerd || echo "packaged containerd"
docker --version 2>/dev/null | grep -qi podman && echo "podman yes"
for tool in tar gzip iptables sha256sum curl; do
    command -v "$tool" >/dev/null || [ -x "/usr/sbin/$tool" ] || [ -x "/sbin/$tool" ] || echo "missing $tool"
done

case $(stat -fc %T /sys/fs/cgroup 2>/dev/null) in
cgroup2fs) echo "cgroup v2" ;;
*) if [ -d /sys/fs/cgroup/devices ]; then echo "cgroup v1"; else echo "cgroup none"; fi ;;
esac
# without its modules' folder, as in a container, nobody can tell
has_module() { modprobe -nq "$1" 2>/dev/null || [ ! -d "/lib/modules/$(uname -r)" ]; }
grep -qw overlay /proc/filesystems || has_module overlay || echo "kernel_without overlay"
grep -qsw addrtype /proc/net/ip_tables_matches || has_module xt_addrtype || echo "kernel_without xt_addrtype"

getent ahosts localhost | grep -Eq '^(127\.0\.0\.1|::1) ' && echo "localhost known"
getent ahostsv4 localhost | grep -q '^127\.0\.0\.1 ' && echo "localhost4 known"
command -v bash >/dev/null || echo "lacks bash"
[ -z "$entry" ] || getent ahosts "$entry" | awk '!seen[$1]++ { print "entry " $1 }'
# networks that Docker gives to its containers unless told otherwise
ip -o -4 route show to match 172.17.0.1 2>/dev/null | grep -v ' docker0 ' | sed -n 's/^\(172[^ ]*\) .*/overlap \1/p'

# kk opens what it needs in each of these, but not against a rule that keeps just that out
if firewall-cmd --state >/dev/null 2>&1; then
    echo "firewall firewalld"
elif ufw status 2>/dev/null | grep -q '^Status: active'; then
    echo "firewall ufw"
elif { iptables -S INPUT; nft list ruleset; } 2>/dev/null | grep -Eq '^-P INPUT DROP|^-A INPUT .*-j (DROP|REJECT)|hook input.* policy drop'; then
    echo "firewall rules"
fi
iptables -S INPUT 2>/dev/null | grep -Eq -- '-p (112|vrrp).* -j (DROP|REJECT)' && echo "closed vrrp"
iptables -S INPUT 2>/dev/null | grep -Eq -- "-p tcp .*--dports? ([0-9,:]*,)?$port(,[0-9,:]*)?( .*)? -j (DROP|REJECT)" && echo "closed $port/tcp"

if [ -n "$virtual" ]; then
    case $virtual in *:*) family=-6 ;; *) family=-4 ;; esac
    device=$(ip $family -o route show to match "$virtual" 2>/dev/null |
        awk '!/ via / { for (i = 1; i < NF; i++) if ($i == "dev") { print $(i + 1); exit } }')
    [ -z "$device" ] || echo "virtual_network $device"
    echo "networks $(ip $family -o addr show scope global | awk '{ print $4 }' | xargs)"
    ip -o link | sed -n 's/.*link\/ether \([^ ]*\).*/mac \1/p'
    if ip $family -o addr show to "$virtual" | grep -q .; then
        echo "virtual_held yes"
    elif [ -n "$device" ]; then
        # whoever has the address answers the question for it, even when it answers nothing else
        bash -c "echo >/dev/udp/$virtual/9" 2>/dev/null
        sleep 1
        ip $family neigh show to "$virtual" dev "$device" | sed -n 's/.*lladdr \([^ ]*\).*/virtual_answered \1/p'
    fi
fi
if [ -n "$endpoint" ]; then
    curl -ks -o /dev/null --max-time 5 "$endpoint" || echo "endpoint away"
fi

# A port where nobody listens yet refuses, which proves the way there; silence and "no route" prove that there is none.
reach() {
    said=$(timeout 3 bash -c ": </dev/tcp/$2/$3" 2>&1)
    case $?:$said in 0:* | *refused*) ;; 124:*) echo "blocked $1 port $3: no answer" ;; *) echo "blocked $1 port $3:${said##*:}" ;; esac
}
while read -r host address number; do reach "$host" "$address" "$number" & done
wait
exit 0
