#!/bin/sh
# Restarts keepalived, and tells when it does not stay up.
set -eu
systemctl daemon-reload
systemctl restart registry-keepalived.service
sleep 2
if [ "$(docker inspect -f '{{.State.Running}} {{.State.Restarting}} {{.RestartCount}}' registry-keepalived)" != "true false 0" ]; then
    echo "keepalived does not stay up:" >&2
    docker logs --tail 20 registry-keepalived >&2 2>&1
    exit 1
fi
