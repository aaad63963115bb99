# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# IPsec in the kernel without an IKE daemon: a router R with a script, HA, a host
# behind it, and S, the other site's router and hosts; W is the wire. What the daemon would put into
# the kernel is put there by the test.

. "$(dirname "${BASH_SOURCE[0]}")/rsc_lib.sh"

# what shall not be in clear, in 16 octets as ping repeats them
PAYLOAD=sitelink-clear-0
A=203.0.113.1 B=203.0.113.2
# a peer that nothing is negotiated with: the policies stay
# shellcheck disable=SC2034 # the tests'
PEER="/ip ipsec peer add name=s address=$B disabled=yes exchange-mode=ike2"

# kernel_sites: addresses of S are 10.2.0.2, ... 10.5.0.2
kernel_sites() {
	local n

	setup_ns R HA S W
	cable R ether1 W toR
	cable S eth0 W toS
	# where ESP ends a capture has what was in it, too
	ip -n W link add wan type bridge
	ip -n W link set toR master wan
	ip -n W link set toS master wan
	ip -n W link set wan up
	cable R ether2 HA eth0
	ip -n R addr add $A/24 dev ether1
	ip -n R addr add 10.1.0.1/24 dev ether2
	ip -n HA addr add 10.1.0.2/24 dev eth0
	ip -n HA route add default via 10.1.0.1
	ip -n S addr add $B/24 dev eth0
	for n in 2 3 4 5; do
		ip -n S addr add 10.$n.0.2/24 dev lo
		ip -n R route add 10.$n.0.0/24 via $B
	done
	ip -n S route add 10.1.0.0/24 via $A
	sysctl_ns R net.ipv4.ip_forward=1
	check "before: in clear it passes" busywait 60 ping1 HA 10.2.0.2
}

octets() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }
ping1() { ip netns exec "$1" ping -c1 -W1 -p "$(octets $PAYLOAD)" "${@:2}"; }
pings() { busywait 60 ping1 "$@"; }
# openly NS ADDRESS [WORD...]: as ping1, with what may be in clear
openly() { ip netns exec "$1" ping -c1 -W1 "${@:2}"; }
# xfrm_stat NS NAME: the kernel's count
# shellcheck disable=SC2016 # awk's
xfrm_stat() {
	ip netns exec "$1" awk -v n="$2" '$1 == n { print $2 }' \
		/proc/thread-self/net/xfrm_stat
}

# --- the WAN's capture

# wan_begin; wan_clean NAME FILTER: of PAYLOAD nothing has been seen, of what
# matches FILTER something has
wan_begin() {
	ip netns exec W tcpdump --immediate-mode -U -i toS -w "$TMP/wan.pcap" \
		not arp 2>"$TMP/wan.said" &
	CAPTURE=$!
	BACKGROUND+=("$CAPTURE")
	busywait 30 grep -q listening "$TMP/wan.said"
}
captured() { grep -ac "$PAYLOAD" "$TMP/wan.pcap"; }
wan_clean() {
	local mark=$RANDOM$RANDOM
	# what was before this one has been written
	ip netns exec S ping -q -c1 -W1 -p "$(octets $mark)" $A >/dev/null
	check "$1: the capture's mark" busywait 30 grep -aq $mark "$TMP/wan.pcap"
	is "$1: on the WAN no octet of the payload" 0 "$(captured)"
	[ -z "$2" ] || check "$1: but $2" has_packets "$TMP/wan.pcap" 1 "$2"
	ip netns exec S ping -q -c1 -W1 -p "$(octets $PAYLOAD)" -I 10.5.0.2 $A \
		>/dev/null
	check "$1: it would be seen" busywait 30 at_least 1 captured
	kill -INT "$CAPTURE"
	wait "$CAPTURE"
}

# --- what the daemon does

# shellcheck disable=SC2034 # the tests'
GCM=0x$(printf '%040d' 7) CBC=0x$(printf '%064d' 8) SHA=0x$(printf '%064d' 9)
# esp NS MODE REQID: an SA of each direction
esp() {
	ip -n "$1" xfrm state add src $A dst $B proto esp \
		spi 0x1001 reqid "$3" mode "$2" replay-window 32 \
		aead 'rfc4106(gcm(aes))' "$GCM" 128 \
		limit time-soft 1440 limit time-hard 1800 &&
	ip -n "$1" xfrm state add src $B dst $A proto esp \
		spi 0x1002 reqid "$3" mode "$2" replay-window 32 \
		auth-trunc 'hmac(sha256)' "$SHA" 128 enc 'cbc(aes)' "$CBC"
}

# policy NS DIR PRIORITY MODE REQID SELECTOR: with one that is there it fails
policy() {
	local ends="src $A dst $B"

	[ "$1:$2" = R:in ] || [ "$1:$2" = R:fwd ] || [ "$1:$2" = S:out ] &&
		ends="src $B dst $A"
	[ "$4" = tunnel ] || ends=
	# shellcheck disable=SC2086 # words
	ip -n "$1" xfrm policy add dir "$2" $6 priority "$3" \
		tmpl $ends proto esp mode "$4" reqid "$5"
}

# daemon_up PRIORITY MODE REQID LOCAL REMOTE [WORD...]: SAs and policies of both
daemon_up() {
	local out="src $4 dst $5 ${*:6}" in="src $5 dst $4 ${*:6}"

	esp R "$2" "$3" && esp S "$2" "$3" &&
	policy R out "$1" "$2" "$3" "$out" &&
	policy R in "$1" "$2" "$3" "$in" &&
	policy R fwd "$1" "$2" "$3" "$in" &&
	policy S out 100 "$2" "$3" "$in" &&
	policy S in 100 "$2" "$3" "$out"
}

# daemon_down LOCAL REMOTE [WORD...]: that goes, and nothing else
daemon_down() {
	local out="src $1 dst $2 ${*:3}" in="src $2 dst $1 ${*:3}"

	ip -n R xfrm state flush
	ip -n S xfrm state flush
	ip -n S xfrm policy flush
	# shellcheck disable=SC2086 # words
	ip -n R xfrm policy del dir out $out &&
	ip -n R xfrm policy del dir in $in &&
	ip -n R xfrm policy del dir fwd $in
}

# --- policies of ours: the upper half of the selector's user is 0x534c

# of_kind KIND: DIR:ACTION:PRIORITY SRC DST WORD... of those of R
of_kind() {
	ip -n R -s xfrm policy | awk -v kind="$1" '
		/^src/ {
			uid = $NF; sel = $2 " " $4
			for (i = 5; i < NF - 1; i++) sel = sel " " $i
		}
		$1 == "dir" {
			for (i = 1; i < NF; i++) if ($i == "priority") p = $(i + 1)
			if (int(uid / 65536) == 21324 && uid % 65536 == kind)
				print $2 ":" $4 ":" p " " sel
		}' | sort
}
# priority KIND [PATTERN]: of the one that leaves
# shellcheck disable=SC2034 # the tests'
GUARD=1 DISCARD=2 NONE=3 USE=4 NEIGHBOUR=5
priority() { of_kind "$1" | sed -n "s/^out:[a-z]*:\([0-9]*\) .*${2:-}.*/\1/p"; }
# not_ours NS: all but those, and none of sockets
not_ours() {
	ip -n "$1" -s -o xfrm policy | grep -v socket | awk '
		{ for (i = 1; i < NF; i++) if ($i ~ /^uid/) u = $(i + 1) }
		int(u / 65536) != 21324' | sed 's/lifetime config.*//'
}
