#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Keepalives and the carrier.
#
#	A  tun (ours) -- wan ------ wan -- eoip_peer or nothing  B
. "$(dirname "$0")/lib.sh"

setup_ns A B
wan A B

for t in "eoip 2001640000000700 192.0.2.1" "eoip6 0307 2001:db8::1"; do
	read -r kind bare addr <<<"$t"
	bare_keepalive() {
		ip netns exec B "$BIN/eoip_peer" -x "$bare" "$addr" 7
	}
	tunnel A tun "$kind" 7 keepalive 1,2
	ip -n A link set tun up
	is "$kind: running when it comes up" 1 "$(carrier A tun)"
	check "$kind: keepalives are sent" \
		busywait 10 at_least 2 counter A tun tx_keepalives
	check "$kind: carrier drops without the peer's" \
		busywait 20 carrier_is A tun 0
	check "$kind: keepalives go on without carrier" busywait 10 \
		at_least $(($(counter A tun tx_keepalives) + 2)) \
		counter A tun tx_keepalives

	# data proves nothing
	frame=ffffffffffff0200000000010806$(printf '00%.0s' {1..46})
	if [ "$kind" = eoip ]; then
		data=20016400003c0700$frame
	else
		data=0307$frame
	fi
	was=$(stat A tun rx_packets)
	ip netns exec B "$BIN/eoip_peer" -x "$data" "$addr" 7
	check "$kind: data arrives" busywait 10 \
		at_least $((was + 1)) stat A tun rx_packets
	is "$kind: data frames prove no life" 0 "$(carrier A tun)"
	bare_keepalive
	check "$kind: the next keepalive brings the carrier back" \
		busywait 5 carrier_is A tun 1
	is "$kind: it was counted" 1 "$(counter A tun rx_keepalives)"
	check "$kind: and it goes again" busywait 20 carrier_is A tun 0

	ip -n A link change tun type "$kind" keepalive off
	check "$kind: keepalive off gives the carrier" \
		busywait 5 carrier_is A tun 1
	was=$(counter A tun tx_keepalives)
	ip -n A link change tun type "$kind" keepalive 1,0
	check "$kind: retries 0 sends" busywait 15 at_least $((was + 4)) \
		counter A tun tx_keepalives
	is "$kind: retries 0 never drops" 1 "$(carrier A tun)"
	ip -n A link change tun type "$kind" keepalive 1,1
	check "$kind: changed while running" busywait 20 carrier_is A tun 0
	ip -n A link set tun down
	was=$(counter A tun tx_keepalives)
	sleep 2.5
	is "$kind: silent when down" "$was" "$(counter A tun tx_keepalives)"
	ip -n A link del tun
done

# two of ours keep each other alive
tunnel A tun eoip 7 keepalive 1,2
tunnel B tun eoip 7 keepalive 1,2
ip -n A link set tun up
ip -n B link set tun up
busywait 20 at_least 5 counter A tun rx_keepalives
is "both ends run" "1 1" "$(carrier A tun) $(carrier B tun)"
ip -n B link set tun down
check "one end down, the other notices" busywait 20 carrier_is A tun 0
finish
