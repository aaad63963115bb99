#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# What sitelink-monitor prints: each event once, none for what changes nothing,
# in the namespace of the device, from process and softirq.
. "$(dirname "$0")/lib.sh"

MONITOR=${SITELINK_BUILD:-$NET_DIR/../../build}/tools/sitelink-monitor

# monitor NS FILE [OPTION]: in the background, listening when it returns
monitor() {
	ip netns exec "$1" "$MONITOR" "${@:3}" >"$2" 2>"$2.err" &
	MONITORS[$1]=$!
	BACKGROUND+=($!)
	busywait 10 grep -q listening "$2.err"
}

# What FILE has since the last step, without indices.
news() { tail -n "+$((${SEEN[$1]:-0} + 1))" "$1" |
	sed 's/^\([a-z]* [^ ]*\) [0-9]*/\1/'; }
has_news() { news "$1" | grep -q "$2"; }

# The last thing that a step does is to add and delete a tunnel of another
# kind: when that has been told, all before has been, too. NEWS is what has.
step() {
	local ns=$1 file=$2
	ip -n "$ns" link add mark type 6to4
	ip -n "$ns" link del mark
	busywait 10 has_news "$file" '^del mark'
	NEWS=$(news "$file" | sed '/^del mark/q' | grep -v ' mark ')
	SEEN[$file]=$(awk '/^del mark/ { n = NR } END { print n }' "$file")
}

# events NAME WANTED COMMAND...: in A
events() {
	local name=$1 want=$2
	shift 2
	"$@" || fail "$name" "$* failed"
	step A "$TMP/A"
	is "$name" "$want" "$NEWS"
}

# events_in_c NAME WANTED: what has happened there
events_in_c() {
	step C "$TMP/C"
	is "$1" "$2" "$NEWS"
}

declare -A MONITORS SEEN
setup_ns A B C
wan A B
modprobe -a sitelink_eoip sitelink_gre sitelink_6to4
monitor A "$TMP/A"
genl() { ip netns exec A "$BIN/genl" set ifname="$1" "${@:2}" >/dev/null; }
lines() { printf '%s\n' "$@"; }

events "add" "add tun eoip disabled" tunnel A tun eoip 7 keepalive off
events "up" "up tun eoip running" ip -n A link set tun up
events "change" "change tun eoip running" ip -n A link set tun type eoip ttl 9
events "change: by generic netlink" "change tun eoip running" genl tun ttl=10
events "change: everything at once is one" "change tun eoip running" \
	genl tun ttl=11 dscp=5 mtu=1400 remote=192.0.2.3 tunnel-id=9
events "change: back" "change tun eoip running" \
	genl tun remote=192.0.2.2 tunnel-id=7 mtu=0
events "nothing: the same again" "" genl tun ttl=11 dscp=5 mtu=0
events "nothing: the same by rtnetlink" "" \
	ip -n A link set tun type eoip ttl 11
events "nothing: refused" "" eval '! genl tun ttl=0'
events "change: mtu" "change tun eoip running" ip -n A link set tun mtu 1300
events "change: mtu and property" \
	"$(lines "change tun eoip running")" \
	ip -n A link set tun mtu 1301 type eoip ttl 12
events "nothing: the same mtu" "" ip -n A link set tun mtu 1301
events "change: mtu auto" "change tun eoip running" ip -n A link set tun mtu 0
# the work that follows the path
path() {
	ip -n A link set wan mtu 1400 && busywait 10 mtu_is A tun 1358 &&
		ip -n A link set wan mtu 1500 && busywait 10 mtu_is A tun 1458
}
events "change: the path's mtu" \
	"$(lines "change tun eoip running" "change tun eoip running")" path
events "nothing: a property of every device" "" \
	ip -n A link set tun txqueuelen 5
events "change: name" "$(lines "down tun eoip disabled" \
	"change moon eoip disabled" "up moon eoip running")" \
	eval 'ip -n A link set tun down; ip -n A link set tun name moon; ip -n A link set moon up'
events "down" "down moon eoip disabled" ip -n A link set moon down
events "nothing: down again" "" ip -n A link set moon down

# keepalives: from the timer, and from a received packet
dead() { busywait 20 has_news "$TMP/A" '^down moon eoip keepalive'; }
silent() {
	genl moon keepalive-interval=1 keepalive-retries=2
	ip -n A link set moon up
	dead
}
events "a peer counts as alive until it should have been heard" \
	"$(lines "change moon eoip disabled" "up moon eoip running" \
	"down moon eoip keepalive")" silent
one() {
	ip netns exec B "$BIN/eoip_peer" -x 2001640000000700 192.0.2.1 7 && dead
}
events "a keepalive comes, and no other" \
	"$(lines "up moon eoip running" "down moon eoip keepalive")" one
events "up: keepalive off while it is dead" \
	"$(lines "up moon eoip running" "change moon eoip running")" \
	genl moon keepalive-interval=0
events "change: keepalive that changes nothing else" \
	"change moon eoip running" genl moon keepalive-retries=7

# a loop: our own frame comes back
mac=$(ip netns exec A cat /sys/class/net/moon/address)
loop() {
	ip netns exec B "$BIN/eoip_peer" -x "20016400003c0700ffffffffffff${mac//:/}9003$(printf '00%.0s' {1..46})" 192.0.2.1 7 &&
		busywait 5 carrier_is A moon 0
}
events "change: loop-protect" "change moon eoip running" genl moon loop-protect=1
events "loop" "$(lines "down moon eoip loop-protect" \
	"loop moon eoip loop-protect")" loop
events "nothing: the same loop again" "" loop
events "down and up ends it" "$(lines "up moon eoip running")" \
	eval 'ip -n A link set moon down; ip -n A link set moon up'

# to another namespace and back; the underlay stays
monitor C "$TMP/C"
events "move: gone here" "$(lines "down moon eoip disabled" "del moon eoip")" \
	ip -n A link set moon netns C
events_in_c "move: added there" "add moon eoip disabled"
ip -n C link set moon up
events "move: nothing here any more" "" ip -n C link set moon type eoip ttl 3
events_in_c "move: but there" "$(lines "up moon eoip running" \
	"change moon eoip running")"
ip -n C link set moon netns A
events_in_c "move: gone there" \
	"$(lines "down moon eoip disabled" "del moon eoip")"
events "move: back" "add moon eoip disabled" true
events "del" "del moon eoip" ip -n A link del moon
events "nothing: an add that is refused" "" \
	eval '! tunnel A x eoip 65536 2>/dev/null'
events "nothing: devices of others" "" eval \
	'ip -n A link add dummy0 type dummy; ip -n A link set dummy0 up; ip -n A link del dummy0'

# JSON
monitor A "$TMP/json" -j
tunnel A tun eoip 7 keepalive off
ip -n A link set tun up
ip -n A link del tun
busywait 10 grep -q '"del"' "$TMP/json"
is "JSON: each line an object" "add up down del" "$(/usr/bin/python3 -c '
import json, sys
print(*[json.loads(l)["event"] for l in sys.stdin])' <"$TMP/json")"
like "JSON: with all that there is" '"event":"down","ifname":"tun","ifindex":[0-9]+,"kind":"eoip","running":false,"down-reasons":\["disabled"\]' \
	"$(grep '"down"' "$TMP/json")"
tunnel A $'t\xff\x7f' eoip 7 keepalive off
ip -n A link del $'t\xff\x7f'
twice() { [ "$(grep -ac '"del"' "$TMP/json")" = 2 ]; }
busywait 10 twice
is "JSON: a name that is no UTF-8, and moves the cursor" '"ifname":"t\\FF\u007f"' \
	"$(tail -n 1 "$TMP/json" | grep -ao '"ifname":[^,]*')"
for s in INT TERM; do
	monitor B "$TMP/B$s"
	kill -$s "${MONITORS[B]}"
	wait "${MONITORS[B]}"
	is "monitor: SIG$s is its end" 0 $?
done

# the underlay's end, and the modules', tell listeners
setup_ns D
ip -n D link add orphan type eoip remote 192.0.2.9 tunnel-id 1
ip -n D link set orphan netns A
ip netns del D
check "the underlay's end: gone" busywait 30 grep -q '^del orphan ' "$TMP/A"
tunnel A last eoip 1
ip -n A link set last up
unload() { rmmod sitelink_6to4 sitelink_gre sitelink_eoip && rmmod sitelink; }
check "the modules unload under a subscriber" unload
check "who has heard of the end" busywait 10 grep -q '^del last ' "$TMP/A"
check "and load again" modprobe sitelink_eoip
finish
