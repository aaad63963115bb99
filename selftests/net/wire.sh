#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The bytes on the wire, judged by tshark and by an endpoint of our own.
#
#	A  tun (ours) -- wan ------ wan -- eoip_peer -- tap  B
. "$(dirname "$0")/lib.sh"

# endpoint KIND ID: a tunnel in A, eoip_peer in B, addresses on both
endpoint() {
	local kind=$1 id=$2 remote=192.0.2.1
	shift 2
	[ "$kind" = eoip6 ] && remote=2001:db8::1
	tunnel A tun "$kind" "$id" "$@" || return 1
	ip netns exec B "$BIN/eoip_peer" -t tap -k 500 $remote "$id" &
	PEER=$!
	BACKGROUND+=("$PEER")
	busywait 10 ip -n B link show tap || return 1
	ip -n A addr add 10.0.0.1/24 dev tun
	ip -n B addr add 10.0.0.2/24 dev tap
	ip -n A link set tun up
	ip -n B link set tap up
}

end() {
	kill "$PEER"
	wait "$PEER" 2>/dev/null
	ip -n A link del tun
	busywait 10 gone
}
gone() { ! ip -n B link show tap; }

modprobe tun || skip_all "no tun"
setup_ns A B
wan A B

# every boundary of the id, both ways, against the independent endpoint
for t in "eoip 0" "eoip 65535" "eoip 258" "eoip6 0" "eoip6 4095"; do
	# shellcheck disable=SC2086
	endpoint $t
	check "$t: ping from us to the peer" ping_ns A 10.0.0.2 2
	check "$t: ping from the peer to us" ping_ns B 10.0.0.1 2
	check "$t: a frame larger than the path" \
		ip netns exec A ping -q -c1 -W3 -s 1430 10.0.0.2
	check "$t: the peer's keepalives are seen" \
		busywait 10 at_least 1 counter A tun rx_keepalives
	end
done

# the very bytes
capture B wan "$TMP/w.pcap" "ip proto 47 or ip6 proto 97"
endpoint eoip 258 keepalive 1,0
busywait 10 at_least 2 counter A tun tx_keepalives
check "eoip: ping" ping_ns A 10.0.0.2
end
endpoint eoip6 1234 keepalive 1,0
busywait 10 at_least 2 counter A tun tx_keepalives
check "eoip6: ping" ping_ns A 10.0.0.2
end
# two echoes and two keepalives of each, ARP and IPv6's own business besides
capture_stop "$TMP/w.pcap" 1 "src 2001:db8::1 and ip6[4:2] == 100"

hex "$TMP/w.pcap" "src 192.0.2.1 and proto 47" >"$TMP/hex4"
hex "$TMP/w.pcap" "src 2001:db8::1" >"$TMP/hex6"
# tos 0, DF 0, ttl 255, protocol 47; 20 01 64 00, length 0, id 258 little endian
like "eoip: keepalive" '4500001c....0000ff2f....c0000201c00002022001640000000201' \
	"$(cat "$TMP/hex4")"
# an ICMP echo: 20 + 8 + 14 + 84 = 126 octets, length 98
like "eoip: echo request" \
	'4500007e....0000ff2f....c0000201c00002022001640000620201' \
	"$(cat "$TMP/hex4")"
# class 0, flow 0, payload 2, next header 97, hop limit 255; 1234 = 43 d2
like "eoip6: keepalive" "60000000000261ff20010db8.{48}000143d2|60000000000261ff20010db80{16}0{7}120010db80{16}0{7}243d2" \
	"$(cat "$TMP/hex6")"
like "eoip6: echo request" \
	"60000000006461ff20010db80{16}0{7}120010db80{16}0{7}243d2" \
	"$(cat "$TMP/hex6")"

tshark -nr "$TMP/w.pcap" -Y "icmp.type == 8 && ip.src == 192.0.2.1" -V \
	2>/dev/null >"$TMP/tshark"
like "eoip: tshark decodes header and frame" \
	'MIKROTIK EoIP \(0x6400\).*Key: 0x00620201 .*Ethernet II.*Echo \(ping\) request' \
	"$(tr '\n' ' ' <"$TMP/tshark")"

# local is optional: the route chooses, and what comes to any address is taken
ip -n A link add tun type eoip remote 192.0.2.2 tunnel-id 5
ip -n A addr add 10.0.0.1/24 dev tun
ip -n A link set tun up
ip netns exec B "$BIN/eoip_peer" -t tap -k 200 192.0.2.1 5 &
PEER=$!
BACKGROUND+=("$PEER")
busywait 10 ip -n B link show tap
ip -n B addr add 10.0.0.2/24 dev tap
ip -n B link set tap up
check "eoip: no local address" ping_ns A 10.0.0.2 2
# an exact local address is preferred
ip -n A link add exact type eoip remote 192.0.2.2 local 192.0.2.1 tunnel-id 5
ip -n A link set exact up
check "eoip: the tunnel with the local address is preferred" \
	busywait 10 at_least 1 counter A exact rx_keepalives
finish
