#!/bin/sh
# Tells in a few lines how the registry on this host is. Arguments: http|https PORT BACKEND_PORT VIRTUAL_ADDRESS VIRTUAL_AUTHORITY
answer() {
    code=$(curl -ks -o /dev/null -w '%{http_code}' --max-time 3 "$1/v2/" || true)
    case $code in 200 | 401) echo "answers" ;; 000) echo "does not answer" ;; *) echo "says $code" ;; esac
}
installed() { sed -n "s/^$2 - //p" "/etc/kk/$1" 2>/dev/null; }

if [ -e /etc/kk/harbor ]; then
    type=harbor
elif [ -e /etc/kk/docker-registry ]; then
    type=docker-registry
else
    echo "no registry of kk's is installed"
    exit 0
fi
echo "registry    $type $(installed $type version), $(answer "$1://127.0.0.1:$3")"
! grep -qs '^    readonly:' "$(installed docker-registry home)/config.yml" ||
    echo "pushes      refused, as a collection of garbage did not end; kk registry gc ends it"
if [ -n "$4" ]; then
    [ $type = harbor ] || echo "nginx       $(answer "$1://127.0.0.1:$2")"
    if ip -o addr show to "$4" | grep -q .; then echo "address     has $4"; else echo "address     not here; $4 $(answer "$1://$5")"; fi
    [ ! -e /opt/registry-keepalived/etc/drain ] || echo "drained     /opt/registry-keepalived/etc/drain keeps $4 away"
fi
if [ -n "$(installed $type data)" ]; then
    df -Ph "$(installed $type data)" | awk 'NR == 2 { print "disk        " $4 " of " $2 " free" }'
fi
if [ "$1" = https ]; then
    echo | timeout 3 openssl s_client -connect "127.0.0.1:$2" 2>/dev/null | openssl x509 -noout -enddate 2>/dev/null | sed 's/notAfter=/certificate ends /'
fi
exit 0
