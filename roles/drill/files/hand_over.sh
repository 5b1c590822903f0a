#!/bin/sh
# On the host that has the virtual address: asks keepalived to let go of it, and tells how long that took. Afterwards the
# host is fit for the address again. Arguments: VIRTUAL_ADDRESS KEEPALIVED_FOLDER
set -eu
address=$1
drain=$2/drain
trap 'rm -f "$drain"' EXIT
sleep 3
started=$(date +%s%3N)
touch "$drain"
for _ in $(seq 150); do
    if ! ip -o addr show to "$address" | grep -q .; then
        echo "$(($(date +%s%3N) - started))"
        exit 0
    fi
    sleep 0.1
done
echo "$address is still here 15 s after this host was asked to let go of it" >&2
exit 1
