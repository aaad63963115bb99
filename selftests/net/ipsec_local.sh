#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# kernel: 6.12
# A peer's local-address: one that only another routing table leads from, and one of
# several on one interface, which masquerade would hide.
. "$(dirname "$0")/ipsec_lib.sh"

# near LOCAL: of the router that has a choice
near() {
	cat <<-EOF
		/ip ipsec peer
		add address=10.155.130.136/32 local-address=$1 secret=test
		/ip ipsec policy
		add sa-src-address=$1 src-address=192.168.1.0/24 dst-address=172.16.0.0/24 sa-dst-address=10.155.130.136 tunnel=yes
		/ip firewall nat
		add action=accept chain=srcnat src-address=192.168.1.0/24 dst-address=172.16.0.0/24 place-before=0
	EOF
}
# far LOCAL: of the other one
far() {
	cat <<-EOF
		/ip ipsec peer add address=$1/32 secret=test
		/ip ipsec policy add src-address=172.16.0.0/24 dst-address=192.168.1.0/24 \
		    sa-src-address=10.155.130.136 sa-dst-address=$1 tunnel=yes
	EOF
}
# forgets: what A has masqueraded once stays so for as long as it is remembered
forgets() {
	sysctl_ns A net.netfilter.nf_conntrack_udp_timeout=1
	sysctl_ns A net.netfilter.nf_conntrack_udp_timeout_stream=1
}
# ike_from ADDRESS: packets of IKE from there, and to B
ike_from() {
	tcpdump -nr "$TMP/wan.pcap" "udp port 500 and src $1" 2>/dev/null | wc -l
}

# --- another routing table
tables() {
	local what="another table, $1" n
	ipsec_sites 10.155.107.8 10.155.130.136 192.168.1 172.16.0
	ip -n A link set wan down
	ip -n A link set wan name ether1
	ip -n A link set ether1 up
	cable A ether2 W to2
	ip -n A addr add 172.22.2.114/24 dev ether2
	ip -n W addr add 172.22.2.115/24 dev to2
	for n in all default ether1 ether2; do
		sysctl_ns A net.ipv4.conf."$n".rp_filter=0
	done
	sysctl_ns W net.ipv4.conf.to2.rp_filter=0
	lan_serve HA "$HOST_A" 7
	lan_serve HB "$HOST_B" 7
	if [ "$1" = own ]; then
		near 10.155.107.8 >"$TMP/a"
		cat >"$TMP/marks" <<-'EOF'
			/ip firewall mangle
			add action=mark-connection chain=output connection-mark=no-mark dst-address=10.155.130.136 dst-port=500,4500 new-connection-mark=ipsec passthrough=yes protocol=udp
			add action=mark-connection chain=output connection-mark=no-mark dst-address=10.155.130.136 new-connection-mark=ipsec passthrough=yes protocol=ipsec-esp
			add action=mark-routing chain=output connection-mark=ipsec new-routing-mark=backup passthrough=no
		EOF
	else
		block 004 "local-address=10.155.107.8" >"$TMP/a"
		block 004 "new-routing-mark=backup" >"$TMP/marks"
	fi
	cat >"$TMP/routes" <<-'EOF'
		/routing table add name=backup fib
		/ip route add dst-address=0.0.0.0/0 gateway=10.155.107.254 routing-table=backup
		/ip route add dst-address=0.0.0.0/0 gateway=172.22.2.115
		/ip firewall nat add chain=srcnat action=masquerade out-interface=ether1 comment="test: masquerade"
		/ip firewall nat add chain=srcnat action=masquerade out-interface=ether2 comment="test: masquerade"
	EOF
	wan_begin
	rsc_check "$what: B" B < <(far 10.155.107.8; echo \
		"/ip ipsec peer set 0 passive=yes")
	rsc_check "$what: A, by the main table" A < <(
		cat "$TMP/routes" "$TMP/a")
	forgets
	check "$what: IKE goes the wrong way" busywait 60 at_least 1 \
		ike_from 172.22.2.114
	check "$what: and is not up" not up A
	rsc_check "$what: A, with marks" A < <(
		cat "$TMP/routes" "$TMP/a" "$TMP/marks")
	ipsec_wait A
	ipsec_wait B
	lan_carries "$what"
	counted "$what" A nat mangle
	is "$what: ESP comes from that address alone" "" "$(tcpdump -nr \
		"$TMP/wan.pcap" "esp and not host 10.155.107.8" 2>/dev/null)"
	wan_clean "$what"
	ipsec_sites_gone
}
each_form tables

# --- several addresses. ESP, too, would come from another one, and what answers
# it would be a connection that differs from its own in nothing: dropped
several() {
	local what="several addresses, $1"
	ipsec_sites 172.22.2.1 10.155.130.136 192.168.1 172.16.0
	ip -n A addr add 172.22.2.2/24 dev wan
	ip -n A addr add 172.22.2.3/24 dev wan
	lan_serve HA "$HOST_A" 7
	lan_serve HB "$HOST_B" 7
	if [ "$1" = own ]; then
		near 172.22.2.3 >"$TMP/a"
		cat >"$TMP/except" <<-'EOF'
			/ip firewall nat
			add action=accept chain=srcnat protocol=udp src-port=500,4500 place-before=0
			add action=accept chain=srcnat protocol=ipsec-esp place-before=0
		EOF
	else
		block 004 "local-address=172.22.2.3" >"$TMP/a"
		block 004 "protocol=udp src-port=500,4500" >"$TMP/except"
	fi
	wan_begin
	rsc_check "$what: B" B < <(far 172.22.2.3; echo \
		"/ip ipsec peer set 0 passive=yes")
	rsc_check "$what: A, all is masqueraded" A < <(
		masquerade; cat "$TMP/a")
	forgets
	check "$what: IKE comes from another address" busywait 60 at_least 1 \
		ike_from 172.22.2.1
	check "$what: and is not up" not up A
	rsc_check "$what: A, IKE is not" A < <(
		masquerade; cat "$TMP/a" "$TMP/except")
	ipsec_wait A
	ipsec_wait B
	lan_carries "$what"
	counted "$what" A nat
	is "$what: the peer" 172.22.2.3 "$(peers B)"
	wan_clean "$what"
	ipsec_sites_gone
}
each_form several
finish
