#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Super-packets: each packet on the wire has the length field of its own
# frame, the last one too, right checksums, and each is counted.
. "$(dirname "$0")/lib.sh"

# bad_lengths FILE: EoIP packets whose length field is not that of the frame
bad_lengths() {
	hex "$1" "proto 47" | awk '
		function n(s,	i, v) {
			for (i = 1; i <= length(s); i++)
				v = v * 16 + index("0123456789abcdef",
					substr(s, i, 1)) - 1
			return v
		}
		{ outer = n(substr($0, 5, 4)); len = n(substr($0, 49, 4))
		  if (len && len != outer - 28) print outer, len }'
}

# bad_checksums FILE: inner packets that tshark finds wrong
bad_checksums() {
	tshark -r "$1" -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE \
		-o ip.check_checksum:TRUE -Y \
		'tcp.checksum.status == 0 || udp.checksum.status == 0 ||
		 ip.checksum.status == 0' 2>/dev/null
}

# segments FILE: how many, payload, FIN: how many, one in the last; and what is
# wrong. Two lines a packet: IP's with the id, TCP's.
segments() {
	tcpdump -nSvvr "$1" 2>/dev/null | awk -v want=1000 '
		function after(word,	rest) {
			rest = $0
			return sub(".*" word, "", rest) ? rest : ""
		}
		/^[0-9]/ {
			id = after(" id ") + 0
			next
		}
		{ seq = after(" seq "); len = after(" length ") + 0
		  if (seq + 0 != want) bad = bad " gap"
		  if (!/\(correct\)/) bad = bad " checksum"
		  if (ids[id]++) bad = bad " id"
		  want = seq + len; sum += len; n++
		  last = /Flags \[[^]]*F/
		  fin += last }
		END { print n + 0, sum + 0, "FIN", fin + 0, last bad }'
}

# deltas NS DEV COMMAND...: packets and bytes sent meanwhile
sent() {
	local p b
	p=$(stat A tun tx_packets) b=$(stat A tun tx_bytes)
	"$@"
	echo "$(($(stat A tun tx_packets) - p)) $(($(stat A tun tx_bytes) - b))"
}
forwards() {
	[ "$(ip netns exec A cat "/sys/class/net/$1/brport/state")" = 3 ]
}
received() { [ "$(stat B tun rx_packets)" -ge "$1" ]; }

for kind in eoip eoip6; do
	sites $kind keepalive off
	for n in A B; do
		sysctl_ns $n net.ipv6.conf.all.disable_ipv6=0
		ip -n $n addr flush dev tun scope link
	done
	iperf_server B
	busywait 10 ping_ns A 10.0.0.2

	# no TSO on the wire: we are the ones to segment
	wan_offload off
	capture B wan "$TMP/$kind.pcap" "proto 47 or ip6[6] == 97"
	for far in 10.0.0.2 fd00::2; do
		busywait 10 ping_ns A "$far"
		check "$kind: TCP to $far" ip netns exec A iperf3 -c "$far" \
			-n 500003
	done
	capture_stop "$TMP/$kind.pcap" 700
	if [ $kind = eoip ]; then
		is "eoip: every length field" "" \
			"$(bad_lengths "$TMP/eoip.pcap" | head -n 5)"
		is "eoip: every checksum" "" \
			"$(bad_checksums "$TMP/eoip.pcap" | head -n 5)"
	fi
	# TSO on the wire: the far end gets super-packets
	wan_offload on
	check "$kind: TCP, TSO on the wire" ip netns exec A iperf3 -c 10.0.0.2 \
		-n 500003
	is "$kind: no length error at the far end" 0 \
		"$(counter B tun rx_length)"

	# UDP GSO: 10 segments of 1000 and a rest of 7; counted per segment,
	# the same on both ends
	for w in off on; do
		wan_offload $w
		busywait 10 ping_ns A 10.0.0.2
		rp=$(stat B tun rx_packets) rb=$(stat B tun rx_bytes)
		is "$kind: UDP GSO is counted per segment (TSO $w)" \
			"11 $((10007 + 11 * 42))" \
			"$(sent ip netns exec A "$BIN/gso_send" udp 10.0.0.2 \
				10007 1000)"
		busywait 10 received $((rp + 11))
		is "$kind: and at the far end (TSO $w)" \
			"11 $((10007 + 11 * 42))" \
			"$(($(stat B tun rx_packets) - rp)) $(($(stat B tun \
				rx_bytes) - rb))"
	done
	# an exact multiple has no tail
	is "$kind: UDP GSO, no rest" "10 $((10000 + 10 * 42))" \
		"$(sent ip netns exec A "$BIN/gso_send" udp 10.0.0.2 10000 1000)"
	is "$kind: UDP GSO, a rest of one segment of two" \
		"2 $((1001 + 2 * 42))" \
		"$(sent ip netns exec A "$BIN/gso_send" udp 10.0.0.2 1001 1000)"

	# a virtual machine's super-packet, bridged
	modprobe tun
	mac=$(ip netns exec B cat /sys/class/net/tun/address)
	ip -n A addr flush dev tun
	ip -n A link add br0 type bridge mcast_snooping 0
	ip -n A link set tun master br0
	ip netns exec A sysctl -qw net.ipv6.conf.br0.disable_ipv6=1
	ip -n A link set br0 up
	wan_offload off
	# the far end would put it together again
	ip netns exec B ethtool -K tun gro off
	for t in "50001 1000 51" "4000 1000 4" "1500 1400 2"; do
		read -r payload size segs <<<"$t"
		ip netns exec A "$BIN/gso_send" tap vm0 "$mac" "$payload" \
			"$size" &
		vm=$!
		BACKGROUND+=("$vm")
		busywait 10 ip -n A link show vm0
		ip -n A link set vm0 master br0
		ip netns exec A sysctl -qw net.ipv6.conf.vm0.disable_ipv6=1
		capture B wan "$TMP/vm.pcap" "proto 47 or ip6[6] == 97"
		capture B tun "$TMP/in.pcap" "tcp port 5555 and src 10.0.0.9"
		ip -n A link set vm0 up
		busywait 20 forwards vm0
		kill -USR1 "$vm"
		capture_stop "$TMP/in.pcap" "$segs"
		is "$kind: DODGY $payload by $size: segments, payload, sequence, FIN, checksums" \
			"$segs $payload FIN 1 1" "$(segments "$TMP/in.pcap")"
		[ $kind = eoip ] && is "eoip: DODGY: every length field" "" \
			"$(bad_lengths "$TMP/vm.pcap")"
		kill "$vm"
		wait "$vm" 2>/dev/null
	done
	end_ns A B
done
finish
