#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600 -d virtio-crypto --allow self-tests.for.rsa.using.virtio-crypto-rsa
# virtio-crypto, a device that answers later, through the engine cryptoapi, with
# a peer of software; and what the stack itself makes of such a device where
# there is no queue, with espdev beside it.
. "$(dirname "$0")/espdev_lib.sh"

AUTHENC='authenc(hmac(sha256),cbc(aes))'
CIPHER=virtio_crypto_aes_cbc
cbc=$(authenc 'hmac(sha256)' 32 128 'cbc(aes)' 16)

# with SPIs of their own; packets on their way would move the windows of
# successors
SPI=20
new_sas() { # MODE FAMILY ESN
	SPI=$((SPI + 1))
	# shellcheck disable=SC2086 # words
	sas "$@" $cbc
}

VIRTIO=$(grep -l 0x0014 /sys/bus/virtio/devices/*/device |
	sed 's,.*/\(virtio[0-9]*\)/.*,\1,')
like "the machine has the device" "^virtio[0-9]+$" "$VIRTIO"
# requests come one by one, and each is answered by an interrupt
interrupts() {
	awk -v d="$VIRTIO-" 'NR == 1 { cpus = NF }
		index($NF, d) == 1 { for (i = 0; i < cpus; i++) n += $(i + 2) }
		END { print n + 0 }' /proc/interrupts
}
# crypto DRIVER FIELD: from /proc/crypto
crypto() {
	awk -v d="$1" -v f="$2" '$1 == "driver" { on = $3 == d }
		on && $1 == f { print $3 }' /proc/crypto
}
crypto_is() { [ "$(crypto "$1" "$2")" = "$3" ]; }

# pings NAME ADDRESS: ten, of which the device encrypts ten and decrypts ten:
# B's it does not
pings() {
	local was n
	was=$(interrupts)
	check "$1: pings" ip netns exec A ping -q -c 10 -i 0.1 -W 10 "$2"
	check "$1: by the device" busywait 10 at_least $((was + 20)) interrupts
	n=$(($(interrupts) - was))
	check "$1: not the peer's ($n)" test "$n" -le 25
}

# both_ways NAME ADDRESS: TCP, and pings among it that the stack encrypts itself
# since they are too long; of their payload nothing is seen
both_ways() {
	local size way tx rx
	tx=$(counter A esp0 tx_esp)
	rx=$(counter A esp0 rx_esp)
	capture A wan "$TMP/wan.pcap" "less 1000"
	for size in 100 2000 300; do
		ip netns exec A ping -q -c 2 -i 0.2 -W 10 -s $size -p deadbeef \
			"$2" >"$TMP/ping" || fail "ping of $size" "$(cat "$TMP/ping")"
	done
	for way in "" -R; do
		# a short window: what is in a socket when iperf3 ends is not sent
		# shellcheck disable=SC2086 # one word or none
		check "$1: TCP ${way:-out}" ip netns exec A iperf3 -c "$2" \
			-n 1M -w 64K $way
	done
	capture_stop "$TMP/wan.pcap" 100
	is "$1: nothing of the payload is seen" 0 \
		"$(hex "$TMP/wan.pcap" | grep -c deadbeefdeadbeef)"
	check "$1: encrypted on esp0" at_least $((tx + 400)) counter A esp0 tx_esp
	check "$1: and decrypted" at_least $((rx + 400)) counter A esp0 rx_esp
}

espdev_sites engine cryptoapi || exit 1
iperf_server B

# The peer's cipher is what there was before the device.
ENDS=B new_sas tunnel 4 noesn
check "the driver" modprobe virtio_crypto
check "passes the kernel's test" busywait 30 crypto_is $CIPHER selftest passed
SPI=20
ENDS=A new_sas tunnel 4 noesn
driver=$(genl engines | sed -n "/^algorithm $AUTHENC\$/,/^driver/s/^driver //p")
like "the best one" "^authenc\(hmac\(sha256-.*\),$CIPHER\)\$" "$driver"
is "is asynchronous" "yes yes" "$(crypto $CIPHER async) $(crypto "$driver" async)"
pings "the best one" 10.0.0.2
both_ways "the best one" 10.0.0.2
is "two SAs, cipher and hash not one's" "cryptoapi cryptoapi 0 0" \
	"$(value engine sas | xargs) $(value hw-aead sas | xargs)"

# The trap. With such a cipher the stack's ESP begins to encrypt as it hands a
# packet to the device. Where that has no queue whoever sends is told that there
# was no memory, though the packet leaves later.
new_sas tunnel 4 noesn
qdisc_of() { ip -n "$1" link show dev "$2" | sed -n 's/.* qdisc \([^ ]*\).*/\1/p'; }
arrived() { at_least "$2" snmp "$1" Udp NoPorts; }
# datagrams FROM TO ADDRESS REFUSED: 20, of which so many are not sent, it is
# said; all arrive
datagrams() {
	local was said
	was=$(snmp "$2" Udp NoPorts)
	# shellcheck disable=SC2016 # the inner one's
	said=$(ip netns exec "$1" bash -c 'for ((i = 0; i < 20; i++)); do
		printf x >"/dev/udp/$0/9"; done' "$3" 2>&1)
	is "of 20 datagrams $1 is told ENOMEM for $4" "$4" \
		"$(grep -c 'Cannot allocate memory' <<<"$said")"
	check "all arrive" busywait 20 arrived "$2" $((was + 20))
}
is "stock ESP, no queue" noqueue "$(qdisc_of B wan)"
datagrams B A 10.0.0.1 20
is "espdev on such a device" noqueue "$(qdisc_of A wan)"
like "has a queue" "^(fq_codel|pfifo_fast)\$" "$(qdisc_of A esp0)"
datagrams A B 10.0.0.2 0
is "and no ping is lost" "0%" "$(ip netns exec A ping -c 20 -i 0.05 -W 10 \
	-s 700 10.0.0.2 2>&1 | sed -n 's/.* \([0-9]*%\) packet loss.*/\1/p
		s/.*memory.*/&/p')"
tc -n B qdisc add dev wan root pfifo
datagrams B A 10.0.0.1 0

# From here on the stack has the CPU's instructions, and the engine is told whom
# to take.
modprobe aesni_intel
log_mark
for a in "tunnel 4 noesn" "transport 6 noesn" "tunnel 4 esn"; do
	read -r mode family esn <<<"$a"
	name=$driver
	[ "$esn" = noesn ] || name=authencesn${driver#authenc}
	engine "cryptoapi:$name"
	new_sas "$mode" "$family" "$esn"
	is "$a: is taken" "cryptoapi cryptoapi" "$(value engine sas | xargs)"
	pings "$a" "$(far "$mode" "$family")"
done
like "the stack's is another one" " authenc\(hmac\(sha256-[^ ]*,cbc-aes-aesni\) " \
	" $(sed -n 's/^driver *: //p' /proc/crypto | xargs) "
for n in A B; do
	is "$n: nothing went wrong" "" "$(xfrm_stat $n)"
done

# SAs, the device and the modules go while the device has packets. They would not
# stay with it for long if the driver had its turn before all others.
pump=$(pgrep "^$VIRTIO-engine")
check "the driver takes its time" eval \
	"chrt -o -p 0 $pump && renice -n 19 -p $pump"
unload
engine "cryptoapi:$driver"
new_sas tunnel 4 noesn
load
check "load" goes_on
in_flight() { value in-flight sas | awk '{ n += $1 } END { print n + 0 }'; }
under_way() {
	local end=$((SECONDS + 20))
	# who sleeps gives it its turn
	while [ "$(in_flight)" = 0 ]; do
		[ "$SECONDS" -lt "$end" ] || return 1
	done
}
for ((i = 1; i <= 3; i++)); do
	check "$i: packets are under way" under_way
	ip -n A xfrm state flush
	new_sas tunnel 4 noesn
done
check "their SAs went, TCP did not" goes_on
check "a driver stays as long as it has SAs" not rmmod virtio_crypto
check "packets are under way" under_way
check "the device goes" timeout 60 ip -n A link del esp0
unload
is "neither the driver nor espdev complains" "" "$(dmesg |
	sed "1,/$LOG_MARK/d" | grep -E 'virtio_crypto |espdev|esp0')"
check "the driver goes" busywait 30 rmmod virtio_crypto
check "and the engine" busywait 30 rmmod sitelink_cryptoapi sitelink_espdev
finish
