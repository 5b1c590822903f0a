#!/bin/sh
# Pulls the image of the proof again and again, and tells the longest time without success.
# Arguments: URL CA_FILE SECONDS; standard input: USER:PASSWORD. Prints: PULLS FAILED OUTAGE_IN_MILLISECONDS
set -eu
url=$1
ca=$2
seconds=$3
umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{ printf 'user = "'; head -n 1 | sed 's/[\\"]/\\&/g' | tr -d '\n'; printf '"\n'; } >"$folder/login"
config=sha256:dc570f145a7f2862c9ef3c30b8d6ae2feaceb0d364e4b2e08e67ae18815427d9
now() { date +%s%3N; }

pulls=0
failed=0
outage=0
since=$(now)
end=$((since + seconds * 1000))
while at=$(now) && [ "$at" -lt "$end" ]; do
    pulls=$((pulls + 1))
    # each time over a connection of its own, as another client would
    if curl -s --fail --cacert "$ca" -K "$folder/login" --max-time 1 -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' \
        -o "$folder/manifest" "$url/v2/kk/proof/manifests/1" -o "$folder/config" "$url/v2/kk/proof/blobs/$config"; then
        at=$(now)
        [ $((at - since)) -le "$outage" ] || outage=$((at - since))
        since=$at
    else
        failed=$((failed + 1))
        sleep 0.05
    fi
done
at=$(now)
[ $((at - since)) -le "$outage" ] || outage=$((at - since))
echo "$pulls $failed $outage"
