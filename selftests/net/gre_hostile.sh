#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# 20,000 mutated GRE packets from the peer and from a stranger, to tunnels of
# every option: no kernel message, no ICMP storm, and all still work.
. "$(dirname "$0")/lib.sh"

modprobe sitelink_gre || skip_all "no sitelink_gre"
sites eoip keepalive off
for h in 3 4 5; do
	ip -n B addr add 192.0.2.$h/24 dev wan
done
i=0
for t in "2 gre keepalive 1,10" "2 gre key 7" "3 gre csum" "4 gre seq" \
	"2 gre key 9 csum seq" "2 gretap loop-protect on keepalive off" \
	"3 gretap key 7 csum"; do
	read -r host kind words <<<"$t"
	i=$((i + 1))
	# shellcheck disable=SC2086 # words
	ip -n A link add g$i type $kind local 192.0.2.1 \
		remote "192.0.2.$host" $words || fail "$t: add"
	ip -n A addr add 10.8.$i.1/24 dev g$i
	ip -n A link set g$i up
done
ip -n A link add multi type gre local 192.0.2.1 key 3
ip -n A link set multi up

was=$(snmp A Icmp OutMsgs)
log_mark
mutated "" 2 3 4 5
for d in g1 g3 g4 g6; do
	check "$d received some" busywait 30 at_least 10 stat A $d rx_packets
done
check "rx_csum rose" [ "$(counter A g3 rx_csum)" -gt 0 ]
check "rx_seq rose" [ "$(counter A g4 rx_seq)" -gt 0 ]
check "rx_runt rose" [ "$(counter A g6 rx_runt)" -gt 0 ]
check "net_rx_truncated rose" [ "$(counter A g1 net_rx_truncated)" -gt 0 ]
check "net_rx_unknown_id rose" [ "$(counter A g1 net_rx_unknown_id)" -gt 100 ]
# the kernel limits those that GRE without a tunnel gets
storm=$(($(snmp A Icmp OutMsgs) - was))
check "no ICMP storm ($storm)" [ $storm -lt 2000 ]
log_is_quiet
check "eoip works beside them" ping_ns A 10.0.0.2
ip -n B link add g2 type gre local 192.0.2.2 remote 192.0.2.1 key 7
ip -n B addr add 10.8.2.2/24 dev g2
ip -n B link set g2 up
check "gre works" ping_ns A 10.8.2.2
finish
