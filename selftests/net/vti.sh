#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vti: route-based IPsec by key and by private mark, beside other IPsec between
# the same hosts; no SA, wrong SA, no policy; changes of policy take effect at
# once.
. "$(dirname "$0")/lib.sh"

modprobe sitelink_vti || skip_all "no sitelink_vti"
setup_ns A B
wan A B

# ends [WORD...]: the tunnel `tun` on both sides
ends() {
	local n me you
	for n in "A 1 2" "B 2 1"; do
		read -r n me you <<<"$n"
		ip -n "$n" link add tun type vti local "192.0.2.$me" \
			remote "192.0.2.$you" "$@" || return 1
		ip -n "$n" addr add "10.0.0.$me/24" dev tun
		ip -n "$n" addr add "fd00::$me/64" dev tun nodad
		ip -n "$n" link set tun up
	done
}
no_ends() {
	ip -n A link del tun
	ip -n B link del tun
	no_esp A
	no_esp B
}
sas() { # WORD...
	esp_tunnel A 192.0.2.1 192.0.2.2 "$@"
	esp_tunnel B 192.0.2.2 192.0.2.1 "$@"
}
xfrm() { # NS FIELD: from /proc/net/xfrm_stat
	ip netns exec "$1" cat /proc/net/xfrm_stat | awk -v f="$2" '$1 == f { print $2 }'
}
again() { # with sequence numbers from 1
	no_esp A
	no_esp B
	sas mark 7
}
pings() { ping_ns A "$1" 2; }
lost() { ! ip netns exec A ping -q -c1 -W1 "$1"; }

ends key 7
sas mark 7
is "whose module answers" 1 "$(grep -c '^sitelink_vti ' /proc/modules)"
capture B wan "$TMP/esp.pcap"
check "IPv4" busywait 10 ping_ns A 10.0.0.2
check "IPv6" busywait 10 ping_ns A fd00::2
# 0x51 thirty-two times: what must not be seen
ip netns exec A ping -q -c3 -i 0.2 -p 51 10.0.0.2 >/dev/null
capture_stop "$TMP/esp.pcap" 10 "proto 50"
is "ESP only, nothing of it in clear" "0 0" "$(tcpdump -nr "$TMP/esp.pcap" \
	"proto 50 or ip" 2>/dev/null | grep -vc ESP) $(hex "$TMP/esp.pcap" |
	grep -c "$(printf '51%.0s' {1..32})")"
is "both count what went" "$(stat A tun tx_packets) $(stat A tun tx_bytes)" \
	"$(stat B tun rx_packets) $(stat B tun rx_bytes)"
check "the device takes super-packets" grep -q "segmentation-offload: on" \
	<(ip netns exec A ethtool -k tun)
rp=$(stat B tun rx_packets) rb=$(stat B tun rx_bytes) tp=$(stat A tun tx_packets)
ip netns exec A "$BIN/gso_send" udp 10.0.0.2 10007 1000
is "UDP GSO: sent per segment" 11 $(($(stat A tun tx_packets) - tp))
busywait 10 at_least $((rp + 11)) stat B tun rx_packets
is "and received" "11 $((10007 + 11 * 28))" \
	"$(($(stat B tun rx_packets) - rp)) $(($(stat B tun rx_bytes) - rb))"
iperf_server B
check "TCP" ip netns exec A iperf3 -c 10.0.0.2 -n 300003
check "TCP, IPv6" ip netns exec A iperf3 -c fd00::2 -n 300003
ip netns pids B | xargs -r kill

# others between the same hosts
esp A 192.0.2.1 192.0.2.2
esp B 192.0.2.2 192.0.2.1
ip -n A link add g type gre local 192.0.2.1 remote 192.0.2.2
ip -n B link add g type gre local 192.0.2.2 remote 192.0.2.1
for n in "A 1" "B 2"; do
	ip -n "${n% *}" addr add "10.7.0.${n#* }/24" dev g
	ip -n "${n% *}" link set g up
done
check "a transport SA of the same hosts" busywait 10 pings 10.7.0.2
is "its packets are none of the tunnel's" "0 0" \
	"$(counter B tun rx_sa) $(counter B tun rx_policy)"
check "the tunnel beside it" pings 10.0.0.2
ip -n A link del g
ip -n B link del g
no_esp A
no_esp B

# a policy-based tunnel without marks, and ours
sas mark 7
for n in "A 1 2 out in" "B 2 1 out in"; do
	read -r n me you _ <<<"$n"
	ip -n "$n" addr add "10.$me.0.1/24" dev lo
	for a in "$me $you out" "$you $me in"; do
		read -r s d dir <<<"$a"
		ip -n "$n" xfrm state add src "192.0.2.$s" dst "192.0.2.$d" \
			proto esp spi "0x30$s" reqid 9 mode tunnel \
			enc 'cbc(aes)' 0x00112233445566778899aabbccddeeff auth \
			'hmac(sha1)' 0x00112233445566778899aabbccddeeff00112233
		ip -n "$n" xfrm policy add src "10.$s.0.0/24" \
			dst "10.$d.0.0/24" dir "$dir" tmpl src "192.0.2.$s" \
			dst "192.0.2.$d" proto esp reqid 9 mode tunnel
	done
	ip -n "$n" route add "10.$you.0.0/24" via "192.0.2.$you" src \
		"10.$me.0.1"
done
check "policy-based IPsec of the same hosts" pings 10.2.0.1
check "the tunnel beside it" pings 10.0.0.2
no_esp A
no_esp B

# an xfrm interface
sas mark 7
for n in "A 1 2" "B 2 1"; do
	read -r n me you <<<"$n"
	ip -n "$n" link add x type xfrm dev wan if_id 9
	ip -n "$n" addr add "10.8.0.$me/24" dev x
	ip -n "$n" link set x up
	for a in "$me $you out" "$you $me in"; do
		read -r s d dir <<<"$a"
		ip -n "$n" xfrm state add src "192.0.2.$s" dst "192.0.2.$d" \
			proto esp spi "0x40$s" reqid 8 mode tunnel if_id 9 \
			enc 'cbc(aes)' 0x00112233445566778899aabbccddeeff auth \
			'hmac(sha1)' 0x00112233445566778899aabbccddeeff00112233
		ip -n "$n" xfrm policy add src 0.0.0.0/0 dst 0.0.0.0/0 \
			dir "$dir" if_id 9 tmpl src "192.0.2.$s" \
			dst "192.0.2.$d" proto esp reqid 8 mode tunnel
	done
done
check "an xfrm interface of the same hosts" pings 10.8.0.2
check "the tunnel beside it" pings 10.0.0.2
is "each has its own packets" "$(stat A x tx_packets)" "$(stat B x rx_packets)"
ip -n A link del x
ip -n B link del x
no_esp A
no_esp B

# IKE daemons mark the policies only
sas mark 7
for n in "A 1 2" "B 2 1"; do
	read -r n me you <<<"$n"
	ip -n "$n" xfrm state delete src "192.0.2.$you" dst "192.0.2.$me" \
		proto esp spi "0x20$you" mark 7
	ip -n "$n" xfrm state add src "192.0.2.$you" dst "192.0.2.$me" \
		proto esp spi "0x20$you" reqid 1 mode tunnel flag af-unspec \
		aead 'rfc4106(gcm(aes))' \
		0x000102030405060708090a0b0c0d0e0f10111213 128
done
check "an inbound SA without a mark" pings 10.0.0.2

# policies: what they say holds at once
flows() { # a flow that is known by now
	ip netns exec A ping -q -c2 -i 0.2 -W1 10.0.0.2 >/dev/null
	ip netns exec A "$BIN/gso_send" udp 10.0.0.2 300 100
}
again
flows
rx=$(stat B tun rx_packets)
ip -n B xfrm policy delete src 0.0.0.0/0 dst 0.0.0.0/0 dir in mark 7
was=$(xfrm B XfrmInNoPols)
flows
check "without an inbound policy: counted by the tunnel" \
	busywait 20 at_least 5 counter B tun rx_policy
check "and by XFRM" at_least $((was + 5)) xfrm B XfrmInNoPols
is "nothing comes through" "$rx" "$(stat B tun rx_packets)"
ip -n B xfrm policy add src 0.0.0.0/0 dst 0.0.0.0/0 dir in mark 7 \
	action block
was=$(counter B tun rx_policy)
flows
check "one that blocks: counted" \
	busywait 20 at_least $((was + 5)) counter B tun rx_policy
is "nor does anything with it" "$rx" "$(stat B tun rx_packets)"
again
check "with it, at once" pings 10.0.0.2
ip -n B xfrm state add src 192.0.2.9 dst 192.0.2.2 proto esp spi 0x99 \
	mode tunnel reqid 5 mark 7 enc 'cbc(aes)' \
	0x00112233445566778899aabbccddeeff
check "another SA does not matter" pings 10.0.0.2
ip -n B xfrm policy add src 192.0.2.1 dst 192.0.2.2 proto esp dir in \
	tmpl src 192.0.2.1 dst 192.0.2.2 proto ah mode transport
rx=$(stat B tun rx_packets)
flows
is "a policy for the outer packet is heeded" "$rx" "$(stat B tun rx_packets)"

# one flow, known by now, and a policy that goes and comes
again
iperf_server B
ip netns exec A iperf3 -u -b 4M -t 60 -c 10.0.0.2 >/dev/null 2>&1 &
BACKGROUND+=($!)
inbound() {
	ip -n B xfrm policy "$1" src 0.0.0.0/0 dst 0.0.0.0/0 dir in mark 7 \
		"${@:2}"
}
busywait 20 at_least $(($(stat B tun rx_packets) + 200)) stat B tun rx_packets
through=0
for n in 1 2 3; do
	inbound delete
	rx=$(stat B tun rx_packets)
	sleep 0.3
	through=$((through + $(stat B tun rx_packets) - rx))
	inbound add tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 1 \
		mode tunnel
	check "the flow goes on" busywait 10 at_least $((rx + 100)) \
		stat B tun rx_packets
done
is "nothing comes through once a policy is gone" 0 "$through"
ip netns pids B | xargs -r kill

# wrong key, no SA
again
ip -n B xfrm state deleteall
ip -n B xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x201 \
	reqid 1 mode tunnel mark 7 flag af-unspec aead 'rfc4106(gcm(aes))' \
	0x990102030405060708090a0b0c0d0e0f10111213 128
flows
check "a wrong key is counted" busywait 20 at_least 5 counter B tun rx_sa
check "as by XFRM" at_least 5 xfrm B XfrmInStateProtoError
ip -n B xfrm state deleteall
was=$(xfrm B XfrmInNoStates)
flows
check "no inbound SA" \
	busywait 20 at_least $((was + 5)) xfrm B XfrmInNoStates

ip -n A xfrm state deleteall
ip -n A xfrm monitor acquire >"$TMP/acquire" &
BACKGROUND+=($!)
busywait 10 grep -q '^sk .*15 ' <(ip netns exec A cat /proc/net/netlink; echo sk 15 15)
was=$(counter A tun tx_no_sa) sent=$(stat A tun tx_packets)
lost 10.0.0.2
check "no outbound SA: an acquire" busywait 10 grep -q "acquire proto esp" \
	"$TMP/acquire"
is "dropped and counted" "$((was + 1)) $sent" \
	"$(counter A tun tx_no_sa) $(stat A tun tx_packets)"
is "the carrier stays" 1 "$(carrier A tun)"
check "counted by XFRM" [ "$(xfrm A XfrmOutNoStates)" -ge 1 ]
no_ends

# without a key: as in-tree, what has no mark
ends
is "stock words: no mark" 0 "$(ip -n A -d link show tun | grep -c ikey)"
sas
for n in "A 1 2" "B 2 1"; do
	read -r n me you <<<"$n"
	ip -n "$n" xfrm policy flush
	for a in "$me $you out" "$you $me in"; do
		read -r s d dir <<<"$a"
		ip -n "$n" xfrm policy add src 10.0.0.0/24 dst 10.0.0.0/24 \
			dir "$dir" tmpl src "192.0.2.$s" dst "192.0.2.$d" \
			proto esp reqid 1 mode tunnel
	done
done
# in-tree's, too: those policies then want to see IPsec behind it once more
ip netns exec A ping -q -c2 -i 0.2 -W1 10.0.0.2 >/dev/null
is "what IPsec without marks decrypts comes out of it" 2 \
	"$(stat B tun rx_packets)"
no_ends

# and with RouterOS' words a mark of its own
ends clamp-tcp-mss on
key=$(ip -n A -d link show tun | sed -nE 's/.*ikey ([^ ]*) okey.*/\1/p')
is "a private mark" "83.0.0.1" "$key"
ip -n A link add t2 type vti local 192.0.2.1 remote 192.0.2.3 allow-fast-path on
like "each its own" "ikey 83.0.0.2 okey 83.0.0.2" "$(ip -n A -d link show t2)"
ip -n A link add t3 type vti local 192.0.2.1 remote 192.0.2.4 key 9 \
	allow-fast-path on
like "a key is a key" "ikey 0.0.0.9 okey 0.0.0.9" "$(ip -n A -d link show t3)"
sas mark $((0x53000001))
check "its policies take what is routed into it" pings 10.0.0.2
capture B wan "$TMP/clear.pcap" "icmp"
check "and leave alone what is not" pings 192.0.2.2
capture_stop "$TMP/clear.pcap" 4
check "which goes in clear" has_packets "$TMP/clear.pcap" 4
check "mtu auto follows the SA" busywait 20 mtu_is A tun 1446
ip -n A link set wan mtu 1300
ip -n A route flush cache
pings 10.0.0.2 >/dev/null
check "and the path" busywait 20 mtu_is A tun 1246
ip -n A link set wan mtu 1500
ip -n A link set tun type vti clamp-tcp-mss off
like "a change keeps the mark" "ikey 83.0.0.1 okey 83.0.0.1 .*clamp-tcp-mss off" \
	"$(ip -n A -d link show tun)"
ip -n A link del t2
ip -n A link del t3

# clamp-tcp-mss: B's SYN|ACK offers what fits
iperf_server B
ip -n A link set tun type vti clamp-tcp-mss on
was=$(counter A tun rx_mss_clamped)
ip -n B link set tun mtu 1480
check "TCP, clamped" ip netns exec A iperf3 -c 10.0.0.2 -n 100000
check "clamp-tcp-mss" [ "$(counter A tun rx_mss_clamped)" -gt "$was" ]
ip netns pids B | xargs -r kill

refused() { # SENTENCE WORD...
	like "refused: ${*:2}" "$1" "$(ip -n A link add y type vti \
		local 192.0.2.1 remote 192.0.2.9 "${@:2}" 2>&1)"
}
refused "keepalive: vti has none" keepalive 10
refused "dont-fragment: vti has inherit only" dont-fragment no
refused "dscp: vti has inherit only" dscp 10
refused "loop-protect: only kinds that carry frames" loop-protect on
like "refused: a group" "remote: a unicast address" \
	"$(ip -n A link add y type vti remote 224.1.1.1 2>&1)"
is "none of it left anything" "" "$(ip -n A -o link show | grep ' y[:@]')"

# hostile
log_mark
was=$(stat A tun rx_packets) sa=$(counter A tun rx_sa)
check "5,000 mutated packets in ESP" \
	ip netns exec B "$BIN/esp_fuzz" -d tun 5000,1
check "came through" busywait 30 at_least $((was + 1000)) \
	stat A tun rx_packets
check "5,000 mutations of ESP" \
	ip netns exec B "$BIN/esp_fuzz" -s 0x202 192.0.2.1 5000,2
check "were refused" busywait 30 at_least $((sa + 1000)) counter A tun rx_sa
log_is_quiet

# no protocol is neither IPv4 nor IPv6, whatever is inside
was=$(counter B tun tx_protocol) sent=$(stat B tun tx_packets)
check "100 packets of protocol 0" \
	ip netns exec B "$BIN/esp_fuzz" -n tun 100,1
is "dropped and counted" "100 0" "$(($(counter B tun tx_protocol) - was)) $((
	$(stat B tun tx_packets) - sent))"

# away with it while packets come
ip netns exec A ping -q -f -w 20 10.0.0.2 >/dev/null &
BACKGROUND+=($!)
busywait 10 at_least $(($(stat B tun rx_packets) + 20)) stat B tun rx_packets
check "a tunnel goes under traffic" timeout 30 ip -n B link del tun
ip -n B link add tun type vti local 192.0.2.2 remote 192.0.2.1 \
	key $((0x53000001))
ip -n B link set tun up
busywait 10 at_least 20 stat B tun rx_packets
check "and its module" timeout 30 rmmod sitelink_vti
finish
