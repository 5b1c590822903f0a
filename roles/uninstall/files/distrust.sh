#!/bin/sh
# Removes the certificates of one authority from what Docker trusts. Argument: SHA-256 of the file
set -eu
for file in /etc/docker/certs.d/*/ca.crt; do
    [ -e "$file" ] && [ "$(sha256sum "$file" | cut -d ' ' -f 1)" = "$1" ] || continue
    rm "$file"
    rmdir "$(dirname "$file")" 2>/dev/null || true
    echo "$file"
done
rmdir /etc/docker/certs.d 2>/dev/null || true
