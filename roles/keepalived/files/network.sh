#!/bin/sh
# Prints the interface of the network that holds an address, and this host's own address there.
# Arguments: VIRTUAL_ADDRESS NODE_ADDRESS
set -eu
virtual=$1
node=$2
case $virtual in *:*) family=-6 ;; *) family=-4 ;; esac

# a network that is reached without a gateway
interface=$(ip $family -o route show to match "$virtual" | awk '!/ via / { for (i = 1; i < NF; i++) if ($i == "dev") { print $(i + 1); exit } }')
if [ -z "$interface" ]; then
    echo "$virtual is in none of this host's networks: $(ip $family -o addr show scope global | awk '{ print $4 }' | xargs)" >&2
    exit 1
fi
own=$(ip $family -o addr show dev "$interface" scope global | awk '{ sub("/.*", "", $4); print $4 }' | grep -vxF "$virtual" || true)
if [ -z "$own" ]; then
    echo "this host has no address of its own on $interface, where $virtual belongs" >&2
    exit 1
fi
echo "$interface"
echo "$own" | grep -xF "$node" || echo "$own" | head -n 1
