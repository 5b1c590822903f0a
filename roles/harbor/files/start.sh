#!/bin/bash
# Starts Harbor: its log before all others, which would end at once without it. Containers that Docker started on its own
# when the host booted may have ended for that reason; they are started again.
set -eu
cd "$(dirname "$0")"
compose() { /usr/local/bin/docker-compose -p harbor -f docker-compose.yml "$@"; }

compose up -d log
for _ in $(seq 120); do
    ! (: </dev/tcp/127.0.0.1/1514) 2>/dev/null || break
    sleep 0.5
done
for try in 1 2 3; do
    compose up -d --remove-orphans && exit 0
    [ "$try" = 3 ] || sleep 5
done
exit 1
