#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The automatic mtu, the explicit one, and outer fragments.
#
#	A  tun -- wan ------ wan -- tun  B
. "$(dirname "$0")/lib.sh"

FOLLOW=5	# 2 s are promised; the emulated machine may be slower

follows() { # WHAT MTU-OF-THE-PATH
	check "$kind: follows $1" busywait $FOLLOW mtu_is A tun $(($2 - over))
}

# what does not ask the kind's header: once is enough
device_and_words() {
	ip -n A link set wan mtu 1400
	follows "the device" 1400
	ip -n A link set wan mtu 1500
	follows "the device back" 1500

	ip -n A link set tun mtu 1500
	is "$kind: explicit" 1500 "$(mtu_of A tun)"
	ip -n A link set wan mtu 1400
	sleep 2.5
	is "$kind: explicit stays" 1500 "$(mtu_of A tun)"
	ip -n A link set tun mtu 0
	is "$kind: mtu 0 brings auto back" $((1400 - over)) "$(mtu_of A tun)"
	ip -n A link set tun mtu 1000
	ip -n A link set tun type "$kind" mtu auto
	is "$kind: the word auto, too" $((1400 - over)) "$(mtu_of A tun)"
	ip -n A link set wan mtu 1500
	follows "after that" 1500
}

routes() {
	ip -n A route add "$far" dev wan mtu 1450
	follows "a new route" 1450
	ip -n A route change "$far" dev wan mtu 1300
	follows "a changed route" 1300
	ip -n A route del "$far" dev wan
	follows "a deleted route" 1500
}

# encrypted: no traffic, the SA and policy appear and go again
# ESP: 8 header, 16 IV, 2 trailer, 12 ICV, to a multiple of 16
ipsec() { # PROTOCOL MTU
	esp A "$near" "$far" "$1"
	check "$kind: less what IPsec takes ($2)" busywait $FOLLOW \
		mtu_is A tun "$2"
	no_esp A
	follows "the end of IPsec" 1500
}

# the largest there is, and a packet that needs 45 fragments
largest() { # MTU
	local n frags

	tunnel B tun "$kind" 7 keepalive off
	for n in A B; do
		ip -n "$n" link set tun mtu "$1"
		sysctl_ns $n net.ipv4.ipfrag_time=30
		ip -n "$n" link set tun up
	done
	ip -n A addr add 10.0.0.1/24 dev tun
	ip -n B addr add 10.0.0.2/24 dev tun
	is "$kind: mtu $1" "$1" "$(mtu_of A tun)"
	capture B wan "$TMP/f.pcap" "src host $near"
	check "$kind: a packet of 65,000 octets" \
		ip netns exec A ping -q -c1 -W5 -s 64972 10.0.0.2
	capture_stop "$TMP/f.pcap" 40
	frags=$(tcpdump -nr "$TMP/f.pcap" \
		"ip[6:2] & 0x3fff != 0 or ip6[6] == 44" 2>/dev/null | wc -l)
	check "$kind: left as outer fragments ($frags)" [ "$frags" -ge 40 ]
	ip -n B link del tun
}

ours gre ipip
setup_ns A B
wan A B
for t in "eoip 42 192.0.2.2 65493 47 1416" \
	"eoip6 56 2001:db8::2 65519 97 1406" \
	"gre 24 192.0.2.2 65511 47 1434" "ipip 20 192.0.2.2 65515 4 1438"; do
	read -r kind over far max protocol encrypted <<<"$t"
	near=${far%2}1
	# its unanswered ones would be reported to who pings
	tunnel A tun "$kind" 7 keepalive off
	is "$kind: auto on a path of 1500" $((1500 - over)) "$(mtu_of A tun)"
	ip -n A link set tun up
	case $kind in eoip*) device_and_words ;; esac
	routes
	ipsec "$protocol" "$encrypted"
	largest "$max"
	ip -n A link del tun
done
finish
