#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 1200
# Every command block of RouterOS' manuals in the menus that sitelink has, taken out
# of the manuals where they are beside the repository: each applies on a router that
# has what the block takes for granted, twice is once, and the export gives it back.
. "$(dirname "$0")/rsc_lib.sh"

TOP=$(cd "$NET_DIR/../.." && pwd)
SEEDS=$TOP/../shared/seeds
[ -d "$SEEDS" ] || skip_all "the manuals are not here"
for m in eoip gre ipip 6to4 vti; do
	modprobe sitelink_$m || skip_all "no sitelink_$m"
done

mkdir "$TMP/blocks"
check "the blocks are found, each correction corrects" \
	"$TOP/selftests/sitelink/manuals.py" "$SEEDS" \
	"$TOP/selftests/sitelink/corrections.tsv" "$TMP/blocks"
count=0
# on one kernel every third: what they ask of a kernel is much the same
every=1
[ "${SITELINK_KERNEL:-}" != 6.1 ] || every=3
for block in "$TMP"/blocks/*.rsc; do
	name=$(basename "$block" .rsc)
	count=$((count + 1))
	[ $((count % every)) = 0 ] || continue
	ip netns add R
	ip -n R link set lo up
	while read -r kind need; do
		ip -n R link add "$need" type "$kind"
	done <"${block%.rsc}.needs"
	cp "$block" "$TMP/R.rsc"
	check "$name: applies" sl R apply
	is "$name: twice is once" "" "$(again R)"
	sl R /export show-sensitive >"$TMP/R.export"
	is "$name: the export makes the same" "" "$(again R "$TMP/R.export")"
	check "$name: flush" sl R flush
	is "$name: leaves nothing" "" "$(left R)"
	ip netns del R
done
check "there are some" [ "$count" -ge 60 ]
finish
