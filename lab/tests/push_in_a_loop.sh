#!/bin/sh
# Pushes one tiny image after the other and prints the digest of each that the registry has acknowledged.
# Arguments: URL CA_FILE SECONDS LOGIN_FILE; runs on a client.
set -u
url=$1
ca=$2
seconds=$3
login=$4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
api() { curl -s --fail --cacert "$ca" -K "$login" --max-time 3 "$@"; }
digest() { printf 'sha256:%s' "$(sha256sum "$1" | cut -d ' ' -f 1)"; }
type=application/vnd.docker.distribution.manifest.v2+json

push() {
    printf '{"architecture":"amd64","os":"linux","config":{"Env":["PUSH=%s"]},"rootfs":{"type":"layers","diff_ids":[]}}' "$1" >"$folder/config"
    place=$(api -o /dev/null -D - -X POST "$url/v2/test/pushed/blobs/uploads/" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    [ -n "$place" ] || return 1
    api -o /dev/null -X PUT -H 'Content-Type: application/octet-stream' --data-binary "@$folder/config" "$place&digest=$(digest "$folder/config")" || return 1
    printf '{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%s,"digest":"%s"},"layers":[]}' \
        "$type" "$(wc -c <"$folder/config" | tr -d ' ')" "$(digest "$folder/config")" >"$folder/manifest"
    api -o /dev/null -X PUT -H "Content-Type: $type" --data-binary "@$folder/manifest" "$url/v2/test/pushed/manifests/$(digest "$folder/manifest")" || return 1
    digest "$folder/manifest"
    echo
}

end=$(($(date +%s) + seconds))
number=0
while [ "$(date +%s)" -lt "$end" ]; do
    number=$((number + 1))
    push "$end-$number" || sleep 0.1
done
