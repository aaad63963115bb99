#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# espdev and a peer behind NAT: ESP in UDP (RFC 3948), to and from the stack's.
. "$(dirname "$0")/espdev_lib.sh"

espdev_sites engine auto || exit 1
# who takes a socket's policies
modprobe xfrm_user
for n in A B; do
	ip netns exec $n "$BIN/encap" >"$TMP/daemon.$n" &
	BACKGROUND+=($!)
	check "$n: a daemon" busywait 20 \
		eval "ip netns exec $n ss -Hlun | grep -q :4500"
done
gcm=$(aead 'rfc4106(gcm(aes))' 20 128)
MORE="encap espinudp 4500 4500 0.0.0.0"

# shellcheck disable=SC2086 # words
if [ "$SITELINK_KERNEL" = 6.1 ]; then
	check "this kernel refuses it before it asks" \
		not sas tunnel 4 noesn $gcm
	finish
fi

# offloaded WAY NUMBER: as many packets that way, by the engine
offloaded() { [ "$(counter A esp0 "$1_esp")" -ge "$2" ]; }

for mode in tunnel transport; do
	for esn in noesn esn; do
		# shellcheck disable=SC2086 # words
		sas $mode 4 $esn $gcm
		tx=$(counter A esp0 tx_esp) rx=$(counter A esp0 rx_esp)
		check "$mode, $esn: pings" ip netns exec A ping -q -c 5 -i 0.2 \
			-W 5 -s 1200 "$(far $mode 4)"
		check "encrypted by the engine" offloaded tx $((tx + 5))
		check "and decrypted" offloaded rx $((rx + 5))
	done
done

# shellcheck disable=SC2086 # words
sas tunnel 4 noesn $gcm
capture B wan "$TMP/natt.pcap" "ip and not icmp and not tcp"
for size in 100 2000 300 1500; do
	ip netns exec A ping -q -c 2 -i 0.2 -W 5 -s $size -p deadbeef 10.0.0.2 \
		>"$TMP/ping" || fail "ping of $size" "$(cat "$TMP/ping")"
done
iperf_server B
for way in "" -R; do
	# shellcheck disable=SC2086 # one word or none
	check "TCP ${way:-out}" ip netns exec A iperf3 -c 10.0.0.2 -n 1M $way
done
capture_stop "$TMP/natt.pcap" 100
is "nothing of the payload is seen" 0 \
	"$(hex "$TMP/natt.pcap" | grep -c deadbeefdeadbeef)"
is "nothing but UDP, port 4500" 0 "$(tcpdump -nr "$TMP/natt.pcap" \
	'ip[6:2] & 0x1fff = 0 and not (udp and port 4500)' 2>/dev/null | wc -l)"
check "some were the stack's own" at_least 2 counter A esp0 tx_esp_software
# IP 20, UDP 8, SPI 4
numbers() { # SOURCE
	hex "$TMP/natt.pcap" "src $1 and ip[6:2] & 0x1fff = 0" | cut -c 65-72
}
is "A's numbers come in order" "" "$(numbers 192.0.2.1 | sort -c 2>&1)"
is "none twice" "" "$(numbers 192.0.2.1 | uniq -d)"

# what is not ESP is the daemon's: IKE, behind four zeros, and keepalives
raw B 17 "1194119400100000000000000badcafe"
check "IKE comes to the daemon" busywait 10 grep -q 0badcafe "$TMP/daemon.A"
no_sas
for n in A B; do
	is "$n: nothing went wrong" "" "$(xfrm_stat $n)"
done
finish
