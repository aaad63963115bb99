#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# What comes in late, twice, damaged or cut short is counted by espdev's SAs as
# by the stack's: the same packets to both. One exception, that of all offloads:
# a damaged packet's ICV is looked at before its number.
. "$(dirname "$0")/espdev_lib.sh"

espdev_sites engine auto || exit 1
gcm=$(aead 'rfc4106(gcm(aes))' 20 128)

# twenty packets of B, as hex from the ESP header on
# shellcheck disable=SC2086 # words
sas tunnel 4 noesn $gcm
capture B wan "$TMP/esp.pcap" "src 192.0.2.2 and proto 50"
ip netns exec B ping -q -c 60 -i 0.01 -W 1 10.0.0.1 >/dev/null
capture_stop "$TMP/esp.pcap" 60
mapfile -t esp < <(hex "$TMP/esp.pcap" | cut -c 41-)
is "sixty packets" 60 "${#esp[@]}"

flip() { # HEX OCTET: another one there; negative: from its end
	local at=$(($2 * 2))
	[ $at -ge 0 ] || at=$((${#1} + at))
	printf '%s%02x%s\n' "${1:0:at}" $((16#${1:at:2} ^ 0x55)) "${1:at+2}"
}

# what|packet, in this order; numbers begin with 1
steps=(
	"the first|${esp[0]}"
	"the third|${esp[2]}"
	"the second, late|${esp[1]}"
	"the third, twice|${esp[2]}"
	"damaged payload|$(flip "${esp[3]}" 20)"
	"damaged ICV|$(flip "${esp[3]}" -1)"
	"damaged IV|$(flip "${esp[3]}" 9)"
	"damaged number|$(flip "${esp[3]}" 7)"
	"whole again|${esp[3]}"
	"damaged, twice|$(flip "${esp[3]}" 20)"
	"damaged, late|$(flip "${esp[4]}" 20)"
	"number 41|${esp[40]}"
	"within the window|${esp[10]}"
	"before the window|${esp[6]}"
	"number 51|${esp[50]}"
	"now before it|${esp[17]}"
	"another SPI|99${esp[51]:2}"
	"SPI and number only|${esp[51]:0:16}"
	"SPI only|${esp[51]:0:8}"
	"no ICV|${esp[51]:0:48}"
	"a short ICV|${esp[51]:0:-2}"
	"too long|${esp[51]}00"
	"not blocks of four|${esp[51]}0000"
	"the last|${esp[51]}"
)

# counts: of all that may come of a packet
counts() {
	ip netns exec A awk '{ print }' /proc/net/xfrm_stat
	echo "InEchos $(snmp A Icmp InEchos)"
	ip -n A -s xfrm state get src 192.0.2.2 dst 192.0.2.1 proto esp \
		spi 0x202 | awk '
		/lifetime current/ { getline; gsub(/\([a-z]*\),?/, "")
				     print "bytes", $1; print "packets", $2 }
		/stats:/ { getline; print "window", $2; print "replay", $4
			   print "failed", $6 }'
}
changed() { # BEFORE AFTER: what and by how much, one line
	join <(sort "$1") <(sort "$2") |
		awk '$2 != $3 { printf "%s+%d ", $1, $3 - $2 } END { print "" }'
}
any_change() {
	counts >"$TMP/after"
	[ -n "$(changed "$TMP/before" "$TMP/after")" ]
}

# results FILE: what each step changes
results() {
	local s
	# nobody else sends: not B's answers, not A's
	ip -n B xfrm policy flush
	ip -n A xfrm policy del src 10.0.0.1/32 dst 10.0.0.2/32 dir out
	for s in "${steps[@]}"; do
		counts >"$TMP/before"
		raw B 50 "${s#*|}"
		# no longer than it may take; some change nothing
		busywait 3 any_change
		counts >"$TMP/after"
		changed "$TMP/before" "$TMP/after"
	done >"$1"
}

# shellcheck disable=SC2086 # words
sas tunnel 4 noesn $gcm
rx=$(counter A esp0 rx_esp)
results "$TMP/offload"
check "the engine had them" at_least $((rx + 15)) counter A esp0 rx_esp
# shellcheck disable=SC2086 # words
sas tunnel 4 noesn $gcm
ip -n A xfrm state flush
ip -n A xfrm state add src 192.0.2.2 dst 192.0.2.1 proto esp \
	spi 0x202 reqid 1 mode tunnel replay-window 32 \
	aead 'rfc4106(gcm(aes))' "$(key 20)" 128
rx=$(counter A esp0 rx_esp)
results "$TMP/stack"
is "the stack had them" "$rx" "$(counter A esp0 rx_esp)"

mapfile -t offload <"$TMP/offload"
mapfile -t stack <"$TMP/stack"
for i in "${!steps[@]}"; do
	if [[ ${steps[i]} == "damaged, twice|"* ]]; then
		is "the exception, in the stack: twice" \
			"XfrmInStateSeqError+1 replay+1 " "${stack[i]}"
		is "offloaded: damaged" \
			"XfrmInStateProtoError+1 failed+1 " "${offload[i]}"
		continue
	fi
	is "${steps[i]%%|*}: ${stack[i]:-nothing}" "${stack[i]}" "${offload[i]}"
done

# the largest window: three packets come when A has seen number 4098
# shellcheck disable=SC2086 # words
sas tunnel 4 esn $gcm
inbound=(src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x202)
ip -n A xfrm state del "${inbound[@]}"
capture B wan "$TMP/three.pcap" "src 192.0.2.2 and proto 50"
ip netns exec B ping -q -c 3 -i 0.01 -W 1 10.0.0.1 >/dev/null
capture_stop "$TMP/three.pcap" 3
mapfile -t esp < <(hex "$TMP/three.pcap" | cut -c 41-)
# shellcheck disable=SC2086 # words
check "a window of 4096" ip -n A xfrm state add "${inbound[@]}" reqid 1 \
	mode tunnel replay-window 4096 flag esn $gcm offload dev esp0 dir in
rx=$(counter A esp0 rx_esp)
ip netns exec B ping -q -f -c 4095 -W 20 10.0.0.1 >/dev/null
check "4,095 packets" busywait 20 at_least $((rx + 4095)) counter A esp0 rx_esp
late() { # PACKET COMMAND...: what that counts is one more
	local was
	was=$("${@:2}")
	raw B 50 "$1"
	busywait 20 at_least $((was + 1)) "${@:2}"
}
check "4,095 behind" late "${esp[2]}" snmp A Icmp InEchos
check "twice" late "${esp[2]}" xfrm_stat A XfrmInStateSeqError
# what is before the window would be one of the next 2^32 (RFC 4303, A2.2)
check "4,096 behind" late "${esp[1]}" xfrm_stat A XfrmInStateProtoError
finish
