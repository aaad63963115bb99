#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# DSCP, ECN (RFC 6040) and TTL of the outer header, and ECN back inside.
. "$(dirname "$0")/lib.sh"

# outer TOS...: TOS and TTL on the wire of pings with these TOS inside, to
# the far end's IPv4 and IPv6 addresses in turn
outer() {
	local tos
	capture B wan "$TMP/t.pcap" "src host $SRC and greater 300"
	for tos in "$@"; do
		ip netns exec A ping -q -c1 -W2 -s 300 -Q "0x$tos" 10.0.0.2
		ip netns exec A ping -q -c1 -W2 -s 300 -Q "0x$tos" fd00::2
	done >/dev/null 2>&1
	capture_stop "$TMP/t.pcap" $(($# * 2))
	if [ "$kind" = eoip ]; then
		hex "$TMP/t.pcap" | sed 's/^..\(..\).\{12\}\(..\).*/\1 ttl \2/'
	else # the traffic class is not on an octet's boundary
		hex "$TMP/t.pcap" | sed 's/^.\(..\).\{11\}\(..\).*/\1 ttl \2/'
	fi | xargs -n 6
}

nft_ecn() { # KIND VALUE: the WAN marks what A sends
	local family=ip match="ip protocol 47 ip ecn set $2"
	[ "$1" = eoip6 ] && family=ip6 \
		match="ip6 nexthdr 97 ip6 ecn set $2"
	ip netns exec A nft -f - <<-END
		table $family wan {
			chain out {
				type filter hook postrouting priority 0;
				$match
			}
		}
	END
}

for kind in eoip eoip6; do
	[ $kind = eoip ] && SRC=192.0.2.1 || SRC=2001:db8::1
	sites $kind
	busywait 10 ping_ns A 10.0.0.2
	busywait 10 ping_ns A fd00::2

	# dscp inherit, the default; ECT is copied, CE becomes ECT(0)
	out=$(outer 00 b8 b9 ba bb 02 03)
	n=0
	for t in "00 00" "b8 b8" "b9 b9" "ba ba" "bb ba" "02 02" "03 02"; do
		n=$((n + 1))
		is "$kind: inherit, ${t% *} inside" \
			"${t#* } ttl ff ${t#* } ttl ff" \
			"$(sed -n ${n}p <<<"$out")"
	done
	ip -n A link set tun type $kind dscp 10 ttl 77
	out=$(outer b8 b9 bb)
	n=0
	for t in "b8 28" "b9 29" "bb 2a"; do
		n=$((n + 1))
		is "$kind: dscp 10 ttl 77, ${t% *} inside" \
			"${t#* } ttl 4d ${t#* } ttl 4d" \
			"$(sed -n ${n}p <<<"$out")"
	done
	ip -n A link set tun type $kind dscp inherit ttl 255
	# what has no DSCP has 0; keepalives have none either
	ip -n A link set tun type $kind dscp 46 keepalive 1,0
	capture B wan "$TMP/k.pcap" "src host $SRC and less 60"
	capture_stop "$TMP/k.pcap" 1
	if [ $kind = eoip ]; then
		is "$kind: a keepalive has the dscp" b8 \
			"$(hex "$TMP/k.pcap" | head -n 1 | cut -c 3-4)"
	else
		is "$kind: a keepalive has the dscp" b8 \
			"$(hex "$TMP/k.pcap" | head -n 1 | cut -c 2-3)"
	fi
	ip -n A link set tun type $kind dscp inherit

	# RFC 6040, figure 4: what the far LAN gets
	arrives() { # TOS-inside ADDRESS
		capture B tun "$TMP/e.pcap" "src host ${2%2}1 and greater 300"
		ip netns exec A ping -q -c1 -W1 -s 300 -Q "$1" "$2" >/dev/null
		capture_stop "$TMP/e.pcap" "${3:-1}"
		hex "$TMP/e.pcap" | head -n 1 |
			if [[ $2 = *:* ]]; then cut -c 2-3; else cut -c 3-4; fi
	}
	nft_ecn $kind ce
	is "$kind: CE outside, ECT(0) inside" 03 "$(arrives 0x02 10.0.0.2)"
	is "$kind: CE outside, ECT(1) inside" 03 "$(arrives 0x01 10.0.0.2)"
	is "$kind: CE outside, ECT(0) inside, IPv6" 03 \
		"$(arrives 0x02 fd00::2)"
	before=$(counter B tun rx_ecn)
	ip netns exec A ping -q -c1 -W1 -s 300 10.0.0.2 >/dev/null
	check "$kind: CE outside, Not-ECT inside is dropped" \
		[ "$(counter B tun rx_ecn)" -gt "$before" ]
	ip netns exec A nft flush ruleset
	nft_ecn $kind ect1
	is "$kind: ECT(1) outside, ECT(0) inside" 01 \
		"$(arrives 0x02 10.0.0.2)"
	is "$kind: ECT(1) outside, Not-ECT inside" 00 \
		"$(arrives 0x00 10.0.0.2)"
	is "$kind: ECT(1) outside, CE inside" 03 "$(arrives 0x03 10.0.0.2)"
	ip netns exec A nft flush ruleset
	nft_ecn $kind not-ect
	is "$kind: Not-ECT outside, ECT(0) inside" 02 \
		"$(arrives 0x02 10.0.0.2)"
	ip netns exec A nft flush ruleset
	ip netns del A
	ip netns del B
done
finish
