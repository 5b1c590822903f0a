#!/bin/sh
# Loads the images, prepares, starts: install.sh [--with-trivy]. A stand-in for Harbor's, for tests.
set -e
cd "$(dirname "$0")"
. ./common.sh

note "[Step 0]: looking for Docker ..."
need_docker
note "[Step 1]: looking for docker-compose ..."
compose version
note "[Step 2]: loading images ..."
docker load -i ./harbor*.tar.gz
if [ -n "${host:-}" ]; then
    sed -i "s/^hostname: .*/hostname: $host/" harbor.yml
fi
note "[Step 3]: preparing ..."
./prepare "$@"
compose down -v
note "[Step 4]: starting ..."
compose up -d
note "started"
