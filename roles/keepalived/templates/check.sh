#!/bin/sh
# Written by kk; changes are overwritten. Fails when this host should not have the virtual address.
# A host that is to be left alone: touch this file.
[ ! -e /etc/kk-keepalived/drain ] || exit 1
url={{ keepalived_check_url }}
if command -v curl >/dev/null; then
    status=$(curl -ks -o /dev/null -w '%{http_code}' --max-time 2 "$url")
elif said=$(wget -q -O /dev/null -T 2 --no-check-certificate "$url" 2>&1); then
    status=200
else
    status=$(echo "$said" | sed -n 's|.*HTTP/1\.[01] \([0-9]*\).*|\1|p')
fi
case $status in 200 | 401) exit 0 ;; esac
exit 1
