#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -c 2 -t 900
# espdev against the stack's own ESP on the far side: every algorithm, modes,
# extended sequence numbers, IVs, order, policy, and nothing in clear.
. "$(dirname "$0")/espdev_lib.sh"

if espdev_sites engine cryptoapi cpus 0 window 300; then
	pass "a device; what is not ESP passes"
else
	fail "a device; what is not ESP passes"
fi
like "its properties" "espdev engine cryptoapi cpus 0 window 300 " \
	"$(ip -n A -d link show esp0)"
check "changed" ip -n A link set esp0 type espdev engine auto window 500
for w in "window 0" "window 16385" "cpus 4000" "cpus x" "engine "; do
	check "refused: $w" \
		not ip -n A link set esp0 type espdev "${w% *}" "${w#* }"
done
check "no espdev on an espdev" \
	not ip -n A link add link esp0 name esp1 type espdev
check "nor two on one device" \
	not ip -n A link add link wan name esp1 type espdev
like "esp-hw-offload is on" "esp-hw-offload: on" \
	"$(ip netns exec A ethtool -k esp0)"

esp_counts() {
	ip netns exec A ethtool -S esp0 |
		awk '/ tx_esp:/ { t = $2 } / rx_esp:/ { print t, $2 }'
}

# works MODE FAMILY ESN ALGORITHM...: pings of several sizes, by the engine both
# ways
echo 0 0 >"$TMP/counts"
works() {
	local t0 r0 t1 r1 size
	sas "$@" || return 1
	for size in 57 1300; do
		ip netns exec A ping -q -c 1 -W 5 -s "$size" "$(far "$1" "$2")" ||
			return 1
	done
	read -r t0 r0 <"$TMP/counts"
	esp_counts >"$TMP/counts"
	read -r t1 r1 <"$TMP/counts"
	[ $((t1 - t0)) = 2 ] && [ $((r1 - r0)) = 2 ]
}

algorithms=()
for a in 'rfc4106(gcm(aes)) 20 128' 'rfc4106(gcm(aes)) 28 64' \
	'rfc4106(gcm(aes)) 36 96' 'rfc4309(ccm(aes)) 19 128' \
	'rfc4543(gcm(aes)) 20 128' 'rfc7539esp(chacha20,poly1305) 36 128'; do
	# shellcheck disable=SC2086 # words
	algorithms+=("$(aead $a)")
done
for h in 'hmac(md5) 16 96' 'hmac(sha1) 20 96' 'hmac(sha256) 32 128' \
	'hmac(sha384) 48 192' 'hmac(sha512) 64 256'; do
	for c in 'cbc(aes) 16' 'cbc(des3_ede) 24' 'cbc(camellia) 32'; do
		# shellcheck disable=SC2086 # words
		algorithms+=("$(authenc $h $c)")
	done
done
algorithms+=("$(authenc 'hmac(sha256)' 32 128 'rfc3686(ctr(aes))' 20)"
	"$(authenc 'hmac(sha1)' 20 96 'ecb(cipher_null)' 0)")

for a in "${algorithms[@]}"; do
	name=$(sed 's/0x[0-9a-f]*//g; s/  */ /g' <<<"$a")
	for v in "tunnel 4 noesn" "transport 4 esn" "tunnel 6 esn" \
		"transport 6 noesn"; do
		# shellcheck disable=SC2086 # words
		check "$name: $v" works $v $a
	done
done
no_sas
is "the far side found nothing wrong" "" "$(xfrm_stat B)"
is "nor did the near one" "" "$(xfrm_stat A)"

# mixed sizes: the stack encrypts what is too long for the device, on the same
# SA; the IVs of both are the number under one secret, none comes twice
gcm=$(aead 'rfc4106(gcm(aes))' 20 128)
# shellcheck disable=SC2086 # words
sas tunnel 4 noesn $gcm
capture B wan "$TMP/iv.pcap" "src 192.0.2.1 and proto 50"
for size in 100 2000 200 3000 300 1472 1400; do
	ip netns exec A ping -q -c 2 -i 0.2 -W 5 -s $size -p deadbeef 10.0.0.2 \
		>"$TMP/ping" || fail "ping of $size" "$(cat "$TMP/ping")"
done
capture_stop "$TMP/iv.pcap" 14
check "the stack encrypted some" at_least 2 counter A esp0 tx_esp_software
# first fragments and whole packets: IP 20, SPI 4, number 4, IV 8
ivs() {
	hex "$1" "ip[6:2] & 0x1fff = 0" | cut -c 49-72
}
is "the IV is the number under one secret" 1 "$(ivs "$TMP/iv.pcap" |
	while read -r l; do
		printf '%s%08x\n' "${l:8:8}" $((16#${l:16:8} ^ 16#${l:0:8}))
	done | sort -u | wc -l)"
is "no IV comes twice" "" "$(ivs "$TMP/iv.pcap" | cut -c 9- | sort | uniq -d)"
is "nothing of the payload is seen" 0 \
	"$(hex "$TMP/iv.pcap" | grep -c deadbeefdeadbeef)"
is "no number comes late" "" "$(ivs "$TMP/iv.pcap" | cut -c 1-8 | sort -c 2>&1)"

# policy: what the stack would refuse of its own SA it refuses of ours
ip -n A xfrm policy del src 10.0.0.2/32 dst 10.0.0.1/32 dir in
was=$(xfrm_stat A XfrmInNoPols)
check "without an inbound policy nothing comes in" \
	not ping_ns B 10.0.0.1
check "which is counted" [ "$(xfrm_stat A XfrmInNoPols)" -gt "$was" ]
no_sas

# the number's high half turns over, in single packets and in TCP's bursts
MORE="replay-oseq 0xfffffff0 replay-seq 0xfffffff0"
# shellcheck disable=SC2086 # words
sas tunnel 4 esn $gcm
MORE=
check "pings over 2^32" ip netns exec A ping -q -c 40 -i 0.01 -W 5 10.0.0.2
iperf_server B
check "TCP over 2^32, out" ip netns exec A iperf3 -c 10.0.0.2 -n 2M
is "nothing was lost at 2^32" "" "$(xfrm_stat B)"
no_sas
MORE="replay-oseq 0xffffff00 replay-seq 0xffffff00"
# shellcheck disable=SC2086 # words
sas tunnel 4 esn $gcm
MORE=
check "TCP over 2^32 in bursts" ip netns exec A iperf3 -c 10.0.0.2 -n 2M
check "and received" ip netns exec A iperf3 -c 10.0.0.2 -n 2M -R
is "the far side lost nothing" "" "$(xfrm_stat B)"
no_sas

# the CPUs that it may use go; of an algorithm that they do
check "one CPU" ip -n A link set esp0 type espdev cpus 1
# shellcheck disable=SC2046 # words
sas tunnel 4 noesn $(aead 'rfc7539esp(chacha20,poly1305)' 36 128)
check "by it" ping_ns A 10.0.0.2
check "it goes offline" eval 'echo 0 >/sys/devices/system/cpu/cpu1/online'
check "by another one" ping_ns A 10.0.0.2
check "and back" ping_ns B 10.0.0.1
echo 1 >/sys/devices/system/cpu/cpu1/online
check "by it again" ping_ns A 10.0.0.2
no_sas

# for whom it is
# shellcheck disable=SC2086 # words
sas tunnel 4 noesn $gcm
check "before" ping_ns A 10.0.0.2
sysctl_ns A net.ipv4.conf.all.forwarding=1
ip -n A addr del 192.0.2.1/24 dev esp0
ip -n A addr add 192.0.2.8/24 dev esp0
ip -n A neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev esp0
ip -n A route add 192.0.2.1 via 192.0.2.9
capture B wan "$TMP/clear.pcap" "ether dst 02:00:00:00:00:09"
was=$(counter A esp0 rx_esp)
ip netns exec B ping -q -c 3 -i 0.2 -W 1 -p deadbeef 10.0.0.1 >"$TMP/ping"
capture_stop "$TMP/clear.pcap" 3
is "not ours any more: not decrypted" "$was" "$(counter A esp0 rx_esp)"
check "counted" [ "$(counter A esp0 rx_not_local)" -ge 3 ]
check "forwarded as it came" has_packets "$TMP/clear.pcap" 3
is "not in clear" 0 "$(hex "$TMP/clear.pcap" | grep -c deadbeefdeadbeef)"
finish
