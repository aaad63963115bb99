#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# A minute (SITELINK_FUZZ seconds) of netlink messages that are valid but for
# at most one attribute: each attribute of each kind is seen accepted and
# refused, at both doors, a refused message changes nothing, and the modules
# have nothing to say about it.
# SITELINK_SEED repeats a sequence.
. "$(dirname "$0")/lib.sh"

setup_ns A B
wan A B
for m in eoip gre ipip 6to4 vti; do
	modprobe sitelink_$m
done
seed=${SITELINK_SEED:-$((1 + $(od -An -N3 -tu4 /dev/urandom)))}
# a driver's messages name it or its device; IPv6 tells of links that go up,
# the netlink library of attributes that are too long
said() { dmesg | grep -E 'sitelink|fuzz' | grep -vE ' (netlink|IPv6): '; }
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
finish
