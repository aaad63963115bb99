#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# GRE keepalives: ours on the wire, answered by a stock router's forwarding;
# those of others, answered by the driver whatever the sysctls say.
#
#	A  tun (ours) -- wan ------ wan -- gre_peer, or ours  B
. "$(dirname "$0")/lib.sh"

modprobe sitelink_gre || skip_all "no sitelink_gre"
modprobe tun
setup_ns A B
wan A B
ip -n B addr add 192.0.2.3/24 dev wan

gre_A() {
	ip -n A link add tun type gre local 192.0.2.1 remote 192.0.2.2 "$@"
	ip -n A link set tun up
}

# a peer that only decapsulates: the inner packet comes in by its tun device,
# from its own address, and goes where it is addressed to
gre_A keepalive 60,10
is "running when it comes up" 1 "$(carrier A tun)"
capture B wan "$TMP/k.pcap" "proto 47"
ip -n A link set tun type gre keepalive 1,2
check "carrier drops without an answer" busywait 20 carrier_is A tun 0
for s in all.rp_filter=0 default.rp_filter=0 all.accept_local=1 \
	default.accept_local=1 all.forwarding=1; do
	sysctl_ns B net.ipv4.conf.$s
done
ip netns exec B "$BIN/gre_peer" -t peer 192.0.2.1 &
PEER=$!
BACKGROUND+=("$PEER")
busywait 10 ip -n B link show peer
ip -n B link set peer up
check "a stock router's forwarding brings it back" \
	busywait 20 carrier_is A tun 1
check "and they are counted" [ "$(counter A tun rx_keepalives)" -gt 0 ]
capture_stop "$TMP/k.pcap" 1 "src 192.0.2.2"
# 48 octets: IP, GRE 0800, IP back to the sender, GRE 0
like "ours on the wire" \
	'45000030....0000ff2f....c0000201c0000202000008004500001800000000ff2f....c0000202c000020100000000' \
	"$(hex "$TMP/k.pcap" "src 192.0.2.1")"
like "and on its way home, as tcpdump reads it" \
	'GREv0.*length 4' "$(tcpdump -nr "$TMP/k.pcap" "src 192.0.2.2" 2>&1)"
kill "$PEER"
wait "$PEER" 2>/dev/null
check "carrier drops again" busywait 20 carrier_is A tun 0
ip -n A link set tun type gre keepalive off
is "keepalive off gives the carrier" 1 "$(carrier A tun)"
was=$(counter A tun tx_keepalives)
ip -n A link set tun type gre keepalive 1,0
check "retries 0 sends" busywait 15 at_least $((was + 4)) \
	counter A tun tx_keepalives
is "retries 0 never drops" 1 "$(carrier A tun)"
ip -n A link del tun

# what others send: answered here, with forwarding off and rp_filter strict
sysctl_ns A net.ipv4.conf.all.rp_filter=1
sysctl_ns A net.ipv4.conf.wan.rp_filter=1
sysctl_ns A net.ipv4.conf.all.forwarding=0
ip -n A link add tun type gre local 192.0.2.1 remote 192.0.2.2
ip -n A link set tun addrgenmode none
ip -n A link set tun up
# ip HEX-LENGTH SOURCE DESTINATION: a header with its checksum
ip_header() {
	local h=4500${1}00010000ff2f0000$2$3 i sum=0
	for ((i = 0; i < 40; i += 4)); do
		sum=$((sum + 16#${h:i:4}))
	done
	sum=$(((sum & 65535) + (sum >> 16)))
	printf '%s%04x%s' "${h:0:20}" $((~sum & 65535)) "${h:24}"
}
us=c0000201 peer=c0000202 other=c0000203 nat=0a000005
home=$(ip_header 0018 $us $peer)
answers "a keepalive comes back verbatim" 47 "${home}00000000" \
	"00000800${home}00000000"
is "and is counted" 1 "$(counter A tun rx_keepalive_requests)"
long=$(ip_header 0028 $us $peer)
tail=000000000123456789abcdef0123456789abcdef
answers "16 octets behind it (OpenBSD) stay" 47 "$long$tail" \
	"00000800$long$tail"
answers "protocol 4 outside (Huawei)" 47 "${home}00000000" \
	"00000004${home}00000000"
behind=$(ip_header 0018 $us $nat)
answers "a peer behind NAT is answered where it is seen" 47 "${home}00000000" \
	"00000800${behind}00000000"
answers "a stranger gets no answer" 47 "" \
	"00000800$(ip_header 0018 $us $other)00000000" 192.0.2.3
answers "a wrong checksum gets none" 47 "" \
	"00000800${home:0:20}ffff${home:24}00000000"
answers "a length beyond the packet gets none" 47 "" \
	"00000800$(ip_header 0080 $us $peer)00000000"
answers "GRE that carries something is no keepalive" 47 "" \
	"00000800$(ip_header 0018 $us $peer)00000800"
ip -n A link del tun

# two of ours; with a key each finds its own way home
for key in "" "key 7"; do
	# shellcheck disable=SC2086
	gre_A keepalive 1,2 $key
	# shellcheck disable=SC2086
	ip -n B link add tun type gre local 192.0.2.2 remote 192.0.2.1 \
		keepalive 1,2 $key
	ip -n B link set tun up
	check "ours${key:+, $key}: returned" busywait 20 at_least 4 \
		counter A tun rx_keepalives
	is "ours${key:+, $key}: both run" "1 1" \
		"$(carrier A tun) $(carrier B tun)"
	ip -n B link set tun down
	check "ours${key:+, $key}: one down, the other notices" \
		busywait 20 carrier_is A tun 0
	ip -n A link del tun
	ip -n B link del tun
done

# a firewall and a policy that require ESP see them, too
gre_A keepalive 1,2
ip -n B link add tun type gre local 192.0.2.2 remote 192.0.2.1
ip -n B link set tun up
check "before" busywait 20 at_least 2 counter A tun rx_keepalives
esp A 192.0.2.1 192.0.2.2
esp B 192.0.2.2 192.0.2.1
was=$(counter A tun rx_keepalives)
check "encrypted both ways they return" busywait 20 at_least $((was + 3)) \
	counter A tun rx_keepalives
no_esp B
check "in clear they prove nothing" busywait 20 carrier_is A tun 0
no_esp A
check "without the policy they do" busywait 20 carrier_is A tun 1
ip netns exec A nft add table ip fw
ip netns exec A nft add chain ip fw in '{ type filter hook input priority 0; }'
ip netns exec A nft add rule ip fw in meta l4proto 47 drop
check "a firewall rule drops them" busywait 20 carrier_is A tun 0
finish
