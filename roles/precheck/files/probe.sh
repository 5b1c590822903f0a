# Tells in one go what no fact tells; changes nothing.
# Arguments: PORT DATA_DIR BACKEND_PORT VIRTUAL_ADDRESS ENDPOINT, the last two may be empty
port=$1
folder=$2
backend=$3
virtual=$4
endpoint=$5
echo "clock $(date +%s)"
while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done

is_used() {
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v p=":$(printf '%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == p { found = 1 } END { exit !found }'
}
for each in $(printf '%s\n' "$port" "$backend" | sort -u); do ! is_used "$each" || echo "port used $each"; done
[ "$(systemctl is-active docker-registry 2>/dev/null)" = active ] && echo "registry active"
for file in docker-registry nginx keepalived; do [ -e "/etc/kk/$file" ] && echo "installed $file"; done
if grep -qs " - " /etc/kk/docker-registry; then
    sed -n 's/^port - /registry port /p; s/^backend - /registry port /p' /etc/kk/docker-registry
fi
df -Pk "$folder" | awk 'NR == 2 { print "free " int($4 / 1048576) }'
command -v dockerd >/dev/null && echo "docker $(dockerd --version | sed 's/.*version \([0-9.]*\).*/\1/')"
if command -v dockerd >/dev/null; then
    path=$(readlink -f "$(command -v dockerd)")
    { dpkg -S "$path" || rpm -qf "$path"; } >/dev/null 2>&1 && echo "docker packaged"
    docker ps -a --format 'container {{.Names}}' 2>/dev/null | grep -E '^container (docker-registry|registry-nginx|registry-keepalived)$'
fi
docker --version 2>/dev/null | grep -qi podman && echo "docker podman"
for tool in tar gzip iptables sha256sum curl; do
    command -v "$tool" >/dev/null || [ -x "/usr/sbin/$tool" ] || [ -x "/sbin/$tool" ] || echo "missing $tool"
done
[ -x /sbin/mount.nfs ] || [ -x /usr/sbin/mount.nfs ] || echo "missing mount.nfs"
# networks that Docker gives to its containers unless told otherwise
ip -o -4 route show to match 172.17.0.1 2>/dev/null | grep -v ' docker0 ' | sed -n 's/^\(172[^ ]*\) .*/overlap \1/p'

if [ -n "$virtual" ]; then
    case $virtual in *:*) family=-6 ;; *) family=-4 ;; esac
    device=$(ip $family -o route show to match "$virtual" 2>/dev/null |
        awk '!/ via / { for (i = 1; i < NF; i++) if ($i == "dev") { print $(i + 1); exit } }')
    [ -z "$device" ] || echo "virtual network $device"
    echo "networks $(ip $family -o addr show scope global | awk '{ print $4 }' | xargs)"
    ip -o link | sed -n 's/.*link\/ether \([^ ]*\).*/mac \1/p'
    if ip $family -o addr show to "$virtual" | grep -q .; then
        echo "virtual held"
    elif [ -n "$device" ]; then
        # whoever has the address answers the question for it, even when it answers nothing else
        bash -c "echo >/dev/udp/$virtual/9" 2>/dev/null
        sleep 1
        ip $family neigh show to "$virtual" dev "$device" | sed -n 's/.*lladdr \([^ ]*\).*/virtual answered \1/p'
    fi
    if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
        firewall-cmd --query-protocol=vrrp >/dev/null 2>&1 || echo "vrrp firewalld"
    elif iptables -S INPUT 2>/dev/null | grep -Eq '^-P INPUT DROP|^-A INPUT -j (DROP|REJECT)'; then
        iptables -S INPUT | grep -Eq -- '-p (112|vrrp).* -j ACCEPT' || echo "vrrp iptables"
    fi
    iptables -S INPUT 2>/dev/null | grep -Eq -- '-p (112|vrrp).* -j (DROP|REJECT)' && echo "vrrp iptables"
fi
if [ -n "$endpoint" ]; then
    curl -ks -o /dev/null --max-time 5 "$endpoint" || echo "endpoint away"
fi
exit 0
