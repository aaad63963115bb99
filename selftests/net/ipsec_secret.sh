#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -t 900
# ipsec-secret on tunnels of every kind: what the WAN sees from the first packet to
# the last, who is refused, what is left when the secret goes.
. "$(dirname "$0")/ipsec_tunnel_lib.sh"

for m in eoip gre ipip 6to4; do
	modprobe sitelink_$m || skip_all "no sitelink_$m"
done
modprobe -a aesni_intel esp4
ipsec_sites 198.51.100.1 203.0.113.2 10.1.0 10.2.0
# a tunnel without carrier has no route: then there is none
ip -n A route replace "$WAN_B" via "${WAN_A%.*}.254"
ip -n B route replace "$WAN_A" via "${WAN_B%.*}.254"
for n in A B; do
	ip -n $n route del default
done

# the tunnels' own protocols
CLEAR="ip and (proto 47 or proto 4 or proto 41)"
# clear [FILTER]: packets of these that the WAN has seen
clear() { tcpdump -nr "$TMP/wan.pcap" "$CLEAR ${1:-}" 2>/dev/null | wc -l; }
seen() { has_packets "$TMP/wan.pcap" "$@"; }
# refused NS: what IPsec has not let in, as print says it
refused() {
	of "$1" statistics '.["in-policy-blocked"] +
		.["in-template-mismatches"] + .["in-no-policies"]'
}
# silent NAME: nothing of the tunnel gets from one to the other, nor out of A
silent() {
	local before
	wan_begin
	before=$(refused A)
	check "$1: B to A" not through B
	check "$1: A to B" not through A
	check "$1: A refuses" busywait 20 at_least "$((before + 1))" refused A
	capture_stop "$TMP/wan.pcap" 1 "$CLEAR"
	check "$1: B did try" [ "$(clear "and src $WAN_B")" != 0 ]
	is "$1: A has sent nothing in clear" 0 \
		"$(clear "and src $WAN_A")"
}

for kind in eoip gre ipip 6to4; do
	# --- both have it
	wan_begin
	check "$kind: A" paste A < <(tunnel A $kind "$secret")
	is "$kind: A, twice is once" "" "$(again A)"
	# the other has nothing yet
	check "$kind: alone: nothing comes back" not through A
	# by a second's work
	check "$kind: alone: its mtu is none of loopback" \
		not busywait 3 at_least 1501 mtu_of A tun
	check "$kind: B" paste B < <(tunnel B $kind "$secret")
	ipsec_check "$kind: A to B" busywait 60 through A
	ipsec_check "$kind: B to A" busywait 10 through B
	check "$kind: keepalives" busywait 30 carrier_is A tun 1
	check "$kind: more of them" busywait 30 seen 24 esp
	is "$kind: nothing of the tunnel in clear" 0 "$(clear)"
	wan_clean "$kind"

	# --- what print says
	shows "$kind: a dynamic peer" A peer \
		'map(select(.dynamic)) | map(.address) | join(" ")' "$WAN_B/32"
	shows "$kind: a dynamic identity" A identity \
		'map(select(.dynamic)) | length' 1
	shows "$kind: a dynamic policy" A policy \
		'map(select(.dynamic)) | map("\(.["dst-address"]) \(.["ph2-state"]) \(.active)") | join(",")' \
		"$WAN_B/32 established true"
	# two pairs, if both began
	shows "$kind: its SAs" A installed-sa \
		'map(select(.state != "larval") | .["src-address"]) | unique | join(" ")' \
		"$WAN_A $WAN_B"
	check "$kind: the secret is not shown" not grep "of both" \
		<(sl A '/ip ipsec identity print detail'; sl A "/interface $kind print")
	check "$kind: and is on no command line" not pgrep -f "of bot[h]"

	# --- the mtu
	mtu=$(mtu_of A tun) headers=28
	[ $kind != 6to4 ] || headers=48
	is "$kind: actual-mtu" "$mtu" "$(value A "interface $kind" tun actual-mtu)"
	wan_begin
	check "$kind: a packet of $mtu" busywait 20 through A -M "do" \
		-s $((mtu - headers))
	capture_stop "$TMP/wan.pcap" 2 "greater 1400"
	biggest=$(tcpdump -nvr "$TMP/wan.pcap" esp 2>/dev/null |
		sed -n 's/.*, length \([0-9]*\))$/\1/p' | sort -n | tail -n 1)
	check "$kind: is as big as the path takes: $biggest" \
		[ "${biggest:-0}" -le 1500 -a "${biggest:-0}" -gt 1476 ]

	# --- a peer without the secret
	check "$kind: B without secret" sl B "/interface $kind set tun !ipsec-secret"
	check "$kind: B has no IPsec" busywait 30 no_ipsec B
	silent "$kind: a peer in clear"
	slain A
	ip -n A xfrm state flush
	silent "$kind: and no daemon"

	# --- the secret goes from A as well
	check "$kind: A without secret" sl A "/interface $kind set tun !ipsec-secret"
	check "$kind: A has no IPsec" busywait 30 no_ipsec A
	shows "$kind: no dynamic peer" A peer 'map(select(.dynamic)) | length' 0
	shows "$kind: no dynamic identity" A identity 'map(select(.dynamic)) | length' 0
	shows "$kind: no dynamic policy" A policy 'map(select(.dynamic)) | length' 0
	check "$kind: no daemon is left" busywait 30 no_daemons A
	wan_begin
	check "$kind: in clear" busywait 30 through A
	check "$kind: which the WAN sees" busywait 10 at_least 1 found "$PAYLOAD"
	capture_stop "$TMP/wan.pcap" 1
	check "$kind: mtu as without" busywait 20 at_least $((mtu + 20)) mtu_of A tun

	# --- and comes while there is traffic
	ip netns exec A ping -q -i 0.05 -p "$(octets "$PAYLOAD")" \
		"$([ $kind = 6to4 ] && echo 2001:db8:9::2 || echo 10.0.0.2)" >/dev/null &
	pings=$!
	BACKGROUND+=("$pings")
	for n in A B; do
		check "$kind: $n: set" sl $n "/interface $kind set tun $secret"
	done
	wan_begin
	ipsec_check "$kind: encrypted" busywait 60 seen 40 esp
	is "$kind: from then on nothing in clear" 0 "$(clear)"
	wan_clean "$kind: set"
	kill $pings
	for n in A B; do
		check "$kind: $n: flush" sl $n flush
		is "$kind: $n: nothing is left" "" "$(ipsec_left $n)"
	done
done

# --- two tunnels of the same pair
kind=eoip
other() { # NS
	tunnel "$1" eoip "$secret" | sed 's/name=tun/name=tun2/; s/id=7/id=8/
		s/interface=tun/interface=tun2/; s/10\.0\.0/10.0.1/'
}
second() { lan_ping A 10.0.1.2; }
for n in A B; do
	check "two: $n" paste $n < <(tunnel $n eoip "$secret"; other $n)
done
ipsec_check "two: the one" busywait 60 through A
ipsec_check "two: the other" busywait 10 second
shows "two: share a peer" A peer 'map(select(.dynamic)) | length' 1
shows "two: and a policy" A policy 'map(select(.dynamic)) | length' 1
for n in A B; do
	check "two: $n: the first goes" paste $n < <(other $n)
done
ipsec_check "two: the other stays" busywait 60 second
for n in A B; do
	check "two: $n: another secret is refused" not paste $n < <(
		tunnel $n eoip 'ipsec-secret="of A"'; other $n)
done
for n in A B; do
	check "two: $n: flush" sl $n flush
done
finish
