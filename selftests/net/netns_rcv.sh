#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -c 2 -t 400 --append page_poison=1
# A namespace goes while others still send to it: its links receive to the end,
# so what a received packet looks at must be there. Freed pages are poisoned, and
# who looks at them dies.
#
#	B  floods, stays -- wan ------ wan -- tunnels, goes  X
. "$(dirname "$0")/lib.sh"

modprobe sitelink_eoip || skip_all "no sitelink_eoip"
ours gre
setup_ns B R

# RTNL is rarely free: X waits for it between its tunnels' end and its links'
for n in $(seq 200); do
	echo "link add d$n group 7 type dummy"
done | ip -n R -batch -
while :; do
	ip -n R link set group 7 up
	ip -n R link set group 7 down
done &
BACKGROUND+=($!)

# flood COMMAND...: B sends until it is killed
flood() {
	while :; do
		ip netns exec B "$@" 2>/dev/null || sleep 0.05
	done &
	FLOODS+=($!)
	BACKGROUND+=($!)
}
gone() { ! ip -n B link show wan; }

for n in 1 2 3 4 5; do
	setup_ns X
	wan X B
	# the tables come with the first tunnel; to nobody who sends
	ip -n X link add e type eoip6 remote 2001:db8::9 tunnel-id 9
	ip -n X link add g type gre remote 192.0.2.9 local 192.0.2.1 key 9
	FLOODS=()
	flood "$BIN/eoip_peer" -f "20000,$n" 2001:db8::1 7
	flood "$BIN/gre_peer" -k 7 -f "20000,$n" 192.0.2.1
	check "$n: X receives" busywait 20 at_least 200 stat X wan rx_packets
	rx=$(counter X e net_rx_unknown_id)
	check "$n: what is for nobody there" [ "$rx" -gt 0 ]
	check "$n: X goes" ip netns del X
	check "$n: to its last link" busywait 60 gone
	kill "${FLOODS[@]}"
	wait "${FLOODS[@]}" 2>/dev/null
done
finish
