#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# clamp-tcp-mss: SYNs that come through the tunnel.
#
#	A  wan ------ wan -- tun (ours, mtu 1400) B
# A sends handmade packets; B's tun is watched.
. "$(dirname "$0")/lib.sh"

# there KIND: tun on B
there() {
	tunnel B tun "$1" 7 keepalive off
	ip -n B link set tun mtu 1400
	ip -n B link set tun up
}

ours gre ipip
setup_ns A B
wan A B
there eoip

ETH=020000000001020000000002
# 10.0.0.1:1000 -> 10.0.0.2:80, SYN; checksums are filled in below
# the Internet checksum of hex octets
ones() {
	local s=$1 sum=0
	[ $((${#s} % 4)) = 0 ] || s=${s}00
	while [ -n "$s" ]; do
		sum=$((sum + 16#${s:0:4}))
		s=${s:4}
	done
	while [ $sum -gt 65535 ]; do
		sum=$((sum % 65536 + sum / 65536))
	done
	printf '%04x' $((65535 - sum))
}

# syn4 OPTIONS [FLAGS [FRAG]]: an IPv4 packet
syn4() {
	local opt=$1 flags=${2:-02} frag=${3:-0000} doff tcp len ip sum
	doff=$(printf '%x0' $((5 + ${#opt} / 8)))
	tcp=03e800500000000100000000$doff${flags}ffff
	len=$((20 + ${#opt} / 2))
	sum=$(ones "0a0000010a0000020006$(printf '%04x' $len)${tcp}0000$opt")
	tcp+=${sum}0000$opt
	ip=4500$(printf '%04x' $((20 + len)))0001${frag}4006
	sum=$(ones "${ip}0a0000010a000002")
	echo "$ip${sum}0a0000010a000002$tcp"
}
syn6() {
	local opt=$1 doff tcp len sum src dst
	src=fd000000000000000000000000000001
	dst=fd000000000000000000000000000002
	doff=$(printf '%x0' $((5 + ${#opt} / 8)))
	tcp=03e800500000000100000000${doff}02ffff
	len=$(printf '%04x' $((20 + ${#opt} / 2)))
	sum=$(ones "$src${dst}0000${len}00000006${tcp}0000$opt")
	echo "60000000${len}0640$src$dst$tcp${sum}0000$opt"
}

# arrives TYPE L3: what B's tun makes of it, from the network header on
arrives() {
	local frame=$ETH$1$2 got
	capture B tun "$TMP/m.pcap" "ether src 02:00:00:00:00:02"
	ip netns exec A "$BIN/eoip_peer" -x \
		"20016400$(printf '%04x' $((${#frame} / 2)))0700$frame" 192.0.2.2 7
	capture_stop "$TMP/m.pcap" 1
	got=$(tcpdump -nr "$TMP/m.pcap" -xx 2>/dev/null |
		awk '/^\t/ { sub(/^[^:]*: */, ""); gsub(/ /, ""); printf "%s", $0 }')
	echo "${got:24}"
}
# the same packet, with the MSS and thus the sums of another
same() {
	local name=$1 type=$2 sent=$3 want=$4
	is "$name" "$type$want" "$(arrives "$type" "$sent")"
}
valid_sum() {
	ip netns exec A true
	tcpdump -vnr "$TMP/m.pcap" 2>/dev/null | grep -q 'cksum.*(correct)'
}

V4=0800 V6=86dd
same "IPv4: 1460 becomes 1360" $V4 "$(syn4 020405b4)" "$(syn4 02040550)"
check "and tcpdump finds the checksum right" valid_sum
same "IPv6: 1440 becomes 1340" $V6 "$(syn6 020405a0)" "$(syn6 0204053c)"
check "and tcpdump finds the checksum right" valid_sum
same "VLAN: 1460 becomes 1360" 81000005$V4 "$(syn4 020405b4)" \
	"$(syn4 02040550)"
same "two VLAN tags" 88a8000681000005$V4 "$(syn4 020405b4)" \
	"$(syn4 02040550)"
same "SYN+ACK" $V4 "$(syn4 020405b4 12)" "$(syn4 02040550 12)"
same "at an odd offset" $V4 "$(syn4 01020405b4010101)" \
	"$(syn4 0102040550010101)"
check "and its checksum is right" valid_sum
same "small enough stays" $V4 "$(syn4 02040550)" "$(syn4 02040550)"
same "no SYN stays" $V4 "$(syn4 020405b4 10)" "$(syn4 020405b4 10)"
same "a later fragment stays" $V4 "$(syn4 020405b4 02 0001)" \
	"$(syn4 020405b4 02 0001)"
same "MSS of length 3 stays" $V4 "$(syn4 020305b4)" "$(syn4 020305b4)"
same "MSS beyond the header stays" $V4 "$(syn4 01010204)" "$(syn4 01010204)"
same "an option of length 0 stays" $V4 "$(syn4 0300020405b40101)" \
	"$(syn4 0300020405b40101)"
same "behind end of options stays" $V4 "$(syn4 00020405b4010101)" \
	"$(syn4 00020405b4010101)"
same "no options" $V4 "$(syn4 '')" "$(syn4 '')"
is "each change was counted" 6 "$(counter B tun rx_mss_clamped)"

ip -n B link set tun type eoip clamp-tcp-mss off
same "off: stays" $V4 "$(syn4 020405b4)" "$(syn4 020405b4)"
ip -n B link del tun

# without Ethernet in between: sent with HEADER, what does tun make of it?
bare() { # NAME PROTOCOL HEADER SENT WANT
	capture B tun "$TMP/m.pcap" "src 10.0.0.1 or src fd00::1"
	ip netns exec A "$BIN/eoip_peer" -p "$2" -x "$3$4" 192.0.2.2 0
	capture_stop "$TMP/m.pcap" 1
	is "$1" "$5" "$(hex "$TMP/m.pcap")"
	check "$1: a right checksum" valid_sum
}
for t in "gre 47 0000" "ipip 4"; do
	read -r kind protocol header <<<"$t"
	there "$kind"
	bare "$kind, IPv4: 1460 becomes 1360" "$protocol" \
		"${header:+$header$V4}" "$(syn4 020405b4)" "$(syn4 02040550)"
	[ "$kind" = ipip ] || bare "$kind, IPv6: 1440 becomes 1340" \
		"$protocol" "$header$V6" "$(syn6 020405a0)" "$(syn6 0204053c)"
	bare "$kind: small enough stays" "$protocol" "${header:+$header$V4}" \
		"$(syn4 02040550)" "$(syn4 02040550)"
	ip -n B link del tun
done
finish
