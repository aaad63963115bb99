#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Interfaces and what is on them: made anew, which some changes come down to; values
# that the kernel has in a form of its own; killed between what is noted of a bridge
# and what is set; what is told of strange names.
. "$(dirname "$0")/rsc_lib.sh"

modprobe sitelink_eoip || skip_all "no sitelink_eoip"
setup_ns A
cable A ether1 A ether2

rp_filter() { ip netns exec A cat "/proc/sys/net/ipv4/conf/$1/rp_filter"; }
index() { ip -n A -j link show "$1" | jq '.[0].ifindex'; }

# --- an interface made anew has all that is on it again, in one run
on='/ip settings set rp-filter=strict
/ip address add address=10.9.0.1/24 interface=bridge1
/ip route add dst-address=10.8.0.0/16 gateway=10.9.0.2'
# anew NAME DEVICE FROM TO: a change that cannot be made in place
anew() {
	local name=$1 dev=$2 was
	rsc_check "$name: before" A <<<"$3"
	was=$(index "$dev")
	rsc_check "$name" A <<<"$4"
	check "$name: another device" [ "$was" != "$(index "$dev")" ]
	is "$name: its route" "10.8.0.0/16 via 10.9.0.2 dev $dev" \
		"$(ip -n A route show proto $PROTO | grep -o '.* dev [^ ]*')"
	is "$name: its settings" 1 "$(rp_filter "$dev")"
}
bridge='/interface bridge add name=bridge1'
anew "mtu=auto" bridge1 "$bridge mtu=1400
$on" "$bridge
$on"
port='/interface bridge port add bridge=bridge1 interface=ether2'
anew "auto-mac" bridge1 "$bridge auto-mac=no admin-mac=02:00:00:00:00:01
$port
$on" "$bridge
$port
$on"
is "auto-mac: its port" bridge1 "$(ip -n A -j link show ether2 | jq -r '.[0].master')"
swap() { # ID ID
	cat <<-END
	/interface eoip add name=e1 remote-address=192.0.2.2 tunnel-id=$1
	/interface eoip add name=e2 remote-address=192.0.2.2 tunnel-id=$2
	${on//bridge1/e1}
	END
}
anew "tunnel-ids swapped" e1 "$(swap 1 2)" "$(swap 2 1)"

# --- and is put back as all else when a later step fails
rsc_check "before a refusal" A <<<"$bridge mtu=1400
$on"
ip -n A route add 10.7.0.0/16 dev ether1 metric 5
out=$(paste A 2>&1 <<<"$bridge
$on
/ip route add dst-address=10.7.0.0/16 distance=5 gateway=10.9.0.3")
like "a refusal behind it" "10.7.0.0/16: another program" "$out"
like "a refusal behind it: all is put back" "nothing has been changed" "$out"
is "a refusal behind it: indeed" "" "$(again A - <<<"$bridge mtu=1400
$on")"
ip -n A route del 10.7.0.0/16 metric 5

# --- what is set once is set, also what the kernel has in a form of its own
settles() { # ITEM VALUE...
	local v
	for v in "${@:2}"; do
		rsc_check "$v" A <<<"$1 $v"
	done
}
settles "$bridge" arp-timeout=1s arp-timeout=30s arp-timeout=1d ageing-time=11s \
	ageing-time=1000000s max-message-age=7s forward-delay=4s priority=7
settles "/interface eoip add name=e1 remote-address=192.0.2.2 tunnel-id=1" \
	arp-timeout=30s keepalive=0s,5 loop-protect-send-interval=1d dscp=63

settles "$bridge
$port" priority=1 priority=129 \
	priority=252 path-cost=65535 horizon=0 horizon=4294967295 learn=auto learn=no
rsc_check "a port's priority" A <<<"$bridge
$port priority=131"
is "a port's priority: by the kernel" 32 \
	"$(ip -n A -j -d link show ether2 | jq '.[0].linkinfo.info_slave_data.priority')"

# --- a kill at any step from one mtu to another: that it was asked for is known
killed=0 told=0
for call in unlink rename; do
	n=0
	while [ $((n += 1)) -lt 200 ]; do
		sl A flush && paste A <<<"$bridge mtu=1400"
		echo "$bridge mtu=1300" >"$TMP/A.rsc"
		ip netns exec A strace -f -qq -o /dev/null \
			-e "inject=$call:signal=SIGKILL:when=$n" \
			"$SITELINK" -f "$TMP/A.rsc" apply >/dev/null 2>&1 && break
		killed=$((killed + 1))
		again A - <<<"$bridge" | grep -q '^remove interface bridge1$' &&
			told=$((told + 1))
	done
	check "$call: to its end" [ $n -lt 200 ]
done
check "killed ($killed)" [ $killed -ge 1 ]
is "and it is made anew for mtu=auto each time" "$killed" "$told"

# --- whatever octets a value has, what is told of it moves no cursor
is "a step" 'set bridge1: comment="\1B[2J\na step"' "$(sl A apply -v - <<-'END'
	/interface bridge add name=bridge1 mtu=1300 comment="\1B[2J\na step"
	END
)"
PATH=$(dirname "$SITELINK"):$PATH sl A monitor >"$TMP/events" 2>&1 &
BACKGROUND+=($!)
check "somebody listens" busywait 30 grep -q 'sitelink-monitor: listening' "$TMP/events"
ip -n A link add $'\e[2J' type eoip remote 192.0.2.3 tunnel-id 3
check "an event" busywait 30 grep -q '^add \\1B\[2J [0-9]* eoip' "$TMP/events"
finish
