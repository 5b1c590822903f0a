# Tells in one go what no fact tells; changes nothing. Arguments: PORT DATA_DIR
port=$1
folder=$2
while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done

hex=$(printf '%04X' "$port")
if cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == p { found = 1 } END { exit !found }'; then
    echo "port used"
fi
[ "$(systemctl is-active docker-registry 2>/dev/null)" = active ] && echo "registry active"
if grep -qs " - " /etc/kk/docker-registry; then echo "registry port $(sed -n 's/^port - //p' /etc/kk/docker-registry)"; fi
df -Pk "$folder" | awk 'NR == 2 { print "free " int($4 / 1048576) }'
command -v dockerd >/dev/null && echo "docker $(dockerd --version | sed 's/.*version \([0-9.]*\).*/\1/')"
if command -v dockerd >/dev/null; then
    path=$(readlink -f "$(command -v dockerd)")
    { dpkg -S "$path" || rpm -qf "$path"; } >/dev/null 2>&1 && echo "docker packaged"
fi
docker --version 2>/dev/null | grep -qi podman && echo "docker podman"
for tool in tar gzip iptables sha256sum; do
    command -v "$tool" >/dev/null || [ -x "/usr/sbin/$tool" ] || [ -x "/sbin/$tool" ] || echo "missing $tool"
done
exit 0
