#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Beside the in-tree users of protocol 47, the firewall and IPsec policies.
. "$(dirname "$0")/lib.sh"

modprobe -a ip_gre pptp ppp_generic 2>/dev/null
sites eoip
check "eoip" ping_ns A 10.0.0.2 3

# in-tree tunnels between the same two addresses, all at the same time
i=1
for t in "gretap" "gretap key 7" "gre ttl 64" "gre ttl 64 key 7" \
	"erspan key 9 seq erspan_ver 1"; do
	for n in A B; do
		if [ $n = A ]; then me=1 you=2; else me=2 you=1; fi
		# shellcheck disable=SC2086
		ip -n $n link add in$i type $t local 192.0.2.$me \
			remote 192.0.2.$you || fail "$t: add"
		ip -n $n addr add 10.1.$i.$me/24 dev in$i
		ip -n $n link set in$i up
	done
	check "$t: beside eoip" busywait 10 ping_ns A 10.1.$i.2
	i=$((i + 1))
done
check "eoip: beside them" ping_ns A 10.0.0.2 3
is "nothing of theirs is counted here" "0 0 0" "$(counter B tun \
	net_rx_unknown_id) $(counter B tun net_rx_wrong_source) $(counter B \
	tun net_rx_truncated)"

# PPTP: GRE version 1, too
ip netns exec B "$BIN/pptp" 192.0.2.2 200 192.0.2.1 100 pptp 10.2.0.2 \
	10.2.0.1 &
BACKGROUND+=($!)
ip netns exec A "$BIN/pptp" 192.0.2.1 100 192.0.2.2 200 pptp 10.2.0.1 \
	10.2.0.2 &
BACKGROUND+=($!)
check "pptp: beside eoip" busywait 20 ping_ns A 10.2.0.2
check "eoip: beside pptp" ping_ns A 10.0.0.2 3

# INPUT rules apply to the outer packet
rx() { stat B tun rx_packets; }
ip netns exec B nft -f - <<-'END'
	table ip fw {
		chain in {
			type filter hook input priority 0;
			ip protocol 47 ip saddr 192.0.2.1 counter drop
		}
	}
END
before=$(rx)
ip netns exec A ping -q -c3 -i 0.2 -W1 10.0.0.2 >/dev/null
is "a firewall rule drops it" "$before" "$(rx)"
check "and counted it" sh -c "ip netns exec B nft list table ip fw |
	grep -q 'counter packets [1-9]'"
ip netns exec B nft flush ruleset
check "without the rule it passes" busywait 10 ping_ns A 10.0.0.2

# inbound IPsec policy: B requires ESP, A sends cleartext
for n in A B; do
	tunnel $n tun6 eoip6 7
	ip -n $n link set tun6 up
done
ip -n A addr add 10.6.0.1/24 dev tun6
ip -n B addr add 10.6.0.2/24 dev tun6
busywait 10 ping_ns A 10.6.0.2
# the hook checks and counts itself; a protocol handler never sees the packet
policy_drops() {
	if [ "$1" = tun ]; then
		counter B tun rx_policy
	else
		ip netns exec B sed -n 's/^XfrmInTmplMismatch[^0-9]*//p' \
			/proc/net/xfrm_stat
	fi
}
for t in "tun 192.0.2. 10.0.0.2" "tun6 2001:db8:: 10.6.0.2"; do
	read -r dev net far <<<"$t"
	esp B "${net}2" "${net}1"
	before=$(stat B "$dev" rx_packets)
	ip netns exec A ping -q -c3 -i 0.2 -W1 "$far" >/dev/null
	is "$dev: cleartext is dropped where a policy requires ESP" \
		"$before" "$(stat B "$dev" rx_packets)"
	check "$dev: and counted" busywait 10 at_least 1 policy_drops "$dev"
	esp A "${net}1" "${net}2"
	check "$dev: encrypted it passes" busywait 10 ping_ns A "$far"
	capture B wan "$TMP/esp.pcap" "esp"
	ping_ns A "$far" 2 >/dev/null
	capture_stop "$TMP/esp.pcap" 4
	check "$dev: as ESP" has_packets "$TMP/esp.pcap" 4
	no_esp A
	no_esp B
	check "$dev: and in clear again" busywait 10 ping_ns A "$far"
done
finish
