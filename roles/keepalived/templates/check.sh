#!/bin/sh
# Written by kk; changes are overwritten. Fails when this host should not have the virtual address.
# A host that is to be left alone: touch this file.
[ ! -e /etc/kk-keepalived/drain ] || exit 1
url={{ keepalived_check_url }}
{% if is_harbor %}
# it answers 200 whatever its state is
if command -v curl >/dev/null; then
    health=$(curl -ks --max-time 2 "$url")
else
    health=$(wget -q -O - -T 2 --no-check-certificate "$url")
fi
health=$(echo "$health" | tr -d ' \n' | tr '{' '\n')
for part in {{ keepalived_harbor_parts | join(' ') }}; do
    echo "$health" | grep "\"name\":\"$part\"" | grep -q '"status":"healthy"' || exit 1
done
exit 0
{% else %}
if command -v curl >/dev/null; then
    status=$(curl -ks -o /dev/null -w '%{http_code}' --max-time 2 "$url")
elif said=$(wget -q -O /dev/null -T 2 --no-check-certificate "$url" 2>&1); then
    status=200
else
    status=$(echo "$said" | sed -n 's|.*HTTP/1\.[01] \([0-9]*\).*|\1|p')
fi
case $status in 200 | 401) exit 0 ;; esac
exit 1
{% endif %}
