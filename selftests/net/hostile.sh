#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What comes from outside: every counter rises for its reason and for nothing
# else; 20,000 mutated packets; never an ICMP storm, never a kernel message.
. "$(dirname "$0")/lib.sh"

# one HEX [OPTION...]: B sends these octets behind an IP header
one() {
	local hex=$1
	shift
	ip netns exec B "$BIN/eoip_peer" "$@" -x "$hex" "$TO" 0
}

ALL="rx_nomem rx_length rx_runt rx_policy rx_ecn rx_loop
	net_rx_unknown_id net_rx_wrong_source net_rx_truncated
	net_rx_icmp_bad"
counters() {
	ip netns exec A ethtool -S tun | awk -v all="$ALL" '
		BEGIN { split(all, a); for (i in a) want[a[i]] = 1 }
		sub(":", "", $1) && want[$1] { print $1, $2 }'
}

# counts NAME COUNTER COMMAND...: it rises by one, no other does
counts() {
	local name=$1 counter=$2 want
	shift 2
	want=$(counters | awk -v c="$counter" '$1 == c { $2++ } { print }')
	"$@"
	settled() { [ "$(counters)" = "$want" ]; }
	if busywait 10 settled; then
		pass "$name: $counter"
	else
		fail "$name: $counter" "$(diff <(echo "$want") <(counters))"
	fi
}

# an Ethernet header, 00 01 as its type, and some data
frame=ffffffffffff0200000000090001$(printf '%080d' 0)

sites eoip
ip -n B link del tun
ip -n B addr add 192.0.2.3/24 dev wan
TO=192.0.2.1
before=$(stat A tun rx_packets)
one "2001640000360700$frame"
check "a good one passes" busywait 10 at_least $((before + 1)) \
	stat A tun rx_packets
counts "unknown id" net_rx_unknown_id one "2001640000360800$frame"
counts "wrong source" net_rx_wrong_source \
	one "2001640000360700$frame" -s 192.0.2.3
counts "header cut short" net_rx_truncated one 200164000036
counts "length beyond the packet" rx_length one "2001640000370700$frame"
counts "length 65535" rx_length one "20016400ffff0700$frame"
counts "runt" rx_runt one "20016400000d0700$frame"
counts "runt of one octet" rx_runt one "200164000001070000"
before=$(stat A tun rx_packets)
counts "a frame behind a cut IP packet" rx_length one 2001640000360700ffff
one "2001640000360700${frame}00000000000000000000"
check "padding behind the frame is cut off" busywait 10 at_least \
	$((before + 1)) stat A tun rx_packets

# none of ours: passed on, not counted
want=$(counters)
for hex in 3001880b00020007 2001640100360700 0000655800000000 20 ""; do
	one "$hex$frame"
done
one "2001" # not even the type
is "PPTP, TEB and others are not counted" "$want" "$(counters)"

# ICMP: of a wrong checksum, and about what we never sent
quote=4500006400000000ff2f0000c0000201c0000202
counts "ICMP with a wrong checksum" net_rx_icmp_bad \
	one "0304ffff00000258${quote}2001640000320700" -p 1
# the same with the right one, about another id
icmp_hex() { # REST: type, code, a checksum, then REST
	local i sum=$((0x0304)) rest=$1
	for ((i = 0; i < ${#rest}; i += 4)); do
		sum=$((sum + 0x${rest:i:4}))
	done
	while [ $((sum >> 16)) != 0 ]; do
		sum=$(((sum & 0xffff) + (sum >> 16)))
	done
	printf '0304%04x%s' $((~sum & 0xffff)) "$rest"
}
counts "ICMP about another id" net_rx_icmp_bad \
	one "$(icmp_hex "00000258${quote}2001640000320900")" -p 1
one "$(icmp_hex "00000258${quote}2001640000320700")" -p 1
check "about ours it is taken" busywait 10 at_least 1 \
	counter A tun rx_icmp_pmtu

# what we send ourselves: nowhere to go, and into itself
ip -n A link add e1 type eoip remote 203.0.113.1 tunnel-id 9
ip -n A addr add 10.7.0.1/24 dev e1
ip -n A link set e1 up
ip netns exec A ping -q -c1 -W1 10.7.0.2 >/dev/null
check "no route to the remote: tx_no_route" busywait 10 at_least 1 \
	counter A e1 tx_no_route
ip -n A route add 203.0.113.1 dev e1
ip netns exec A ping -q -c1 -W1 10.7.0.3 >/dev/null
check "a route into itself: tx_route_loop" busywait 10 at_least 1 \
	counter A e1 tx_route_loop
ip -n A link del e1

# IPv6
ip -n B addr add 2001:db8::3/64 dev wan nodad
ip -n A link del tun
tunnel A tun eoip6 7
ip -n A link set tun up
TO=2001:db8::1
before=$(stat A tun rx_packets)
one "0307$frame" -s 2001:db8::2
check "eoip6: a good one passes" busywait 10 at_least $((before + 1)) \
	stat A tun rx_packets
counts "eoip6: unknown id" net_rx_unknown_id one "0308$frame"
counts "eoip6: wrong source" net_rx_wrong_source \
	one "0307$frame" -s 2001:db8::3
counts "eoip6: header cut short" net_rx_truncated one 03
counts "eoip6: runt" rx_runt one 0307ffff \
	-s 2001:db8::2
counts "eoip6: another version" net_rx_unknown_id one "0407$frame"

# a storm of them, from the peer and from a stranger: no answer, no message
ip -n A link del tun
tunnel A tun eoip 7 loop-protect on
ip -n A addr add 10.0.0.1/24 dev tun
ip -n A link set tun up
tunnel A tun6 eoip6 7
ip -n A link set tun6 up
icmp_out() {
	local six
	six=$(ip netns exec A cat /proc/net/snmp6 |
		awk '/^Icmp6OutDestUnreachs/ { print $2 }')
	echo $(($(snmp A Icmp OutMsgs) + six))
}
# Nothing but the driver's own restraint. Other GRE is the stack's, which tells
# the sender when it has nothing for it; gre.ko says nothing.
modprobe gre
sysctl_ns A net.ipv4.icmp_ratemask=0
out=$(icmp_out)
log_mark
for t in "192.0.2.1 192.0.2.2 1" "192.0.2.1 192.0.2.3 2" \
	"2001:db8::1 2001:db8::2 3" "2001:db8::1 2001:db8::3 4"; do
	read -r to from seed <<<"$t"
	check "5,000 mutated packets from $from" ip netns exec B \
		"$BIN/eoip_peer" -s "$from" -f "5000,$seed" "$to" 7
done
check "they were seen" busywait 30 at_least 1000 stat A tun rx_packets
check "those of eoip6, too" busywait 30 at_least 1000 stat A tun6 rx_packets
for c in rx_length rx_runt; do
	check "$c rose" [ "$(counter A tun $c)" -gt 0 ]
done
for c in net_rx_unknown_id net_rx_wrong_source net_rx_truncated; do
	check "$c rose" [ "$(counter A tun $c)" -gt 20 ]
done
storm=$(($(icmp_out) - out))
check "no ICMP storm ($storm)" [ "$storm" -lt 500 ]
log_is_quiet
finish
