#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# DSCP, ECN (RFC 6040) and TTL of the outer header, and ECN back inside.
. "$(dirname "$0")/lib.sh"

# outer TOS...: TOS and TTL on the wire of pings with these TOS inside, to
# the far end's addresses in turn
outer() {
	local tos to
	capture B wan "$TMP/t.pcap" "src host $SRC and greater 300"
	for tos in "$@"; do
		for to in "${FAR[@]}"; do
			ip netns exec A ping -q -c1 -W2 -s 300 -t "${TTL:-64}" \
				-Q "0x$tos" "$to"
		done
	done >/dev/null 2>&1
	capture_stop "$TMP/t.pcap" $(($# * ${#FAR[@]}))
	if [ "$kind" != eoip6 ]; then
		hex "$TMP/t.pcap" | sed 's/^..\(..\).\{12\}\(..\).*/\1 ttl \2/'
	else # the traffic class is not on an octet's boundary
		hex "$TMP/t.pcap" | sed 's/^.\(..\).\{11\}\(..\).*/\1 ttl \2/'
	fi | xargs -n $((3 * ${#FAR[@]}))
}

# outers NAME TTL "INSIDE OUTSIDE"...: each TOS inside gives that one outside
outers() {
	local name=$1 ttl=$2 out t want n=0
	shift 2
	out=$(outer "${@% *}")
	for t in "$@"; do
		n=$((n + 1))
		want="${t#* } ttl $ttl"
		[ ${#FAR[@]} = 1 ] || want+=" $want"
		is "$kind: $name, ${t% *} inside" "$want" \
			"$(sed -n ${n}p <<<"$out")"
	done
}

nft_ecn() { # KIND VALUE: the WAN marks what A sends
	local family=ip match="ip protocol 47 ip ecn set $2"
	[ "$1" = ipip ] && match="ip protocol 4 ip ecn set $2"
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

# RFC 6040, figure 4: what the far LAN gets
arrives() { # TOS-inside ADDRESS
	capture B tun "$TMP/e.pcap" "src host ${2%2}1 and greater 300"
	ip netns exec A ping -q -c1 -W1 -s 300 -Q "$1" "$2" >/dev/null
	capture_stop "$TMP/e.pcap" "${3:-1}"
	hex "$TMP/e.pcap" | head -n 1 |
		if [[ $2 = *:* ]]; then cut -c 2-3; else cut -c 3-4; fi
}
more_ecn() {
	is "$kind: ECT(1) outside, Not-ECT inside" 00 \
		"$(arrives 0x00 10.0.0.2)"
	is "$kind: ECT(1) outside, CE inside" 03 "$(arrives 0x03 10.0.0.2)"
	ip netns exec A nft flush ruleset
	nft_ecn $kind not-ect
	is "$kind: Not-ECT outside, ECT(0) inside" 02 \
		"$(arrives 0x02 10.0.0.2)"
	ip netns exec A nft flush ruleset
	nft_ecn $kind ce
	is "$kind: CE outside, ECT(1) inside" 03 "$(arrives 0x01 10.0.0.2)"
}

ours gre ipip
for kind in eoip eoip6 gre ipip; do
	[ $kind != eoip6 ] && SRC=192.0.2.1 || SRC=2001:db8::1
	[ $kind != ipip ] && FAR=(10.0.0.2 fd00::2) || FAR=(10.0.0.2)
	# in gre and ipip its answers are packets, too
	sites $kind keepalive off
	for to in "${FAR[@]}"; do
		busywait 10 ping_ns A "$to"
	done

	# dscp inherit, the default; ECT is copied, CE becomes ECT(0)
	case $kind in
	eoip*) outers inherit ff "00 00" "b8 b8" "b9 b9" "ba ba" "bb ba" \
		"02 02" "03 02" ;;
	*) outers inherit ff "b9 b9" "bb ba" ;;
	esac
	ip -n A link set tun type $kind dscp 10 ttl 77
	case $kind in
	eoip*) outers "dscp 10 ttl 77" 4d "b8 28" "b9 29" "bb 2a" ;;
	*)
		outers "dscp 10 ttl 77" 4d "b9 29"
		ip -n A link set tun type $kind ttl inherit
		TTL=33 outers "ttl inherit" 21 "b8 28"
		;;
	esac
	ip -n A link set tun type $kind dscp inherit ttl 255
	# what has no DSCP has 0; keepalives have none either
	ip -n A link set tun type $kind dscp 46 keepalive 1,0
	capture B wan "$TMP/k.pcap" "(ip or ip6) and src host $SRC and less 64"
	capture_stop "$TMP/k.pcap" 1
	like "$kind: a keepalive has the dscp" '^[^(]*\((tos|class) 0xb8,' \
		"$(tcpdump -vnr "$TMP/k.pcap" -c 1 2>/dev/null)"
	ip -n A link set tun type $kind dscp inherit

	nft_ecn $kind ce
	is "$kind: CE outside, ECT(0) inside" 03 "$(arrives 0x02 10.0.0.2)"
	[ $kind = ipip ] || is "$kind: CE outside, ECT(0) inside, IPv6" 03 \
		"$(arrives 0x02 fd00::2)"
	before=$(counter B tun rx_ecn)
	ip netns exec A ping -q -c1 -W1 -s 300 10.0.0.2 >/dev/null
	check "$kind: CE outside, Not-ECT inside is dropped" \
		[ "$(counter B tun rx_ecn)" -gt "$before" ]
	ip netns exec A nft flush ruleset
	nft_ecn $kind ect1
	is "$kind: ECT(1) outside, ECT(0) inside" 01 \
		"$(arrives 0x02 10.0.0.2)"
	case $kind in eoip*) more_ecn ;; esac
	ip netns exec A nft flush ruleset
	ip netns del A
	ip netns del B
done
finish
