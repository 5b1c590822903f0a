#!/bin/bash
# Copies what a Harbor needs to be made again, and brings it back.
# Arguments: keep PLACE HOME DATA VERSION [no-database], while nobody pushes; or restore PLACE HOME DATA URL [--with-trivy]
set -euo pipefail
command=$1
place=$2
home=$3
data=$4
shift 4
export PATH=/usr/local/bin:$PATH TERM=dumb
store=docker/registry/v2

# copy_images FROM TO: layers never change once they are there, so on one file system they are copied by name alone. What is
# still being uploaded is nobody's yet.
copy_images() {
    mkdir -p "$2"
    chown --reference="$1" "$2"
    [ -d "$1/$store" ] || return 0
    mkdir -p "$2/$store"
    chown --reference="$1" "$2/docker" "$2/docker/registry" "$2/$store"
    local how=-a
    [ "$(stat -c %d "$1/$store")" != "$(stat -c %d "$2/$store")" ] || how=-al
    [ ! -d "$1/$store/blobs" ] || cp "$how" "$1/$store/blobs" "$2/$store/"
    [ ! -d "$1/$store/repositories" ] || tar -C "$1/$store" --exclude='_uploads' -cf - repositories | tar -C "$2/$store" -xpf -
}

keep() {
    local version=$1 database=${2:-}
    umask 077
    rm -rf "$place.part"
    mkdir -p "$place.part/home"
    cd "$place.part"
    [ "$database" = no-database ] || docker exec harbor-db pg_dumpall -U postgres --clean --if-exists | gzip >database.sql.gz
    cp -a "$data/secret" .
    for part in harbor.yml prepare harbor.sh prepared ssl; do [ ! -e "$home/$part" ] || cp -a "$home/$part" home/; done
    [ ! -e "$data/ca_download" ] || cp -a "$data/ca_download" .
    [ ! -e "$data/registry" ] || copy_images "$data/registry" registry
    echo "$version" >version
    mv "$place.part" "$place"
    du -sh "$place" | cut -f 1
}

# What was there is moved aside, and removed when Harbor is well again.
restore() {
    local url=$1
    shift
    mkdir -p "$home"
    cd "$home"
    systemctl stop harbor.service || true
    docker-compose -p harbor down --remove-orphans --timeout 60 >&2 2>&1 || true
    rm -f prepared

    local aside=$data/before-restore
    mkdir -p "$aside"
    for part in database redis registry secret ca_download job_logs; do
        # a restore that was broken off has moved the true ones already
        if [ -e "$data/$part" ]; then
            if [ -e "$aside/$part" ]; then rm -rf "${data:?}/$part"; else mv "$data/$part" "$aside/"; fi
        fi
    done
    cp -a "$place/secret" "$data/"
    [ ! -e "$place/ca_download" ] || cp -a "$place/ca_download" "$data/"
    [ ! -e "$place/registry" ] || copy_images "$place/registry" "$data/registry"
    for part in harbor.yml prepare harbor.sh; do cp -a "$place/home/$part" .; done
    [ ! -e "$place/home/ssl" ] || cp -a "$place/home/ssl" .

    install -m 600 /dev/null prepare.log
    ./prepare "$@" >prepare.log 2>&1 || { tail -n 20 prepare.log >&2; exit 1; }
    [ ! -e "$place/database.sql.gz" ] || restore_database
    systemctl daemon-reload
    systemctl restart harbor.service
    ./harbor.sh wait "$url" || { echo "what was there before lies in $aside" >&2; exit 1; }
    [ ! -e "$place/home/prepared" ] || cp -a "$place/home/prepared" .
    rm -rf "$aside"
}

restore_database() {
    ./harbor.sh start-log >&2 2>&1
    docker-compose -p harbor -f docker-compose.yml up -d postgresql >&2 2>&1
    local try=0
    until docker exec harbor-db psql -U postgres -c 'select 1' >/dev/null 2>&1; do
        try=$((try + 1))
        [ $try -lt 240 ] || { echo "Harbor's database does not answer two minutes after its start" >&2; exit 1; }
        sleep 0.5
    done
    install -m 600 /dev/null restore.log
    gunzip -c "$place/database.sql.gz" | docker exec -i harbor-db psql -q -U postgres -d postgres >restore.log 2>&1 ||
        { grep -e ERROR -e FATAL restore.log | tail -n 20 >&2; exit 1; }
    # it can't make the role anew that it works as
    if grep ERROR restore.log | grep -v -e 'current user cannot be dropped' -e 'role "postgres" already exists' >&2; then exit 1; fi
}

"$command" "$@"
