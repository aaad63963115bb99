#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -c 2 -t 600
# strongSwan with hw_offload on both ends, configured as the page says: a new key
# every three seconds under load, and not one ping lost.
. "$(dirname "$0")/espdev_lib.sh"
. "$(dirname "$0")/ike_lib.sh"

REKEYS=5
often="rekey_time = 3s
life_time = 1m
rand_time = 0"
# two that begin at once would be another test
never="rekey_time = 0"

# made NS: SPI, source, and direction if it is offloaded, of all SAs that there
# have been
made() {
	awk '/^[^\t]/ { gone = /^(Deleted|Expired)/; from = $(NF - 2) }
		gone { next }
		/proto esp spi/ { spi = $4; src[spi] = from }
		/crypto offload/ { dir[spi] = $NF }
		END { for (spi in src) print spi, src[spi], dir[spi] }' \
		"$TMP/$1/made"
}
# count NS HOST: those that 192.0.2.HOST sends with
count() { made "$1" | grep -c " 192.0.2.$2 "; }
# spis NS: of espdev's SAs
spis() { NS=$1 value spi sas; }
# pairs NS N: SAs that the kernel and espdev have
pairs() {
	[ "$(ip -n "$1" xfrm state | grep -c '^src')" = $(($2 * 2)) ] &&
		[ "$(spis "$1" | wc -l)" = $(($2 * 2)) ]
}
both_pairs() { pairs A "$1" && pairs B "$1"; }
# drops NS: espdev's counters that should be 0, and are not
drops() {
	ip netns exec "$1" ethtool -S esp0 | grep -vE \
		'(packets|bytes|[rt]x_esp|_software): |statistics:|: 0$'
}
# moved NUMBER: as many packets at least by espdev, each way, at both ends
moved() {
	local n c
	for n in A B; do
		for c in tx_esp rx_esp; do
			at_least "$1" counter "$n" esp0 "$c" || return
		done
	done
}

# nothing else loads what the CPU has
modprobe aesni_intel
espdev_ends "A B" || exit 1
# pings, and what is not ESP
capture A wan "$TMP/wire.pcap" "greater 180 and less 300 or not proto 50"

for n in A B; do
	ike_conf $n "" "$often"
	[ $n = A ] || ike_conf $n "" "$never"
	ip -n $n xfrm monitor SA >"$TMP/$n/made" 2>&1 &
	BACKGROUND+=($!)
	charon $n
	ike_check "$n: takes the page's configuration" ike_load $n
done
ike_check "they agree" ike A --initiate --child net
# the first SA makes the crypto API talk
log_mark
for n in A B; do
	is "$n: both SAs offloaded" 2 "$(offloaded $n | wc -l)"
done
iperf_server B
ip netns exec A iperf3 -c 10.0.0.2 --bidir -b 2M -l 4K -t 1000 -i 1 --forceflush \
	>"$TMP/load" 2>&1 &
LOAD=$!
BACKGROUND+=("$LOAD")
check "load, by espdev" busywait 60 moved 200

# a ping every 100 ms; each run waits for its last answer
sent=0 lost='' was=$(count A 1)
while [ "$(count A 1)" -lt $((was + REKEYS)) ] && [ $sent -lt 1000 ]; do
	ip netns exec A ping -c 40 -i 0.1 -W 20 -s 120 -p deadbeef 10.0.0.2 \
		>"$TMP/ping" 2>&1
	grep -q ' 40 received, 0% packet loss' "$TMP/ping" ||
		lost+=$(cat "$TMP/ping")
	sent=$((sent + 40))
done
is "$sent pings while the keys changed: not one lost" "" "$lost"
for n in A B; do
	for host in 1 2; do
		check "$n: $REKEYS new keys for what 192.0.2.$host sends" \
			busywait 60 at_least $((was + REKEYS)) count $n $host
	done
	is "$n: every SA was offloaded" "" "$(made $n | awk 'NF < 3')"
done
# seconds NAME: in which TCP of that direction has carried something
seconds() { grep "$1.*bits/sec" "$TMP/load" | grep -vc ' 0.00 bits'; }
check "TCP goes on" kill -0 "$LOAD"
for way in TX-C RX-C; do
	check "$way, too" busywait 60 at_least $(($(seconds $way) + 3)) seconds $way
done
kill "$LOAD"
wait "$LOAD" 2>/dev/null
ike_check "of the old SAs nothing is left" busywait 120 both_pairs 1
# An SA that goes while a packet is between the route and its output: the stack
# counts it, with or without a device, and TCP sends it again.
between="XfrmOutStateInvalid"
for n in A B; do
	is "$n: the stack has dropped nothing" "" \
		"$(xfrm_stat $n | grep -v "^$between ")"
	check "$n: but at most one at each new key" \
		[ "$(xfrm_stat $n $between)" -le "$(count $n 1)" ]
	is "$n: nor has espdev" "" "$(drops $n)"
done

log_is_quiet
capture_stop "$TMP/wire.pcap" $((sent * 2))
check "pings were seen" has_packets "$TMP/wire.pcap" $((sent * 2)) "proto 50"
is "nothing of their payload was" 0 \
	"$(hex "$TMP/wire.pcap" | grep -c deadbeefdeadbeef)"
is "nothing but ESP and IKE" "" "$(tcpdump -nr "$TMP/wire.pcap" "not proto 50 \
	and not udp port 500 and not udp port 4500 and not arp \
	and not icmp6 and not ip6 multicast" 2>/dev/null)"

log_mark
works() { # NAME A's B's
	ike_check "$1: it carries" ping_ns A 10.0.0.2 5
	is "$1: SAs offloaded" "$2 $3" \
		"$(offloaded A | wc -l) $(offloaded B | wc -l)"
}
ike_check "auto: agreed" ike_again "" "hw_offload = auto"
works "auto" 2 2

ike A --terminate --ike site >/dev/null
ip -n B link del esp0
live_on B wan
stock="hw_offload = no"
check "yes, for a device without: refused" \
	not ike_again "" "" "hw_offload = yes"
ike_check "stock ESP at the other end: agreed" ike_again "" "" "$stock"
works "stock" 2 0
old=$(spis A)
# a new pair, and nothing of the old one: the daemon answers before it begins
renewed() { pairs A 1 && ! grep -qxF "$old" <(spis A); }
ike_check "stock: new keys" ike B --rekey --child net
check "stock: the old ones go" busywait 60 renewed
works "stock, rekeyed" 2 0

# who does not ask the device if ESP is in UDP: the kernel, before 6.12
behind="encap = yes"
in_udp() { ip -n "$1" xfrm state | grep -c 'encap type espinudp '; }
# shellcheck disable=SC2046 # words
if ip -n A xfrm state add src 192.0.2.1 dst 192.0.2.9 proto esp spi 0x9 \
	mode tunnel $(aead 'rfc4106(gcm(aes))' 20 128) \
	encap espinudp 4500 4500 0.0.0.0 offload dev wan dir out \
	2>/dev/null; then
	ip -n A xfrm state del src 192.0.2.1 dst 192.0.2.9 proto esp spi 0x9
	ike_check "NAT: agreed" ike_again "$behind" "" "$stock"
	works "NAT" 2 0
else
	check "NAT, yes: refused" not ike_again "$behind" "" "$stock"
	check "NAT, auto: refused" \
		not ike_again "$behind" "hw_offload = auto" "$stock"
	ike_check "NAT, no: agreed" ike_again "$behind" "$stock"
	works "NAT" 0 0
fi
is "NAT: in UDP" "2 2" "$(in_udp A) $(in_udp B)"

log_is_quiet
ike A --terminate --ike site >/dev/null
ip -n A link set esp0 type espdev engine nosuch
ike_check "no engine: agreed" ike_again "" "" "$stock"
works "no engine" 0 0

ike_check "terminated" ike A --terminate --ike site
none() { [ -z "$(ip -n A xfrm state; ip -n B xfrm state; spis A)" ]; }
check "no SA is left" busywait 60 none
check "the device goes" timeout 60 ip -n A link del esp0
for n in A B; do
	kill "${CHARON[$n]}"
	wait "${CHARON[$n]}"
	is "$n: the daemon ends" 0 $?
	end_ns $n
done
check "the engine's module goes" busywait 60 rmmod sitelink_cryptoapi
check "espdev's, too" busywait 60 rmmod sitelink_espdev
finish
