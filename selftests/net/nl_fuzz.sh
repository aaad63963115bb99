#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# A minute (SITELINK_FUZZ seconds) of netlink messages that are valid but for
# at most one attribute: each attribute of each kind is seen accepted and
# refused, at both doors, a refused message changes nothing, and the modules
# have nothing to say about it. So with espdev and its family.
# SITELINK_SEED repeats a sequence.
. "$(dirname "$0")/lib.sh"

setup_ns A B
wan A B
for m in eoip gre ipip 6to4 vti; do
	modprobe sitelink_$m
done
modprobe -a sitelink_espdev sitelink_sim esp4_offload esp6_offload
# it comes with espdev, and would have the first who asks wait for all it can do
rmmod sitelink_cryptoapi
# what nl_fuzz asks for
ip -n A link add under type dummy
ip -n A link add lower type dummy
ip -n A link add link lower name esp0 type espdev engine sim-88F7040
ip -n A link set esp0 up
while read -r src dst spi; do
	check "an SA to $dst" ip -n A xfrm state add src "$src" dst "$dst" \
		proto esp spi "$spi" mode transport auth-trunc 'hmac(sha256)' \
		"0x$(printf '%064x' 1)" 128 enc 'cbc(aes)' \
		"0x$(printf '%032x' 2)" offload dev esp0 dir out
done <<-END
	192.0.2.1 192.0.2.2 0x201
	2000::9 2000::1 0x601
	2000::9 2000::2 0x601
	END
seed=${SITELINK_SEED:-$((1 + $(od -An -N3 -tu4 /dev/urandom)))}
# a driver's messages name it or its device; IPv6 tells of links that go up,
# the netlink library of attributes that are too long
said() { dmesg | grep -E 'sitelink|espdev|fuzz' | grep -vE ' (netlink|IPv6): '; }
said >"$TMP/before"
ip netns exec A "$BIN/nl_fuzz" "${SITELINK_FUZZ:-60}" "$seed" >"$TMP/out"
status=$?
grep '^#' "$TMP/out"
while read -r line; do
	case $line in
	'ok '*) pass "${line#* - }" ;;
	'not ok '*) fail "${line#* - }" "seed $seed" ;;
	esac
done <"$TMP/out"
check "ran to its end" grep -q '^1\.\.' "$TMP/out"
is "its status says the same" "$([ $TAP_FAILED = 0 ] && echo 0 || echo 1)" \
	"$status"
is "the modules have said nothing" "" "$(said | comm -13 "$TMP/before" -)"
ip -n A link del esp0
check "their engine's module goes" busywait 30 rmmod sitelink_sim
check "and espdev's" busywait 30 rmmod sitelink_espdev
finish
