#!/bin/sh
# Lets keepalived read its configuration anew: the first of its processes, whatever started it in the container.
exec docker exec registry-keepalived sh -c '
    for process in $(ls /proc | grep "^[0-9]" | sort -n); do
        [ "$(cat "/proc/$process/comm" 2>/dev/null)" = keepalived ] && exec kill -HUP "$process"
    done
    echo "keepalived does not run" >&2
    exit 1'
