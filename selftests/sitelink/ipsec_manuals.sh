#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Every command of /ip ipsec in the manuals, where they are beside the repository, with
# the committed corrections: it is right, or what is for road warriors, and the export
# makes the same again. On the host: nothing is applied.
. "$(dirname "$0")/script_lib.sh"

here=$SITELINK_TOP/selftests/sitelink
seeds=$SITELINK_TOP/../shared/seeds
if [ ! -d "$seeds" ]; then
	echo "1..0 # SKIP the manuals are not here"
	exit 4
fi
mkdir "$tmp/blocks"
check "the blocks are found, each correction corrects" \
	"$here/manuals.py" "$seeds" "$here/corrections.tsv" "$tmp/blocks" "ip ipsec"

# what a script makes, secrets and all
made() { sitelink -f "$1" "/export ${2-} show-sensitive" 2>"$tmp/said"; }
# and what of its mistakes is no known limit
unknown() {
	sitelink check --offline "$1" 2>&1 |
		grep -v ': note: \|not part of this version'
}

right=0 refused=0
for block in "$tmp"/blocks/*.rsc; do
	grep -q '^/ip ipsec' "$block" || continue
	name=$(basename "$block" .rsc)
	# interfaces that other menus' lines want are not here: --offline
	cat "${block%.rsc}.before" "$block" >"$tmp/all.rsc"
	if sitelink check --offline "$tmp/all.rsc" 2>"$tmp/said"; then
		right=$((right + 1))
		made "$tmp/all.rsc" >"$tmp/once.rsc"
		made "$tmp/once.rsc" >"$tmp/twice.rsc"
		check "$name: the export makes the same" \
			diff "$tmp/once.rsc" "$tmp/twice.rsc"
		made "$tmp/once.rsc" verbose >"$tmp/verbose.rsc"
		made "$tmp/verbose.rsc" >"$tmp/twice.rsc"
		check "$name: so does the verbose one" \
			diff "$tmp/once.rsc" "$tmp/twice.rsc"
	else
		refused=$((refused + 1))
		is "$name: only what is for road warriors is refused" "" \
			"$(unknown "$tmp/all.rsc")"
	fi
done
check "most are right ($right)" [ "$right" -ge 110 ]
check "few are refused ($refused)" [ "$refused" -le 9 ]
tap_end
