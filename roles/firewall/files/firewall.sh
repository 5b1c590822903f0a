#!/bin/sh
# firewall.sh open|close RULE...: lets through what the registry needs, in whatever firewall is active, or takes that back.
# A rule is PROTOCOL/PORT/SOURCE, such as tcp/443/any or vrrp/-/10.0.0.2. Prints what it changed. A firewall is never started,
# stopped or emptied; without one there is nothing to do.
# firewall.sh which: prints the firewall that is active, firewalld, ufw or (plain) rules; nothing when there is none.
set -eu
PATH=$PATH:/usr/sbin:/sbin
verb=$1
shift
opening() { [ "$verb" = open ]; }

# Words of one rule, for each of the firewalls below.
read_rule() {
    protocol=${1%%/*}
    source=${1##*/}
    port=${1#*/}
    port=${port%%/*}
    [ "$port" != - ] || port=
    [ "$source" != any ] || source=
    case $source in *:*) family=ipv6 ;; *) family=ipv4 ;; esac
}

in_firewalld() {
    if [ -n "$source" ]; then
        wanted="rule family=\"$family\" source address=\"$source\" ${port:+port port=\"$port\" protocol=\"$protocol\" accept}"
        [ -n "$port" ] || wanted="${wanted}protocol value=\"$protocol\" accept"
        kind=rich-rule
    else
        wanted=$port/$protocol
        kind=port
    fi
    for lasting in --permanent ''; do
        if firewall-cmd -q $lasting --query-$kind="$wanted"; then opening && continue; else opening || continue; fi
        if opening; then action=add; else action=remove; fi
        firewall-cmd -q $lasting --$action-$kind="$wanted"
        echo "$1"
    done
}

in_ufw() {
    set -- "$1" allow proto "$protocol" from "${source:-any}" to any ${port:+port "$port"}
    if opening; then set -- "$@" comment 'kk registry'; fi
    rule=$1
    shift
    if opening; then said=$(ufw "$@"); else said=$(ufw --force delete "$@"); fi
    case $said in *Skipping* | *"non-existent"*) ;; *) echo "$rule" ;; esac
}

# Plain rules, which the unit registry-firewall puts back after a start.
in_iptables() {
    for command in iptables ip6tables; do
        case $command:$source in iptables:*:* | ip6tables:*.*) continue ;; esac
        $command -S INPUT 2>/dev/null | is_strict || [ "$verb" = close ] || continue
        # not every host knows VRRP by its name
        set -- "$1" -p "$(echo "$protocol" | sed s/vrrp/112/)" ${source:+-s "$source"} ${port:+--dport "$port"} -m comment --comment "kk registry" -j ACCEPT
        rule=$1
        shift
        if $command -C INPUT "$@" 2>/dev/null; then opening || { $command -D INPUT "$@" && echo "$rule"; }
        elif opening; then $command -I INPUT "$@" && echo "$rule"; fi
        set -- "$rule"
    done
}

# Chains of nftables that are not those of iptables.
in_nftables() {
    case $protocol:$port in vrrp:*) match="meta l4proto 112" ;; *) match="$protocol dport $port" ;; esac
    case $family:$source in *:) ;; ipv6:*) match="ip6 saddr $source $match" ;; *) match="ip saddr $source $match" ;; esac
    input_chains | while read -r table_family table chain; do
        case $table_family:$source in ip:*:* | ip6:*.*) continue ;; esac
        handle=$(nft -a list chain "$table_family" "$table" "$chain" | sed -n "s|.* comment \"kk registry $1\" # handle \([0-9]*\)|\1|p")
        if opening && [ -z "$handle" ]; then
            # shellcheck disable=SC2086 # words of the rule
            nft insert rule "$table_family" "$table" "$chain" $match accept comment "\"kk registry $1\""
            echo "$1"
        elif ! opening && [ -n "$handle" ]; then
            nft delete rule "$table_family" "$table" "$chain" handle "$handle"
            echo "$1"
        fi
    done
}
# Where something is refused; to take rules back, all.
input_chains() {
    nft list ruleset 2>/dev/null | awk -v all="$verb" -v iptables="$(command -v iptables)" '
        $1 == "table" { family = $2; table = $3 }
        $1 == "chain" { chain = $2; input = strict = 0; theirs = iptables != "" && family ~ /^ip6?$/ && table == "filter" && chain == "INPUT" }
        /type filter hook input/ { input = family ~ /^(inet|ip|ip6)$/ && !theirs }
        /policy drop|[ \t](drop|reject)/ { strict = 1 }
        $1 == "}" && input { if (strict || all == "close") print family, table, chain; input = 0 }'
}
is_strict() { grep -Eq '^-P INPUT DROP|-j (DROP|REJECT)'; }

active() {
    if firewall-cmd --state >/dev/null 2>&1; then echo firewalld
    elif ufw status 2>/dev/null | grep -q '^Status: active'; then echo ufw
    elif { iptables -S INPUT; ip6tables -S INPUT; } 2>/dev/null | is_strict || [ -n "$(input_chains)" ]; then echo rules
    fi
}

firewall=$(active)
case $firewall in
firewalld) managers=in_firewalld ;;
ufw) managers=in_ufw ;;
*)
    managers=
    ! command -v iptables >/dev/null || managers=in_iptables
    ! command -v nft >/dev/null || managers="$managers in_nftables"
    ;;
esac

[ "$verb" != which ] || printf %s "$firewall"
for rule; do
    for manager in $managers; do
        read_rule "$rule"
        $manager "$rule"
    done
done | sort -u
