#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# /ip firewall by itself: a second run makes no step, counters stay over changes,
# what a hand did is mended.
if [ "${1:-}" != inside ]; then
	exec unshare -n "$0" inside
fi
. "$(dirname "$0")/rsc_lib.sh"

tmp=$TMP
script=$tmp/router.rsc
sitelink() { "$SITELINK" "$@"; }
# a script may have notes each time
steps() { sitelink apply --dry-run "$script" 2>&1 | grep -v ': note: '; }
change() { sed -i "$@" "$script"; }
# put NAME: the script on standard input, applied; again is nothing
put() {
	cat >"$script"
	again "$1"
}
again() {
	check "$1" sitelink apply "$script"
	is "$1: a second run makes no step" "" "$(steps)"
}
packets() {
	nft -n list table ip sitelink | sed -n "s/.*packets \([0-9]*\) .* $1\"\$/\1/p"
}
send() { for p; do echo x >"/dev/udp/127.0.0.1/$p"; done 2>/dev/null; }
# says NAME REGEX LINES: what is wrong in /ip firewall LINES
says() {
	printf '/ip firewall %b\n' "$3" >"$tmp/wrong.rsc"
	like "$1" "$2" "$(sitelink apply "$tmp/wrong.rsc" 2>&1)"
}

ip link set lo up

put "rules, lists" <<'END'
/interface list add name=LAN
/ip firewall address-list
add list=seen address=10.0.0.0/8
add list=seen address=10.1.0.0-10.1.0.9
add list=seen address=192.0.2.1 timeout=2h
/ip firewall filter
add chain=input protocol=udp dst-port=9 comment=one
add chain=input protocol=udp dst-port=10 comment=two action=drop
add chain=input protocol=udp dst-port=11 action=add-src-to-address-list address-list=seen address-list-timeout=1h comment=puts
add chain=input src-address-list=seen action=passthrough comment=seen
add chain=input in-interface-list=LAN action=reject
add chain=output port=9 protocol=udp connection-state=!established,invalid action=passthrough comment=either
/ip firewall nat
add chain=srcnat action=masquerade ipsec-policy=out,none out-interface=ether1
add chain=srcnat src-address=10.1.0.0/24 dst-address=10.2.0.0/24 place-before=0
/ip firewall raw add chain=prerouting action=notrack src-address=10.2.0.0/24
/ip firewall mangle
add chain=forward action=change-mss new-mss=clamp-to-pmtu protocol=tcp tcp-flags=syn
add chain=output action=mark-connection connection-mark=no-mark new-connection-mark=c
add chain=output action=mark-packet connection-mark=c new-packet-mark=p
END
send 9 10 11 9
is "a rule counts" 2 "$(packets one)"
is "of either port, one counts" "0 2" "$(packets either | xargs)"
check "a rule puts an address on a list" \
	nft get element ip sitelink dyn-seen '{ 127.0.0.1 }'

is "what newer libraries say is read, too" "" "$(LD_PRELOAD=$BIN/nft_flags.so steps)"

nft -n list table ip sitelink | sed 's/expires [0-9a-z]*//' >"$tmp/was"
nft delete table ip sitelink
check "what nft lists is read back" nft -f "$tmp/was"
is "and is what it was" "" "$(steps)"

change 's/dst-port=10 /dst-port=20 /; s/comment=one/comment=uno/'
again "another rule is changed"
is "a comment is no other rule" 2 "$(packets uno)"
change '/comment=uno/{h;d};/comment=seen/{G}'
again "a rule is moved"
is "it has its counter" 2 "$(packets uno)"
check "what rules put on lists stays" \
	nft get element ip sitelink dyn-seen '{ 127.0.0.1 }'

nft flush chain ip sitelink filter-input
again "rules are gone"
is "and are back" 6 "$(nft list chain ip sitelink filter-input | grep -c counter)"
nft add rule ip sitelink filter-input counter accept
nft flush set ip sitelink list-seen
again "a rule by hand, no elements"
nft 'chain ip sitelink filter-input { policy drop; }'
again "a policy by hand"
nft delete table ip sitelink
again "no table"

# --- a chain that the IKE daemon's agent fills: it hears of one that is new. This one
# is known by its argument, as the agent is, and ends when apply wants no daemon.
chain='/ip ipsec identity add peer=s secret=x notrack-chain=n generate-policy=port-strict'
cp "$script" "$tmp/before.rsc"
put "generated policies" <<END
/ip ipsec peer add name=s address=192.0.2.2 disabled=yes
$chain
END
# shellcheck disable=SC2012 # names of ours
notes=$(ls -t /run/sitelink/undo.* | head -n 1)
agent() {
	rm -f "$tmp/told" "$tmp/ready"
	# shellcheck disable=SC2016 # expanded there
	bash -c 'trap "touch $0/told" HUP; trap exit TERM; touch "$0/ready"
		while :; do sleep 0.1; done' "$tmp" "${notes/undo./}.ike.pid" &
	busywait 10 [ -e "$tmp/ready" ]
}
agent
check "generated policies: nothing is new" sitelink apply "$script"
check "generated policies: so none is told" not [ -e "$tmp/told" ]
nft delete table ip sitelink
agent
check "generated policies: no table" sitelink apply "$script"
check "generated policies: the agent is told" [ -e "$tmp/told" ]
put "no generated policies" <"$tmp/before.rsc"

says "a loop" ':2:.*a loop' 'filter\nadd chain=a action=jump jump-target=a'
says "an action of another chain" ':2:.*chain dstnat, which jumps here' \
	'nat\nadd chain=u action=masquerade\nadd chain=dstnat action=jump jump-target=u'
says "ports of no protocol" ':2:26: dst-port=5: needs a protocol' \
	'filter\nadd chain=input dst-port=5'
says "a name of DNS" ':2:.*no place in a set' \
	'address-list\nadd list=x address=example.com'
says "what Linux cannot" ':2:.*action=tarpit: not supported' \
	'filter\nadd chain=input action=tarpit protocol=tcp'

# --- interfaces that are not there
says "a kind of interface" ':2:.*in-interface=!all-ethernet: .*use an interface list' \
	'filter\nadd chain=input in-interface=!all-ethernet'
# notes NAME REGEX... <SCRIPT: each of them, and no other
notes() {
	local name=$1 got
	shift
	cat >"$tmp/notes.rsc"
	check "$name: no mistake" eval "sitelink check $tmp/notes.rsc >$tmp/got 2>&1"
	got=$(grep -c ': note: ' "$tmp/got")
	is "$name: notes" $# "$got"
	for got; do like "$name: $got" "$got" "$(cat "$tmp/got")"; done
}
notes "interfaces that are not there" ':3:30: note: in-interface=ether7: .*no packet' \
	':4:46: note: out-interface=!ether7: .*every packet' \
	':8:22: note: interface=ether8: there is no such interface' <<'END'
/ip firewall filter
add chain=input in-interface=lo
add chain=input in-interface=ether7
add chain=forward action=drop out-interface=!ether7
add chain=input in-interface=ether9 disabled=yes
/interface list add name=L
/interface list member
add list=L interface=ether8
add list=L interface=br
/interface bridge add name=br
/ip firewall raw add chain=prerouting action=drop in-interface=br
END
is "a mistake changes nothing" "" "$(steps)"

nft add table ip other
check "flush" sitelink flush
is "leaves other tables" "table ip other" "$(nft list tables)"
finish
