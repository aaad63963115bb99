#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -c 2 -t 600
# espdev under load: SAs, devices, namespaces and modules go while packets are
# in flight; nothing leaks, nothing complains, and nothing leaves in clear.
. "$(dirname "$0")/lib.sh"

modprobe sitelink_espdev || skip_all "no sitelink_espdev"
modprobe sitelink_cryptoapi
modprobe esp4_offload
KEY=0x000102030405060708090a0b0c0d0e0f10111213

# sa NS SOURCE DESTINATION DIRECTION SPI
sa() {
	ip -n "$1" xfrm state add src "192.0.2.$2" dst "192.0.2.$3" proto esp \
		spi "$5" reqid 1 mode tunnel replay-window 128 flag esn \
		aead 'rfc4106(gcm(aes))' $KEY 128 offload dev esp0 dir "$4"
}

# sas N: a pair both ways; who receives comes first
sas() {
	sa A 2 1 in "0x2$1"
	sa B 1 2 in "0x1$1"
	sa A 1 2 out "0x1$1"
	sa B 2 1 out "0x2$1"
}

# no_sas N: who sends goes first
no_sas() {
	ip -n A xfrm state del src 192.0.2.1 dst 192.0.2.2 proto esp spi "0x1$1"
	ip -n B xfrm state del src 192.0.2.2 dst 192.0.2.1 proto esp spi "0x2$1"
	ip -n B xfrm state del src 192.0.2.1 dst 192.0.2.2 proto esp spi "0x1$1"
	ip -n A xfrm state del src 192.0.2.2 dst 192.0.2.1 proto esp spi "0x2$1"
}

states() { ip -n "$1" xfrm state | grep -c '^src'; }

pair() {
	local n me=1 you=2
	setup_ns A B
	ip link add wan netns A type veth peer name wan netns B
	for n in A B; do
		# or an orphaned socket keeps the namespace for minutes
		sysctl_ns $n net.ipv4.tcp_orphan_retries=1
		ip -n $n link set wan up
		ip -n $n link add link wan name esp0 type espdev
		ip -n $n addr add 192.0.2.$me/24 dev esp0
		ip -n $n addr add 10.0.0.$me dev lo
		ip -n $n link set esp0 up
		ip -n $n route add 10.0.0.$you via 192.0.2.$you dev esp0 \
			src 10.0.0.$me
		ip -n $n xfrm policy add src 10.0.0.$me dst 10.0.0.$you dir out \
			tmpl src 192.0.2.$me dst 192.0.2.$you proto esp \
			reqid 1 mode tunnel
		ip -n $n xfrm policy add src 10.0.0.$you dst 10.0.0.$me dir in \
			tmpl src 192.0.2.$you dst 192.0.2.$me proto esp \
			reqid 1 mode tunnel
		me=2 you=1
	done
	sas 01
	busywait 20 ping_ns A 10.0.0.2
}

# load: a TCP stream each way until its end or that of the namespaces
load() {
	iperf_server B
	ip netns exec A iperf3 -c 10.0.0.2 --bidir -t 120 >/dev/null 2>&1 &
	BACKGROUND+=($!)
	LOAD=$!
	busywait 60 at_least "$(($(counter A esp0 tx_esp) + 500))" \
		counter A esp0 tx_esp
}
unload() {
	kill "$LOAD" 2>/dev/null
	wait "$LOAD" 2>/dev/null
	pkill iperf3
	return 0
}

# again: new namespaces, under load
again() {
	unload
	ip netns del A
	ip netns del B
	pair
	load
}

log_mark
pair
is "two SAs" 2 "$(states A)"
ip -n A link set wan down
is "the lower device down: no carrier" 0 "$(carrier A esp0)"
is "but SAs" 2 "$(states A)"
ip -n A link set wan up
check "and up again: they carry" busywait 30 ping_ns A 10.0.0.2

# rekeying loses nothing
ip netns exec A ping -q -c 150 -i 0.04 -W 10 10.0.0.2 >"$TMP/ping" &
PING=$!
for i in 02 03 04 05 06; do
	sas $i
	no_sas "0$((i - 1))"
done
wait $PING
like "five new keys under way: no ping is lost" " 0% packet loss" \
	"$(cat "$TMP/ping")"

# all SAs at once, by the daemon's hand, with payload that would be known
load
capture B wan "$TMP/clear.pcap" "not arp and less 300"
ip netns exec A ping -q -c 400 -i 0.01 -W 1 -p deadbeef 10.0.0.2 \
	>/dev/null 2>&1 &
PING=$!
for i in 07 08 09; do
	ip -n A xfrm state flush
	ip -n B xfrm state flush
	sas $i
done
wait $PING
capture_stop "$TMP/clear.pcap" 100
check "flushed under load: it goes on" busywait 30 ping_ns A 10.0.0.2
is "nothing in clear" 0 "$(hex "$TMP/clear.pcap" | grep -c deadbeefdeadbeef)"
is "nothing but ESP" 0 \
	"$(tcpdump -nr "$TMP/clear.pcap" 'ip and not proto 50' 2>/dev/null | wc -l)"

unload
load
check "the device deleted under load" timeout 60 ip -n A link del esp0
is "its SAs with it" 0 "$(states A)"
again
check "the lower device deleted under load" timeout 60 ip -n A link del wan
again
# a namespace lives as long as its processes do
mapfile -t pids < <(ip netns pids A; ip netns pids B)
ip netns del A
ip netns del B
kill "${pids[@]}"
unload
check "namespaces gone under load: their SAs and devices, too" \
	busywait 60 rmmod sitelink_cryptoapi
check "and the module" rmmod sitelink_espdev
modprobe sitelink_espdev
modprobe sitelink_cryptoapi

pair
load
check "an engine's module stays as long as it has SAs" \
	eval '! rmmod sitelink_cryptoapi 2>/dev/null'
for n in A B; do
	ip -n $n link del esp0
done
check "the modules go when the devices have gone under load" \
	busywait 60 rmmod sitelink_cryptoapi
check "both" rmmod sitelink_espdev
unload
is "the kernel complains of nothing" "" "$(dmesg | sed "1,/$LOG_MARK/d" |
	grep -E 'WARNING|BUG|waiting for|refcount|stall|sitelink|esp0: SA')"
finish
