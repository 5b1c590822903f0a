#!/bin/bash
# Copies what a Harbor needs to be made again. Nothing is pushed meanwhile. Layers never change once they are there, so on one
# file system they are copied by name alone. Arguments: PLACE HOME DATA VERSION [no-database]
set -euo pipefail
place=$1
home=$2
data=$3
version=$4
umask 077
export PATH=/usr/local/bin:$PATH
rm -rf "$place.part"
mkdir -p "$place.part/home" "$place.part/registry"
cd "$place.part"
[ "${5:-}" = no-database ] || docker exec harbor-db pg_dumpall -U postgres --clean --if-exists | gzip >database.sql.gz
cp -a "$data/secret" .
[ ! -d "$data/ca_download" ] || cp -a "$data/ca_download" .
cp -a "$home/harbor.yml" "$home/prepare" "$home/harbor.sh" home/
[ ! -d "$home/ssl" ] || cp -a "$home/ssl" home/
store=docker/registry/v2
if [ -d "$data/registry/$store" ]; then
    mkdir -p "registry/$store"
    cp -a "$data/registry/$store/repositories" "registry/$store/" 2>/dev/null || true
    cp -al "$data/registry/$store/blobs" "registry/$store/" 2>/dev/null || cp -a "$data/registry/$store/blobs" "registry/$store/"
    chown --reference="$data/registry" registry
fi
echo "$version" >version
mv "$place.part" "$place"
du -sh "$place" | cut -f 1
