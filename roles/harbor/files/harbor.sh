#!/bin/bash
# Starts Harbor, and tells how it is. Lies beside what `prepare` writes. Arguments: start, start-log, well URL or wait URL
set -eu
cd "$(dirname "$0")"
compose() { /usr/local/bin/docker-compose -p harbor -f docker-compose.yml "$@"; }
health() { curl -ks --noproxy '*' --max-time 5 "$1/api/v2.0/health"; }

# start_log: before all others, which would end at once without it
start_log() {
    compose up -d log
    for _ in $(seq 120); do
        ! (: </dev/tcp/127.0.0.1/1514) 2>/dev/null || return 0
        sleep 0.5
    done
}
# Containers that Docker started on its own when the host booted may have ended for want of the log; they are started again.
start() {
    start_log
    for try in 1 2 3; do
        ! compose up -d --remove-orphans || return 0
        [ "$try" = 3 ] || sleep 5
    done
    return 1
}
# The answer is 200 whatever the state is; the parts have one each, before the one of the whole or after it.
well() { health "$1" | tr -d ' \n' | sed 's/"components":\[[^]]*\]//' | grep -q '"status":"healthy"'; }
wait_for() {
    for _ in $(seq 600); do
        ! well "$1" || return 0
        sleep 1
    done
    echo "Harbor is not well ten minutes after its start: $(health "$1")" >&2
    docker ps -a --filter label=com.docker.compose.project=harbor --format '{{.Names}}: {{.Status}}' >&2
    return 1
}

case $1 in
start) start ;;
start-log) start_log ;;
well) well "$2" ;;
wait) wait_for "$2" ;;
*) exit 64 ;;
esac
