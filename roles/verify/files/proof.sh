#!/bin/sh
# Writes a tiny image to one address of a registry and reads it back from another by digest.
# Arguments: http|https CA_FILE AUTHORITY_TO_WRITE AUTHORITY_TO_READ SECONDS, for which it may take until what is written can
# be read; standard input: USER:PASSWORD
set -eu
scheme=$1
ca=$2
write=$1://$3
read=$1://$4
patience=$5
secure=${scheme#http}
umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# curl reads quotes and backslashes in its configuration only behind a backslash
{ printf 'user = "'; head -n 1 | sed 's/[\\"]/\\&/g' | tr -d '\n'; printf '"\n'; } >"$folder/login"

curl_() { curl -sS --noproxy '*' ${secure:+--cacert "$ca"} --max-time 30 "$@"; }
digest() { printf 'sha256:%s' "$(sha256sum "$1" | cut -d ' ' -f 1)"; }

# log_in URL FILE: asks as Docker does, and writes what curl has to send there: the password, or the token it is exchanged for.
log_in() {
    challenge=$(curl_ -o /dev/null -D - "$1/v2/" | tr -d '\r' | sed -n 's/^[Ww][Ww][Ww]-[Aa]uthenticate: //p')
    realm=$(echo "$challenge" | sed -n 's/^Bearer.*realm="\([^"]*\)".*/\1/p')
    service=$(echo "$challenge" | sed -n 's/^Bearer.*service="\([^"]*\)".*/\1/p')
    if [ -z "$realm" ]; then
        cp "$folder/login" "$2"
        return
    fi
    curl_ -K "$folder/login" "$realm?service=$service&scope=repository:kk/proof:pull,push" >"$folder/answer"
    token=$(sed -n 's/.*"token": *"\([^"]*\)".*/\1/p' "$folder/answer")
    if [ -z "$token" ]; then
        echo "$realm gives no token: $(head -c 300 "$folder/answer")" >&2
        exit 1
    fi
    printf 'header = "Authorization: Bearer %s"\n' "$token" >"$2"
}
log_in "$write" "$folder/to_write"
log_in "$read" "$folder/to_read"
write() { curl_ --fail -K "$folder/to_write" "$@"; }

push_blob() {
    blob=$(digest "$1")
    if write -o /dev/null --head "$write/v2/kk/proof/blobs/$blob" 2>/dev/null; then return; fi
    place=$(write -o /dev/null -D - -X POST "$write/v2/kk/proof/blobs/uploads/" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    case $place in /*) place=$write$place ;; esac
    case $place in *\?*) place="$place&digest=$blob" ;; *) place="$place?digest=$blob" ;; esac
    write -o /dev/null -X PUT -H 'Content-Type: application/octet-stream' --data-binary "@$1" "$place"
}

printf '{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}' >"$folder/config"
push_blob "$folder/config"
printf '{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%s,"digest":"%s"},"layers":[]}' \
    "$(wc -c <"$folder/config" | tr -d ' ')" "$(digest "$folder/config")" >"$folder/manifest"
type=application/vnd.docker.distribution.manifest.v2+json
write -o /dev/null -X PUT -H "Content-Type: $type" --data-binary "@$folder/manifest" "$write/v2/kk/proof/manifests/1"
until curl_ --fail -K "$folder/to_read" -o "$folder/read" -H "Accept: $type" "$read/v2/kk/proof/manifests/$(digest "$folder/manifest")" 2>"$folder/why"; do
    if [ "$patience" -le 0 ]; then
        cat "$folder/why" >&2
        exit 1
    fi
    patience=$((patience - 1))
    sleep 1
done
cmp -s "$folder/manifest" "$folder/read" || { echo "the image read back differs from the one written" >&2; exit 1; }
digest "$folder/manifest"
