#!/bin/sh
# Removes packages that came with kk, those that others need by now excepted. Arguments: their names
set -eu
removable() {
    if command -v dpkg >/dev/null; then dpkg --simulate --purge "$1" >/dev/null 2>&1; else rpm -e --test "$1" >/dev/null 2>&1; fi
}
remove() {
    if command -v dpkg >/dev/null; then DEBIAN_FRONTEND=noninteractive dpkg --purge "$1" >/dev/null; else rpm -e "$1"; fi
}
# each that goes may free another
again=yes
while [ -n "$again" ]; do
    again=
    for package; do
        shift
        if removable "$package"; then
            remove "$package"
            echo "$package"
            again=yes
        else
            set -- "$@" "$package"
        fi
    done
done
