#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# 6to4: destinations from 2002::/16 and by relays, what RFC 3964 refuses both
# ways; with a remote a configured tunnel; keepalives; beside sit; hostile
# packets.
#
#	A  tun (ours) -- wan ------ wan -- raw packets, sit, or ours  B
. "$(dirname "$0")/lib.sh"

modprobe sitelink_6to4 || skip_all "no sitelink_6to4"
setup_ns A B
wan A B
ip -n B addr add 192.0.2.3/24 dev wan

US=2002c0000201 PEER=2002c0000202 ZERO=00000000000000000001
# ip6 SOURCE DESTINATION [NEXT-HEADER [PAYLOAD]]: 32 hex digits each
ip6() { printf '60000000%04x%sff%s%s%s' $((${#4} / 2)) "${3:-3b}" "$1" "$2" \
	"${4:-}"; }
echo6=8000000000000000

# with stock sit at the other end
ip -n A link add tun type 6to4 local 192.0.2.1
ip -n A addr add 2002:c000:201::1/16 dev tun
ip -n A link set tun up
ip -n B link add tun type sit local 192.0.2.2 ttl 64
ip -n B addr add 2002:c000:202::1/16 dev tun
ip -n B link set tun up
is "mtu 1480" 1480 "$(mtu_of A tun)"
capture B wan "$TMP/w.pcap" "proto 41 and src 192.0.2.1"
check "sit: from us" busywait 10 ping_ns A 2002:c000:202::1
check "sit: to us" ping_ns B 2002:c000:201::1
check "sit: larger than the path" \
	ip netns exec A ping -q -c1 -W3 -s 3000 2002:c000:202::1
capture_stop "$TMP/w.pcap" 3
# tos 0, no DF, ttl 255, protocol 41
like "the wire" '^4500007c....0000ff29....c0000201c00002026' \
	"$(hex "$TMP/w.pcap" | grep '^4500007c' | head -n 1)"
iperf_server B
for w in off on; do
	wan_offload $w
	check "TCP, TSO $w" ip netns exec A iperf3 -c 2002:c000:202::1 \
		-n 300003
done
ip netns pids B | xargs -r kill

# a relay: a route whose next hop is a 6to4 address
ip -n A -6 route add 2001:db8:5::/48 via 2002:c000:203::1 dev tun
ip -n A -6 route add 2001:db8:6::/48 via ::192.0.2.3 dev tun
for d in 2001:db8:5::1 2001:db8:6::1; do
	capture B wan "$TMP/r.pcap" "proto 41 and dst 192.0.2.3"
	ip netns exec A ping -q -c1 -W1 $d >/dev/null
	capture_stop "$TMP/r.pcap" 1
	check "$d goes to its relay" has_packets "$TMP/r.pcap" 1
done

# what must not leave
refuse_out() { # NAME ADDRESS [SOURCE]
	local was
	was=$(counter A tun tx_no_route)
	ip netns exec A ping -q -c1 -W1 ${3:+-I "$3"} "$2" >/dev/null 2>&1
	check "does not leave: $1" \
		[ "$(counter A tun tx_no_route)" -gt "$was" ]
}
refuse_out "10.0.0.1" 2002:0a00:1::1
refuse_out "172.16.0.1" 2002:ac10:1::1
refuse_out "192.168.1.1" 2002:c0a8:101::1
refuse_out "127.0.0.1" 2002:7f00:1::1
refuse_out "169.254.1.1" 2002:a9fe:101::1
refuse_out "224.0.0.1" 2002:e000:1::1
refuse_out "255.255.255.255" 2002:ffff:ffff::1
refuse_out "0.0.0.1" 2002:0:1::1
capture B wan "$TMP/b.pcap" "proto 41 and dst 192.0.2.255"
refuse_out "the link's broadcast address" 2002:c000:2ff::1
capture_stop "$TMP/b.pcap" 0
check "nor is it on the wire" [ -z "$(hex "$TMP/b.pcap")" ]
ip -n A addr add 2002:c000:209::1/128 dev tun nodad
refuse_out "a 6to4 source that is not ours" 2002:c000:202::1 2002:c000:209::1
ip -n A addr del 2002:c000:209::1/128 dev tun
ip -n A -6 route add 2001:db8:7::/48 dev tun
refuse_out "no 6to4 address and no relay" 2001:db8:7::1
ip -n B link del tun

# what must not come in: counted, not received
spoofed() { # NAME HEX [SOURCE]
	local was rx
	was=$(counter A tun rx_spoofed) rx=$(stat A tun rx_packets)
	raw B 41 "$2" "${3:-}"
	check "does not come in: $1" busywait 10 at_least $((was + 1)) \
		counter A tun rx_spoofed
	[ "$(stat A tun rx_packets)" = "$rx" ] ||
		fail "does not come in: $1" "it was received"
}
comes() { # NAME HEX [SOURCE]
	local rx
	rx=$(stat A tun rx_packets)
	raw B 41 "$2" "${3:-}"
	check "comes in: $1" busywait 10 at_least $((rx + 1)) \
		stat A tun rx_packets
}
comes "as it should be" "$(ip6 $PEER$ZERO $US$ZERO 3a $echo6)"
comes "a native source by a relay" \
	"$(ip6 20010db8000500000000000000000001 $US$ZERO 3a $echo6)" 192.0.2.3
spoofed "the source embeds another" \
	"$(ip6 $PEER$ZERO $US$ZERO 3a $echo6)" 192.0.2.3
spoofed "the source embeds 10.0.0.1" \
	"$(ip6 20020a000001$ZERO $US$ZERO 3a $echo6)"
spoofed "the destination embeds another" \
	"$(ip6 $PEER$ZERO 2002c0000209$ZERO 3a $echo6)"
spoofed "a destination that is not 6to4" \
	"$(ip6 $PEER$ZERO 20010db8000500000000000000000001 3a $echo6)"
spoofed "a multicast source" \
	"$(ip6 ff020000000000000000000000000001 $US$ZERO 3a $echo6)"
ip -n B addr add 10.6.6.6/24 dev wan
ip -n A route add 10.6.6.0/24 dev wan
spoofed "a private outer source" \
	"$(ip6 20010db8000500000000000000000001 $US$ZERO 3a $echo6)" 10.6.6.6
ip -n A link del tun

# a configured tunnel: any addresses inside, only the remote outside
tun_A() {
	ip -n A link add tun type 6to4 local 192.0.2.1 remote 192.0.2.2 "$@"
	ip -n A addr add fd00::1/64 dev tun nodad
	ip -n A link set tun up
}
tun_A
ip -n B link add tun type sit local 192.0.2.2 remote 192.0.2.1 ttl 64
ip -n B addr add fd00::2/64 dev tun nodad
ip -n B link set tun up
check "configured: sit as the peer" busywait 10 ping_ns A fd00::2
comes "from the remote, whatever it is" \
	"$(ip6 20020a000001$ZERO fd000000000000000000000000000001 3a $echo6)"
rx=$(stat A tun rx_packets)
raw B 41 "$(ip6 $PEER$ZERO $US$ZERO 3a $echo6)" 192.0.2.3
ip netns exec B ping -q -c1 -W5 192.0.2.1 >/dev/null
is "a stranger is not heard" "$rx" "$(stat A tun rx_packets)"
ip -n A addr add 10.9.0.1/24 dev tun
was=$(counter A tun tx_protocol)
ip netns exec A ping -q -c1 -W1 10.9.0.2 >/dev/null
check "IPv4 does not go in: tx_protocol" \
	[ "$(counter A tun tx_protocol)" -gt "$was" ]
ip -n B link del tun

# keepalives
ip -n A addr flush dev tun scope link
NIL=00000000000000000000
request=$(ip6 $US$NIL $PEER$NIL)
# behind the outer header
answers "a keepalive comes back verbatim" 41 ".{40}$request" "$request"
is "and is counted" 1 "$(counter A tun rx_keepalive_requests)"
answers "a stranger gets no answer" 41 "" "$request" 192.0.2.3
ip -n A link del tun
tun_A keepalive 1,2
check "carrier drops without an answer" busywait 20 carrier_is A tun 0
raw B 41 "$(ip6 $PEER$NIL $US$NIL)"
check "ours come home: the carrier is back" busywait 5 carrier_is A tun 1
ip -n B link add tun type 6to4 local 192.0.2.2 remote 192.0.2.1
ip -n B link set tun up
was=$(counter A tun rx_keepalives)
check "one of ours answers" busywait 20 at_least $((was + 4)) \
	counter A tun rx_keepalives
is "and we run" 1 "$(carrier A tun)"
ip -n B link del tun

# refused
refused() { # SENTENCE WORD...
	local want=$1
	shift
	like "refused: $*" "$want" "$(ip -n A link add y type 6to4 "$@" 2>&1)"
}
refused "remote: a unicast address, or none" remote 224.0.0.1
refused "keepalive: needs a unicast remote" keepalive 5
refused "loop-protect: only kinds that carry frames" loop-protect on
refused "exists" local 192.0.2.1 remote 192.0.2.2
refused "local: a unicast IPv4 address" local 224.0.0.1
like "properties" \
	'6to4 remote 192.0.2.2 local 192.0.2.1 ttl 255 keepalive 1,2 clamp-tcp-mss on dont-fragment no dscp inherit allow-fast-path on mtu auto' \
	"$(ip -n A -d link show tun)"

# hostile
ip -n A link add any6 type 6to4 local 192.0.2.1
ip -n A link set any6 up
log_mark
was=$(stat A tun rx_packets)
mutated -6 2 3
check "they were seen" busywait 30 at_least $((was + 100)) \
	stat A tun rx_packets
check "rx_spoofed rose" [ "$(counter A any6 rx_spoofed)" -gt 100 ]
log_is_quiet
finish
