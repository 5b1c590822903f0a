#!/bin/bash
# Brings back what backup.sh has kept. What was there is moved aside, and removed when Harbor is well again.
# Arguments: PLACE HOME DATA URL [--with-trivy]
set -euo pipefail
place=$1
home=$2
data=$3
url=$4
shift 4
export PATH=/usr/local/bin:$PATH TERM=dumb
cd "$home"
systemctl stop harbor.service || true
docker-compose -p harbor down --remove-orphans --timeout 60 >&2 2>&1 || true
rm -f prepared

aside=$data/before-restore
mkdir -p "$aside"
for part in database redis registry secret ca_download job_logs; do
    # a restore that was broken off has moved the true ones already
    if [ -e "$data/$part" ]; then
        if [ -e "$aside/$part" ]; then rm -rf "${data:?}/$part"; else mv "$data/$part" "$aside/"; fi
    fi
done
cp -a "$place/secret" "$data/"
[ ! -d "$place/ca_download" ] || cp -a "$place/ca_download" "$data/"
store=docker/registry/v2
mkdir -p "$data/registry"
chown --reference="$place/registry" "$data/registry"
if [ -d "$place/registry/$store" ]; then
    mkdir -p "$data/registry/$store"
    cp -a "$place/registry/$store/repositories" "$data/registry/$store/" 2>/dev/null || true
    cp -al "$place/registry/$store/blobs" "$data/registry/$store/" 2>/dev/null || cp -a "$place/registry/$store/blobs" "$data/registry/$store/"
    chown --reference="$place/registry" "$data/registry/docker" "$data/registry/docker/registry" "$data/registry/$store"
fi
cp -a "$place/home/." "$home/"

install -m 600 /dev/null prepare.log
./prepare "$@" >prepare.log 2>&1 || { tail -n 20 prepare.log >&2; exit 1; }
if [ -e "$place/database.sql.gz" ]; then
    ./harbor.sh start-log >&2 2>&1
    docker-compose -p harbor -f docker-compose.yml up -d postgresql >&2 2>&1
    for _ in $(seq 240); do ! docker exec harbor-db psql -U postgres -c 'select 1' >/dev/null 2>&1 || break; sleep 0.5; done
    # it complains about the role that it works as, which is there already
    gunzip -c "$place/database.sql.gz" | docker exec -i harbor-db psql -q -U postgres -d postgres >restore.log 2>&1
fi
systemctl daemon-reload
systemctl restart harbor.service
./harbor.sh wait "$url" || { echo "what was there before lies in $aside" >&2; exit 1; }
rm -rf "$aside"
