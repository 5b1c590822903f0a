# Checks of the end-to-end tests, a line each, and what they look at. Sourced after lib.sh, never run.
# shellcheck shell=bash

passed=0
failed=0
OUT=$WORK/out
mkdir -p "$OUT"

ok() {
    passed=$((passed + 1))
    printf 'ok    %s\n' "$1"
}
bad() {
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$1"
    [ ! -s "${2:-/dev/null}" ] || tail -n 25 "$2" | sed 's/^/      | /'
}
# expect WHAT EXIT COMMAND...: the command ends with that status; its output is kept in $last
expect() {
    local what=$1 status=$2 got=0
    shift 2
    last=$OUT/$(printf '%03d' $((passed + failed + 1)))
    "$@" >"$last" 2>&1 || got=$?
    if [ "$got" = "$status" ]; then ok "$what"; else bad "$what (exit status $got instead of $status)" "$last"; fi
}
# says WHAT TEXT: the last output holds the text
says() { if grep -qF -- "$2" "$last"; then ok "$1"; else bad "$1: \"$2\" is missing" "$last"; fi; }
# fails_to WHAT COMMAND...: the command must not succeed
fails_to() {
    local what=$1
    shift
    last=$OUT/$(printf '%03d' $((passed + failed + 1)))
    if "$@" >"$last" 2>&1; then bad "$what" "$last"; else ok "$what"; fi
}
# kill_when OUTPUT TEST... -- COMMAND...: begins the command, and kills it with -9 once the test succeeds
kill_when() {
    local output=$1 test=() begun
    shift
    while [ "$1" != -- ]; do
        test+=("$1")
        shift
    done
    shift
    "$@" >"$output" 2>&1 &
    begun=$!
    until "${test[@]}" >/dev/null 2>&1 || ! kill -0 $begun 2>/dev/null; do sleep 0.1; done
    pkill -9 -P $begun
    kill -9 $begun 2>/dev/null
    wait $begun 2>/dev/null
}
same() { if [ "$2" = "$3" ]; then ok "$1"; else bad "$1: \"$3\" instead of \"$2\""; fi; }
snapshot() { "$LAB/listing" "$1" >"$OUT/listing-$1-$2"; }
unchanged() {
    snapshot "$1" after
    if diff "$OUT/listing-$1-before" "$OUT/listing-$1-after" >"$OUT/traces"; then ok "$2"; else bad "$2" "$OUT/traces"; fi
}
# changed_tasks FILE: names of the tasks and handlers that changed something, from JSON lines
changed_tasks() { grep '"event":"host_finished"' "$1" | grep '"status":"changed"' | sed 's/.*"task":"\([^"]*\)".*/\1/' | sort -u; }
totals_changed() { grep '"event":"recap"' "$1" | grep -o '"changed":[0-9]*' | cut -d : -f 2 | awk "{ n += \$1 } END { print n + 0 }"; }
started_at() { on "$1" docker inspect -f '{{.State.StartedAt}}' docker-registry; }
# received NODE: how many bytes have come to the host over its network
received() { on "$1" cat /sys/class/net/eth0/statistics/rx_bytes; }

# Who has a virtual address. holders ADDRESS, one_holder ADDRESS: the latter waits until it is exactly one host
holders() { for n in 1 2 3; do on node$n ip -o addr show to "$1" 2>/dev/null | grep -q . && echo node$n; done | paste -sd' '; }
one_holder() {
    local found
    for _ in $(seq 60); do
        found=$(holders "$1")
        case $found in '' | *' '*) sleep 0.5 ;; *) echo "$found" && return ;; esac
    done
    echo "$found"
}
# moved ADDRESS FROM: waits until FROM no longer has it, and prints who has
moved() {
    for _ in $(seq 60); do [ "$(holders "$1")" = "$2" ] || break; sleep 0.3; done
    one_holder "$1"
}

# ended: prints the counts; false when a check failed
ended() {
    [ "$failed" != 0 ] || rm -rf "$WORK"
    printf '\n%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" = 0 ]
}
