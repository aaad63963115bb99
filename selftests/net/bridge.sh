#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Two LANs as one: VLANs, STP, jumbo frames and full-sized ones.
#
#	LA -- A [br0: lan, tun] ==== [br0: tun, lan] B -- LB
. "$(dirname "$0")/lib.sh"

sites eoip
lan A LA
lan B LB
for n in A B; do
	ip -n $n addr flush dev tun
	ip -n $n link add br0 type bridge
	ip -n $n link set tun mtu 1500
	ip -n $n link set lan master br0
	ip -n $n link set tun master br0
	ip -n $n link set br0 up
done
i=1
for n in LA LB; do
	ip -n $n addr add 10.9.0.$i/24 dev eth0
	ip -n $n addr add fd09::$i/64 dev eth0 nodad
	i=$((i + 1))
done
check "LAN to LAN" busywait 20 ping_ns LA 10.9.0.2
check "IPv6" busywait 20 ping_ns LA fd09::2
capture B wan "$TMP/full.pcap" "src 192.0.2.1 and ip[6:2] & 0x3fff != 0"
check "a full-sized frame with DF" \
	ip netns exec LA ping -q -c1 -W3 -M "do" -s 1472 10.9.0.2
capture_stop "$TMP/full.pcap" 2
check "crosses as outer fragments" has_packets "$TMP/full.pcap" 2

# tags pass untouched, two of them as well, full-sized
i=1
for n in LA LB; do
	ip -n $n link add v5 link eth0 type vlan id 5
	ip -n $n link add q6 link eth0 type vlan proto 802.1ad id 6
	ip -n $n link add q67 link q6 type vlan id 7
	for d in v5 q6 q67; do ip -n $n link set $d up; done
	ip -n $n addr add 10.9.5.$i/24 dev v5
	ip -n $n addr add 10.9.7.$i/24 dev q67
	i=$((i + 1))
done
capture B tun "$TMP/vlan.pcap" "vlan 5 and icmp"
check "VLAN" busywait 10 ping_ns LA 10.9.5.2
capture_stop "$TMP/vlan.pcap" 2
check "VLAN: tagged in the tunnel" has_packets "$TMP/vlan.pcap" 2
check "VLAN: a full-sized frame" \
	ip netns exec LA ping -q -c1 -W3 -M "do" -s 1472 10.9.5.2
check "QinQ" busywait 10 ping_ns LA 10.9.7.2

# a bridge that runs STP on both ends of a second path must block one
for n in A B; do
	tunnel $n tun2 eoip 8
	ip -n $n link set br0 type bridge stp_state 1 forward_delay 200 \
		hello_time 100
	ip -n $n link set tun2 up
	ip -n $n link set tun2 master br0
done
state() { ip netns exec "$1" cat "/sys/class/net/$2/brport/state"; }
one_blocked() { # 4: blocking
	[ "$(for d in tun tun2; do state A "$d"; state B "$d"; done |
		grep -c 4)" = 1 ]
}
check "STP passes: one port of the two paths blocks" busywait 60 one_blocked
check "and the LANs still meet" busywait 60 ping_ns LA 10.9.0.2
for n in A B; do
	ip -n $n link del tun2
	ip -n $n link set br0 type bridge stp_state 0
done

# jumbo: the WAN carries 9000, the tunnel follows, the LAN uses it
for n in A B; do
	ip -n $n link set wan mtu 9042
	ip -n $n link set tun mtu 9000
	ip -n $n link set lan mtu 9000
	ip -n L$n link set eth0 mtu 9000
done
capture B wan "$TMP/jumbo.pcap" "src 192.0.2.1 and greater 9000"
check "a jumbo frame" busywait 20 \
	ip netns exec LA ping -q -c1 -W3 -M "do" -s 8972 10.9.0.2
capture_stop "$TMP/jumbo.pcap" 1
check "in one piece" has_packets "$TMP/jumbo.pcap" 1
finish
