#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# ipip: the wire, keepalives, super-packets, policy, hostile packets.
#
#	A  tun (ours) -- wan ------ wan -- gre_peer -i, or ours  B
. "$(dirname "$0")/lib.sh"

modprobe sitelink_ipip || skip_all "no sitelink_ipip"
modprobe tun
setup_ns A B
wan A B
ip -n B addr add 192.0.2.3/24 dev wan
no_unreachables B

tun_A() {
	ip -n A link add tun type ipip local 192.0.2.1 remote 192.0.2.2 "$@"
	ip -n A addr add 10.0.0.1/24 dev tun
	ip -n A link set tun up
}

# against an endpoint of our own
tun_A
ip netns exec B "$BIN/gre_peer" -i -t peer 192.0.2.1 2>"$TMP/peer" &
PEER=$!
BACKGROUND+=("$PEER")
busywait 10 ip -n B link show peer
ip -n B addr add 10.0.0.2/24 dev peer
ip -n B link set peer up
capture B wan "$TMP/w.pcap" "proto 4 and src 192.0.2.1"
check "ping from us to the peer" ping_ns A 10.0.0.2 2
check "ping from the peer to us" ping_ns B 10.0.0.1 2
check "larger than the path" \
	ip netns exec A ping -q -c1 -W3 -s 3000 10.0.0.2
capture_stop "$TMP/w.pcap" 4
# DF by pmtudisc, id 0 with it, ttl 64 inherited, protocol 4, checksum
like "an echo request" '45000068000040004004b....0{0}' \
	"$(hex "$TMP/w.pcap" | sed 's/\(.\{20\}\)..../\1b...0/')"
like "and what is in it" 'c0000201c000020245000054' "$(hex "$TMP/w.pcap")"
ip -n A addr add fd00::1/64 dev tun nodad
was=$(counter A tun tx_protocol)
ip netns exec A ping -q -c1 -W1 fd00::2 >/dev/null
check "IPv6 does not go in: tx_protocol" \
	[ "$(counter A tun tx_protocol)" -gt "$was" ]
ip -n A link del tun

# keepalives: ours come home by a stock router's forwarding
tun_A keepalive 1,2
check "carrier drops without an answer" busywait 20 carrier_is A tun 0
capture B wan "$TMP/k.pcap" "proto 4"
for s in all.rp_filter=0 default.rp_filter=0 peer.rp_filter=0 \
	all.accept_local=1 all.forwarding=1; do
	sysctl_ns B net.ipv4.conf.$s
done
check "a stock router's forwarding brings it back" \
	busywait 20 carrier_is A tun 1
capture_stop "$TMP/k.pcap" 1 "src 192.0.2.2"
like "ours on the wire: a packet of four octets back to us" \
	'4500002c....0000ff04....c0000201c00002024500001800000000ff04....c0000202c000020100000000$' \
	"$(hex "$TMP/k.pcap" "src 192.0.2.1" | head -n 1)"
kill "$PEER"
wait "$PEER" 2>/dev/null
check "and drops again" busywait 20 carrier_is A tun 0
ip -n A link del tun

# those of others are answered here, whatever the sysctls
sysctl_ns A net.ipv4.conf.all.rp_filter=1
sysctl_ns A net.ipv4.conf.all.forwarding=0
tun_A
home=4500001400010000ff0437e1c0000201c0000202
# tcpdump finds it truncated and shows the Ethernet header, too
answers "a keepalive comes back verbatim" 4 "(.{28})?$home" "$home"
is "and is counted" 1 "$(counter A tun rx_keepalive_requests)"
ours=4500001800010000ff0437ddc0000201c000020200000000
answers "so does one like ours" 4 "(.{28})?$ours" "$ours"
answers "a stranger gets no answer" 4 "" "$home" 192.0.2.3
answers "a wrong checksum gets none" 4 "" "${home:0:20}0000${home:24}"
ip -n A link del tun

# both ends ours
both() {
	tun_A "$@"
	ip -n B link add tun type ipip local 192.0.2.2 remote 192.0.2.1 "$@"
	ip -n B addr add 10.0.0.2/24 dev tun
	ip -n B link set tun up
	ip -n A addr flush dev tun scope link
	ip -n B addr flush dev tun scope link
}
ip netns exec B nft flush ruleset
both keepalive 1,2
check "two of ours keep each other alive" busywait 20 at_least 4 \
	counter A tun rx_keepalives
is "both run" "1 1" "$(carrier A tun) $(carrier B tun)"
ip -n B link set tun down
check "one down, the other notices" busywait 20 carrier_is A tun 0
ip -n A link del tun
ip -n B link del tun

both
iperf_server B
for w in off on; do
	wan_offload $w
	check "TCP, TSO $w" ip netns exec A iperf3 -c 10.0.0.2 -n 300003
	rp=$(stat B tun rx_packets) rb=$(stat B tun rx_bytes)
	tp=$(stat A tun tx_packets)
	ip netns exec A "$BIN/gso_send" udp 10.0.0.2 10007 1000
	is "UDP GSO, TSO $w: sent per segment" 11 \
		$(($(stat A tun tx_packets) - tp))
	busywait 10 at_least $((rp + 11)) stat B tun rx_packets
	is "and received" "11 $((10007 + 11 * 28))" \
		"$(($(stat B tun rx_packets) - rp)) $(($(stat B tun rx_bytes) - rb))"
done
ip netns pids B | xargs -r kill

# cleartext where a policy requires ESP
ip -n B xfrm policy add src 192.0.2.1 dst 192.0.2.2 proto 4 dir in \
	tmpl src 192.0.2.1 dst 192.0.2.2 proto esp mode transport
rx=$(stat B tun rx_packets)
ip netns exec A ping -q -c2 -i 0.2 -W1 10.0.0.2 >/dev/null
is "cleartext is dropped where a policy requires ESP" "$rx" \
	"$(stat B tun rx_packets)"
check "and counted" [ "$(counter B tun rx_policy)" -gt 0 ]
ip -n B xfrm policy flush
check "without the policy it passes" busywait 10 ping_ns A 10.0.0.2
ip -n B link del tun

# no remote: each packet goes to its next hop
ip -n A link del tun
ip -n A link add tun type ipip local 192.0.2.1
ip -n A addr add 10.0.0.1/24 dev tun
ip -n A link set tun up
ip -n A route add 10.5.0.0/24 via 192.0.2.2 dev tun onlink
capture B wan "$TMP/n.pcap" "proto 4 and dst 192.0.2.2"
ip netns exec A ping -q -c1 -W1 10.5.0.1 >/dev/null
capture_stop "$TMP/n.pcap" 1
check "no remote: to the next hop" has_packets "$TMP/n.pcap" 1
ip -n A link del tun

# hostile
tun_A
log_mark
was=$(stat A tun rx_packets)
mutated -i 2 3
check "they were seen" busywait 30 at_least $((was + 100)) \
	stat A tun rx_packets
log_is_quiet
finish
