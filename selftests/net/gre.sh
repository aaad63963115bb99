#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# gre and gretap on the wire: every option, against an endpoint of our own and
# tshark; groups, NBMA; checksums, sequence numbers, keys; super-packets.
#
#	A  tun (ours) -- wan ------ wan -- gre_peer, or ours  B
. "$(dirname "$0")/lib.sh"

modprobe sitelink_gre || skip_all "no sitelink_gre"
modprobe tun
setup_ns A B
wan A B
no_unreachables B

up() { # NS DEV HOST
	ip -n "$1" addr add "10.0.0.$3/24" dev "$2"
	ip -n "$1" addr add "fd00::$3/64" dev "$2" nodad
	ip -n "$1" link set "$2" up
}
gone() { ! ip -n B link show "$1"; }

i=0
for t in "gre:" "gre:key 7:-k 7" "gre:csum:-c" "gre:seq:-q" \
	"gre:key 4294967295 csum seq:-k 4294967295 -c -q" \
	"gretap::-e" "gretap:key 7 csum seq:-e -k 7 -c -q"; do
	IFS=: read -r kind words options <<<"$t"
	name="$kind${words:+ $words}"
	i=$((i + 1))
	# shellcheck disable=SC2086 # words
	ip -n A link add tun type $kind local 192.0.2.1 remote 192.0.2.2 \
		$words || fail "$name: add"
	# shellcheck disable=SC2086
	ip netns exec B "$BIN/gre_peer" -t peer$i $options 192.0.2.1 \
		2>"$TMP/peer" &
	PEER=$!
	BACKGROUND+=("$PEER")
	busywait 10 ip -n B link show peer$i
	capture B wan "$TMP/w.pcap" "proto 47 and src 192.0.2.1"
	up A tun 1
	up B peer$i 2
	check "$name: ping from us to the peer" ping_ns A 10.0.0.2 2
	check "$name: ping from the peer to us" ping_ns B 10.0.0.1 2
	check "$name: IPv6" ping_ns A fd00::2
	check "$name: larger than the path" \
		ip netns exec A ping -q -c1 -W3 -s 3000 10.0.0.2
	is "$name: the peer has no complaint" "" "$(cat "$TMP/peer")"
	capture_stop "$TMP/w.pcap" 6
	cp "$TMP/w.pcap" "$TMP/w$i.pcap"
	# what is right for another set of options is not for this one
	if [ "$words" ]; then
		kill "$PEER"
		wait "$PEER" 2>/dev/null
		busywait 10 gone peer$i
		if [ "$kind" = gretap ]; then bare=-e; else bare=; fi
		# shellcheck disable=SC2086
		ip netns exec B "$BIN/gre_peer" $bare -t bare$i 192.0.2.1 &
		PEER=$!
		BACKGROUND+=("$PEER")
		busywait 10 ip -n B link show bare$i
		was=$(stat A tun rx_packets)
		up B bare$i 2
		ip netns exec B ping -q -c2 -i 0.2 -W1 10.0.0.1 >/dev/null
		is "$name: without them nothing is taken" "$was" \
			"$(stat A tun rx_packets)"
	fi
	kill "$PEER"
	wait "$PEER" 2>/dev/null
	ip -n A link del tun
done

# the very bytes: ttl inherit is 64 here, DF by pmtudisc, id 0 with it
like "gre: an echo request" \
	'4500006c00004000402fb65fc0000201c00002020000080045000054' \
	"$(hex "$TMP/w1.pcap")"
like "gre: IPv6 inside" 'c0000201c0000202000086dd6' "$(hex "$TMP/w1.pcap")"
like "gre: key" 'c0000202200008000000000745' "$(hex "$TMP/w2.pcap")"
like "gre: key, csum and seq" \
	'c0000202b0000800....0000ffffffff0000000.45' "$(hex "$TMP/w5.pcap")"
like "gretap: Ethernet inside" 'c000020200006558' "$(hex "$TMP/w6.pcap")"
mergecap -a -w "$TMP/all.pcap" "$TMP"/w[1-7].pcap
tshark -nr "$TMP/all.pcap" -V -o ip.check_checksum:TRUE \
	-Y "icmp.type == 8" 2>/dev/null |
	grep -E 'Protocol Type|Key: 0x|Sequence Number: [0-9]+$|Checksum Status|Echo \(ping\) request' |
	sed 's/^ *//; s/ (BE).*//' | sort | uniq -c | sort -rn >"$TMP/tshark"
for want in 'Protocol Type: IP' 'Protocol Type: Transparent Ethernet' \
	'Key: 0x00000007' 'Key: 0xffffffff' 'Sequence Number: 2' \
	'Echo \(ping\) request'; do
	like "tshark: $want" "$want" "$(cat "$TMP/tshark")"
done
check "tshark: no wrong checksum" sh -c "! grep -i bad '$TMP/tshark'"

# ours on both ends: what a peer cannot send
both() { # KIND [WORD...]
	local kind=$1
	shift
	ip -n A link add tun type "$kind" local 192.0.2.1 remote 192.0.2.2 "$@"
	ip -n B link add tun type "$kind" local 192.0.2.2 remote 192.0.2.1 "$@"
	up A tun 1
	up B tun 2
	# nothing but what the tests send
	ip -n A addr flush dev tun scope link
	ip -n B addr flush dev tun scope link
}
none() {
	ip -n A link del tun
	ip -n B link del tun
}
counts() { # NAME COUNTER COMMAND...: it rises, and no packet is received
	local name=$1 c=$2 was rx
	shift 2
	was=$(counter B tun "$c") rx=$(stat B tun rx_packets)
	"$@"
	check "$name: $c" busywait 10 at_least $((was + 1)) counter B tun "$c"
	is "$name: not received" "$rx" "$(stat B tun rx_packets)"
}
echo4=45000020000100004001666b0a0000010a0000020800f7ff00000000
both gre csum
counts "a wrong checksum" rx_csum raw A 47 "8000080012340000$echo4"
counts "no checksum" rx_csum raw A 47 "00000800$echo4"
none
both gre
counts "a checksum unasked for" rx_csum raw A 47 "8000080000000000$echo4"
was=$(stat B tun rx_packets)
raw A 47 "00000800$echo4"
check "as it should be" busywait 10 at_least $((was + 1)) stat B tun rx_packets
counts "a key unasked for" net_rx_unknown_id raw A 47 "2000080000000007$echo4"
counts "an inner packet cut short" rx_runt raw A 47 000008004500002000010000
none
both gre seq
was=$(stat B tun rx_packets)
raw A 47 "1000080000000064$echo4"
check "sequence number 100" busywait 10 at_least $((was + 1)) \
	stat B tun rx_packets
counts "sequence number 99" rx_seq raw A 47 "1000080000000063$echo4"
counts "no sequence number" rx_seq raw A 47 "00000800$echo4"
none

# super-packets, with and without the help of the wire
for t in "gre" "gre csum" "gretap"; do
	# shellcheck disable=SC2086
	both $t
	# what has left a group says so again, seconds later maybe
	sysctl_ns A net.ipv6.conf.tun.disable_ipv6=1
	sysctl_ns B net.ipv6.conf.tun.disable_ipv6=1
	iperf_server B
	for w in off on; do
		wan_offload $w
		busywait 10 ping_ns A 10.0.0.2
		check "$t: TCP, TSO $w" ip netns exec A iperf3 -c 10.0.0.2 \
			-n 300003
		before=$(stat A tun tx_packets)
		rp=$(stat B tun rx_packets) rb=$(stat B tun rx_bytes)
		ip netns exec A "$BIN/gso_send" udp 10.0.0.2 10007 1000
		case $t in gretap) l2=14 ;; *) l2=0 ;; esac
		is "$t: UDP GSO, TSO $w: sent per segment" 11 \
			$(($(stat A tun tx_packets) - before))
		busywait 10 at_least $((rp + 11)) stat B tun rx_packets
		is "$t: and received" "11 $((10007 + 11 * (28 + l2)))" \
			"$(($(stat B tun rx_packets) - rp)) $(($(stat B tun \
				rx_bytes) - rb))"
	done
	ip netns pids B | xargs -r kill
	none
done

# a group: everyone hears all; nobody but members does
for n in "A 1" "B 2"; do
	ip -n "${n% *}" route add 224.0.0.0/4 dev wan
	ip -n "${n% *}" link add tun type gre local "192.0.2.${n#* }" \
		remote 224.66.66.66
	up "${n% *}" tun "${n#* }"
done
like "a group: joined on the WAN" 224.66.66.66 \
	"$(ip -n B maddr show dev wan)"
check "a group: ping" busywait 10 ping_ns A 10.0.0.2
check "a group: counted as such" [ "$(counter B tun rx_multicast)" -gt 0 ]
ip -n B link set tun type gre remote 224.66.66.67
is "a group: changed while up" 224.66.66.67 \
	"$(ip -n B maddr show dev wan | grep -o '224.66.*')"
ip -n B link set tun down
is "a group: left" "" "$(ip -n B maddr show dev wan | grep 224.66)"
none

# NBMA: the neighbour's link layer address is the outer destination
for n in "A 1 2" "B 2 1"; do
	read -r ns me you <<<"$n"
	ip -n "$ns" link add tun type gre local "192.0.2.$me"
	up "$ns" tun "$me"
	ip -n "$ns" neigh add "10.0.0.$you" lladdr "192.0.2.$you" dev tun
done
check "NBMA: ping" ping_ns A 10.0.0.2 2
was=$(counter A tun tx_no_route)
ip netns exec A ping -q -c1 -W1 10.0.0.9 >/dev/null
ip -n A route add 10.9.0.0/24 dev tun
is "NBMA: a destination without a neighbour goes nowhere" 0 \
	"$(ip netns exec A ping -q -c1 -W1 10.9.0.1 | awk '/received/ { print $4 }')"
none

# the one that says most wins; two may differ by their link. The last comer would
# be found first.
ip -n A link add here type gre local 192.0.2.1 remote 192.0.2.2 dev wan
ip -n A link add exact type gre local 192.0.2.1 remote 192.0.2.2
ip -n A link add any type gre local 192.0.2.1
for d in any exact here; do
	ip -n A link set $d up
done
raw_to_A() {
	raw B 47 "00000800$echo4"
}
for d in here exact any; do
	was=$(stat A $d rx_packets)
	raw_to_A
	check "$d is preferred" busywait 10 at_least $((was + 1)) \
		stat A $d rx_packets
	ip -n A link set $d down
done
for d in any exact here; do
	ip -n A link del $d
done

# a device of a VRF stands for the VRF: its routes lead to the far end, though
# by another device than the one that is named
modprobe vrf
ip -n A link add red type vrf table 77
ip -n A link set red up
ip -n A link set wan master red
ip -n A link add ul type dummy
ip -n A link set ul master red up
ip -n A addr add 192.0.2.65/32 dev ul
ip -n B route add 192.0.2.65 via 192.0.2.1
ip -n A link add tun type gre local 192.0.2.65 remote 192.0.2.2 dev ul
ip -n B link add tun type gre local 192.0.2.2 remote 192.0.2.65
up A tun 1
up B tun 2
check "dev of a VRF: ping" busywait 20 ping_ns A 10.0.0.2
check "from the far end, too" busywait 20 ping_ns B 10.0.0.1
finish
