#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# dont-fragment, ICMP answers to what the path cannot carry, and ICMP errors
# about our own packets.
#
#	L (bridged LAN host) -- br0 -- tun
#	A  tun -- wan -- wan  R  wan2 -- wan  B  tun	R: a narrow router
. "$(dirname "$0")/lib.sh"

FOLLOW=5

ours gre ipip
setup_ns A R B L
ip link add wan netns A type veth peer name to_a netns R
ip link add wan netns B type veth peer name to_b netns R
ip -n A addr add 192.0.2.1/24 dev wan
ip -n A addr add 2001:db8:a::1/64 dev wan nodad
ip -n R addr add 192.0.2.254/24 dev to_a
ip -n R addr add 2001:db8:a::f/64 dev to_a nodad
ip -n R addr add 198.51.100.254/24 dev to_b
ip -n R addr add 2001:db8:b::f/64 dev to_b nodad
ip -n B addr add 198.51.100.1/24 dev wan
ip -n B addr add 2001:db8:b::1/64 dev wan nodad
for l in "A wan" "R to_a" "R to_b" "B wan"; do
	ip -n "${l% *}" link set "${l#* }" up
done
sysctl_ns R net.ipv4.ip_forward=1
sysctl_ns R net.ipv6.conf.all.forwarding=1
ip -n A route add default via 192.0.2.254
ip -n A -6 route add default via 2001:db8:a::f
ip -n B route add default via 198.51.100.254
ip -n B -6 route add default via 2001:db8:b::f
busywait 10 ping_ns A 198.51.100.1
busywait 10 ping_ns A 2001:db8:b::1
ip -n R link set to_b mtu 1400
ip -n B link set wan mtu 1400

ip -n A link add tun type eoip remote 198.51.100.1 local 192.0.2.1 \
	tunnel-id 7 dont-fragment inherit
ip -n B link add tun type eoip remote 192.0.2.1 local 198.51.100.1 \
	tunnel-id 7
ip -n A link add tun6 type eoip6 remote 2001:db8:b::1 local 2001:db8:a::1 \
	tunnel-id 7
ip -n B link add tun6 type eoip6 remote 2001:db8:a::1 local 2001:db8:b::1 \
	tunnel-id 7
for n in A B; do
	[ $n = A ] && me=1 || me=2
	ip -n "$n" addr add "10.0.0.$me/24" dev tun
	ip -n "$n" addr add "fd00::$me/64" dev tun nodad
	ip -n "$n" addr add "10.6.0.$me/24" dev tun6
	ip -n "$n" link set tun up
	ip -n "$n" link set tun6 up
	busywait 5 true
done
busywait 10 ping_ns A 10.0.0.2
busywait 10 ping_ns A 10.6.0.2
is "the sender's path still says 1500" 1458 "$(mtu_of A tun)"

# our outer DF meets the narrow link; the router's ICMP quotes our packet
ip netns exec A ping -q -c1 -W1 -M "do" -s 1430 10.0.0.2 >/dev/null
check "ICMP fragmentation needed about our packet is taken" \
	busywait 10 at_least 1 counter A tun rx_icmp_pmtu
check "and the automatic mtu follows" busywait $FOLLOW mtu_is A tun 1358
# IPv6 never fragments on the way
ip netns exec A ping -q -c1 -W1 -s 1430 10.6.0.2 >/dev/null
check "ICMPv6 packet too big about our packet is taken" \
	busywait 10 at_least 1 counter A tun6 rx_icmp_pmtu
check "and the automatic mtu follows there, too" \
	busywait $FOLLOW mtu_is A tun6 1344

# routed: an explicit mtu above what the path carries
ip -n A link set tun mtu 1500
ip -n B link set tun mtu 1500
like "inner DF: the sender learns the path, IPv4" 'mtu ?= ?1358' \
	"$(ip netns exec A ping -c1 -W2 -M "do" -s 1400 10.0.0.2 2>&1)"
like "IPv6 inside: the sender learns the path" 'mtu[=:] ?1358' \
	"$(ip netns exec A ping -c1 -W2 -M "do" -s 1400 fd00::2 2>&1)"
check "without inner DF it is fragmented" \
	ip netns exec A ping -q -c1 -W3 -M dont -s 1400 10.0.0.2
check "and counted" [ "$(counter A tun tx_too_big)" -ge 2 ]

# bridged: the LAN host has no router, the tunnel itself answers
ip -n A addr flush dev tun
ip link add lan netns A type veth peer name eth0 netns L
ip -n A link add br0 type bridge
ip -n A link set br0 up
ip -n A link set lan master br0 up
ip -n A link set tun master br0
ip -n L link set eth0 up
ip -n L addr add 10.0.0.9/24 dev eth0
ip -n L addr add fd00::9/64 dev eth0 nodad
busywait 20 ping_ns L 10.0.0.2
like "bridged, IPv4: ICMP comes back" 'mtu ?= ?1358' \
	"$(ip netns exec L ping -c1 -W2 -M "do" -s 1400 10.0.0.2 2>&1)"
like "bridged, IPv6: ICMPv6 comes back" 'mtu[=:] ?1358' \
	"$(ip netns exec L ping -c1 -W2 -M "do" -s 1400 fd00::2 2>&1)"
ip -n L link add eth0.5 link eth0 type vlan id 5
ip -n L addr add 10.5.0.9/24 dev eth0.5
ip -n L link set eth0.5 up
ip -n B link add tun.5 link tun type vlan id 5
ip -n B addr add 10.5.0.2/24 dev tun.5
ip -n B link set tun.5 up
busywait 20 ping_ns L 10.5.0.2
like "bridged, VLAN: ICMP comes back, tagged" 'mtu ?= ?1354' \
	"$(ip netns exec L ping -c1 -W2 -M "do" -s 1400 10.5.0.2 2>&1)"

# dont-fragment no: everything passes
ip -n A link set tun type eoip dont-fragment no
ip -n L route flush cache
capture B wan "$TMP/p.pcap" "src 192.0.2.1 and ip[6:2] & 0x3fff != 0"
ip -n L route add 10.0.0.2/32 dev eth0 mtu lock 1500
check "dont-fragment no: a full frame with DF crosses" \
	ip netns exec L ping -q -c1 -W3 -M "do" -s 1472 10.0.0.2
capture_stop "$TMP/p.pcap" 2
check "as outer fragments" has_packets "$TMP/p.pcap" 2

# unreachable: the inner sender hears of it, once
ip -n A link set tun nomaster
ip -n A addr add 10.0.0.1/24 dev tun
ip -n R route add unreachable 198.51.100.1
ip netns exec A ping -q -c2 -i 0.3 -W1 10.0.0.2 >/dev/null
check "ICMP unreachable about our packet is taken" \
	busywait 10 at_least 1 counter A tun rx_icmp_unreach
ip -n R route del unreachable 198.51.100.1

# forged: quotes our packet, but the checksum is wrong; and an unknown id
#	type 3 code 4, checksum, mtu 600, quoted IPv4 header, quoted EoIP
quote=45000064000000002f2f0000c0000201c6336401
before=$(counter A tun rx_icmp_pmtu)
forge() {
	ip netns exec R "$BIN/eoip_peer" -p 1 -x "$1" 192.0.2.1 0
}
bad=$(counter A tun net_rx_icmp_bad)
forge "0304ffff00000258${quote}2001640000320700"
check "an error with a wrong checksum is counted" \
	busywait 10 at_least $((bad + 1)) counter A tun net_rx_icmp_bad
is "and ignored" "$before" "$(counter A tun rx_icmp_pmtu)"

# the network layer's kinds: ICMP errors come by another way, and nobody
# bridges; a host behind A, routed
ip -n A link del tun
ip -n B link del tun
ip -n A link del br0
ip -n A addr add 10.1.0.1/24 dev lan
ip -n A addr add fd01::1/64 dev lan nodad
sysctl_ns A net.ipv4.ip_forward=1
sysctl_ns A net.ipv6.conf.all.forwarding=1
ip -n L addr flush dev eth0 scope global
ip -n L addr add 10.1.0.9/24 dev eth0
ip -n L addr add fd01::9/64 dev eth0 nodad
ip -n L route add default via 10.1.0.1
ip -n L -6 route add default via fd01::1
forget() {
	ip -n A route flush cache
	ip -n L route flush cache
}
# what is not the inner DF
gre_df() {
	ip -n A link set tun type gre dont-fragment inherit
	check "gre: without inner DF it is fragmented" \
		ip netns exec L ping -q -c1 -W3 -M dont -s 1400 10.0.0.2
	check "gre: IPv6 has no DF to inherit" \
		ip netns exec L ping -q -c1 -W3 -M "do" -s 1400 fd00::2

	# the in-tree word: DF whatever is inside
	ip -n A link set tun type gre pmtudisc
	capture B wan "$TMP/d.pcap" "src 192.0.2.1 and ip[6] & 0x40 != 0"
	ip netns exec L ping -q -c1 -W1 -M dont 10.0.0.2 >/dev/null
	capture_stop "$TMP/d.pcap" 1
	check "gre: pmtudisc: DF outside without DF inside" \
		has_packets "$TMP/d.pcap" 1
	# the router's error first
	ip netns exec L ping -q -c1 -W1 -M "do" -s 1400 10.0.0.2 >/dev/null
	like "gre: pmtudisc: IPv6 learns the path" "mtu[=:] ?$mtu" \
		"$(ip netns exec L ping -c1 -W2 -M "do" -s 1400 fd00::2 2>&1)"
}
for t in "gre 1376" "ipip 1380"; do
	read -r kind mtu <<<"$t"
	forget
	ip -n A link add tun type "$kind" remote 198.51.100.1 local 192.0.2.1 \
		dont-fragment inherit keepalive off
	ip -n B link add tun mtu 1500 type "$kind" remote 192.0.2.1 \
		local 198.51.100.1 dont-fragment no keepalive off
	for n in "A 1" "B 2"; do
		ip -n "${n% *}" addr add "10.0.0.${n#* }/24" dev tun
		ip -n "${n% *}" addr add "fd00::${n#* }/64" dev tun nodad
		ip -n "${n% *}" link set tun up
	done
	ip -n B route add 10.1.0.0/24 dev tun
	ip -n B -6 route add fd01::/64 dev tun
	busywait 10 ping_ns L 10.0.0.2
	is "$kind: the sender's path still says 1500" $((mtu + 100)) \
		"$(mtu_of A tun)"
	ip netns exec A ping -q -c1 -W1 -M "do" -s 1430 10.0.0.2 >/dev/null
	check "$kind: ICMP fragmentation needed is taken" \
		busywait 10 at_least 1 counter A tun rx_icmp_pmtu
	check "$kind: and the automatic mtu follows" \
		busywait $FOLLOW mtu_is A tun "$mtu"

	ip -n A link set tun mtu 1500
	like "$kind: a routed host learns the path, IPv4" "mtu ?= ?$mtu" \
		"$(ip netns exec L ping -c1 -W2 -M "do" -s 1400 10.0.0.2 2>&1)"
	forget
	ip -n A link set tun type "$kind" dont-fragment no
	capture B wan "$TMP/n.pcap" \
		"src 192.0.2.1 and ip[6:2] & 0x3fff != 0"
	check "$kind: dont-fragment no: a full packet with DF crosses" \
		ip netns exec L ping -q -c1 -W3 -M "do" -s 1472 10.0.0.2
	capture_stop "$TMP/n.pcap" 2
	check "$kind: as outer fragments" has_packets "$TMP/n.pcap" 2

	if [ "$kind" = gre ]; then gre_df; fi

	ip -n R route add unreachable 198.51.100.1
	ip netns exec A ping -q -c2 -i 0.3 -W1 10.0.0.2 >/dev/null
	check "$kind: ICMP unreachable is taken" \
		busywait 10 at_least 1 counter A tun rx_icmp_unreach
	ip -n R route del unreachable 198.51.100.1
	ip -n A link del tun
	ip -n B link del tun
done
finish
