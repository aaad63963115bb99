# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Routers that run RouterOS scripts: a namespace each, the script in $TMP/NS.rsc.

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SITELINK=${SITELINK_BUILD:-$NET_DIR/../../build}/tools/sitelink
[ -x "$SITELINK" ] || skip_all "no sitelink"
# what marks what is ours
# shellcheck disable=SC2034 # the tests'
GROUP=21324 PROTO=83

# sl NS WORD...: the command there, with that router's script
sl() {
	local ns=$1
	shift
	ip netns exec "$ns" "$SITELINK" -f "$TMP/$ns.rsc" "$@"
}

# paste NS: apply standard input
paste() {
	cat >"$TMP/$1.rsc"
	sl "$1" apply
}

# rsc_check NAME NS: paste, and see
rsc_check() {
	local name=$1 ns=$2
	cat >"$TMP/$ns.rsc"
	check "$name" sl "$ns" apply
	is "$name: and twice is once" "" "$(again "$ns")"
}

# again NS [FILE]: what another apply would do; a script may have notes each time
again() {
	if ! ip netns exec "$1" "$SITELINK" apply --dry-run \
		"${2:-$TMP/$1.rsc}" 2>"$TMP/again"; then
		echo "failed"
	fi
	grep -v ': note: ' "$TMP/again"
}

# round_trip NS: its export makes the same of an empty machine, and is the same
round_trip() {
	local ns=$1
	check "$ns: exports" eval "sl $ns /export show-sensitive >$TMP/$ns.export"
	check "$ns: flush" sl "$ns" flush
	is "$ns: nothing is left" "" "$(left "$ns")"
	check "$ns: the export applies" ip netns exec "$ns" "$SITELINK" apply \
		"$TMP/$ns.export"
	is "$ns: and is what the script was" "" "$(again "$ns")"
	is "$ns: its export is the same" "$(cat "$TMP/$ns.export")" \
		"$(ip netns exec "$ns" "$SITELINK" -f "$TMP/$ns.export" \
			/export show-sensitive)"
}

# addresses NS: those that are ours; that they cannot be had is not that there are none
addresses() {
	ip netns exec "$1" "$BIN/addresses" $PROTO || echo "no addresses"
}

# left NS: what there is of ours
left() {
	ip -n "$1" -o link show group $GROUP
	addresses "$1"
	ip -n "$1" -o route show table all proto $PROTO
	ip -n "$1" -6 -o route show table all proto $PROTO
	ip -n "$1" rule show | grep -E "proto ($PROTO|0x53)"
	ip netns exec "$1" nft list tables | grep sitelink
}

# cable A IF-A B IF-B: a wire between two namespaces' interfaces, both up
cable() {
	ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
	ip -n "$1" link set "$2" up
	ip -n "$3" link set "$4" up
}

# value NS MENU ITEM PROPERTY: as JSON says it
value() {
	sl "$1" -j "/$2 print where name=\"$3\"" | jq -r ".[0][\"$4\"]"
}
