# Writes a tiny image to one address of a registry and reads it back from another by digest.
# Arguments: http|https CA_FILE AUTHORITY_TO_WRITE AUTHORITY_TO_READ; standard input: USER:PASSWORD
set -eu
scheme=$1
ca=$2
write=$1://$3
read=$1://$4
secure=${scheme#http}
umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# curl reads quotes and backslashes in its configuration only behind a backslash
{ printf 'user = "'; head -n 1 | sed 's/[\\"]/\\&/g' | tr -d '\n'; printf '"\n'; } >"$folder/login"

api() { curl -sS --fail ${secure:+--cacert "$ca"} -K "$folder/login" --max-time 30 "$@"; }
digest() { printf 'sha256:%s' "$(sha256sum "$1" | cut -d ' ' -f 1)"; }

push_blob() {
    blob=$(digest "$1")
    if api -o /dev/null --head "$write/v2/kk/proof/blobs/$blob" 2>/dev/null; then return; fi
    place=$(api -o /dev/null -D - -X POST "$write/v2/kk/proof/blobs/uploads/" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    case $place in /*) place=$write$place ;; esac
    case $place in *\?*) place="$place&digest=$blob" ;; *) place="$place?digest=$blob" ;; esac
    api -o /dev/null -X PUT -H 'Content-Type: application/octet-stream' --data-binary "@$1" "$place"
}

printf '{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}' >"$folder/config"
push_blob "$folder/config"
printf '{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%s,"digest":"%s"},"layers":[]}' \
    "$(wc -c <"$folder/config" | tr -d ' ')" "$(digest "$folder/config")" >"$folder/manifest"
type=application/vnd.docker.distribution.manifest.v2+json
api -o /dev/null -X PUT -H "Content-Type: $type" --data-binary "@$folder/manifest" "$write/v2/kk/proof/manifests/1"
api -o "$folder/read" -H "Accept: $type" "$read/v2/kk/proof/manifests/$(digest "$folder/manifest")"
cmp -s "$folder/manifest" "$folder/read" || { echo "the image read back differs from the one written" >&2; exit 1; }
digest "$folder/manifest"
