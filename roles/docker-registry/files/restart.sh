#!/bin/sh
# Restarts the registry and waits until it answers. Arguments: URL, and how many seconds a proxy leaves out a registry that
# has refused it: the next registry must not go down before.
set -eu
url=$1
left_out=${2:-0}
systemctl daemon-reload
systemctl restart docker-registry.service
for _ in $(seq 60); do
    # who doesn't log in is refused by a registry that is well
    case $(curl -ks -o /dev/null -w '%{http_code}' --max-time 2 "$url" || true) in
    200 | 401)
        sleep "$left_out"
        exit 0
        ;;
    esac
    sleep 0.5
done
echo "the registry does not answer at $url after its restart:" >&2
docker logs --tail 20 docker-registry >&2 2>&1 || true
exit 1
