#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The underlay stays in the namespace of creation; everything goes away with
# the namespaces, in any order, under traffic.
. "$(dirname "$0")/lib.sh"

# a stream that nobody waits for
flood() {
	ip netns exec "$1" ping -q -f -w 60 "$2" >/dev/null 2>&1 &
	BACKGROUND+=($!)
	busywait 20 runs_in "$1" $!
}
runs_in() { ip netns pids "$1" | grep -qx "$2"; }
no_link() { ! ip -n "$1" link show "$2"; }

for kind in eoip eoip6; do
	sites $kind
	setup_ns C
	ip -n A link set tun netns C
	ip -n C addr add 10.0.0.1/24 dev tun
	ip -n C link set tun up
	check "$kind: carries from another namespace" \
		busywait 10 ping_ns C 10.0.0.2
	like "$kind: which shows where the underlay is" 'link-netns A' \
		"$(ip -n C -d link show tun)"
	check "$kind: a change finds the underlay" \
		ip -n C link set tun type $kind ttl 64
	check "$kind: and the route's mtu there" ip -n C link set tun mtu 0
	ip -n A link set wan mtu 1400
	[ $kind = eoip ] && want=1358 || want=1344
	check "$kind: mtu follows the underlay" busywait 5 mtu_is C tun "$want"
	ip -n A link set wan mtu 1500
	out=$(tunnel A tun $kind 7 2>&1)
	like "$kind: the key is taken in the underlay" 'exists' "$out"
	check "$kind: and free elsewhere" ip -n C link add tun2 type $kind \
		local "$([ $kind = eoip ] && echo 192.0.2.1 || echo 2001:db8::1)" \
		remote "$([ $kind = eoip ] && echo 192.0.2.2 || echo 2001:db8::2)" \
		tunnel-id 7

	# the underlay's end takes the tunnel along, wherever it is
	flood C 10.0.0.2
	ip netns del A
	check "$kind: gone with its underlay" busywait 90 no_link C tun
	check "$kind: others stay" ip -n C link show tun2
	ip netns del B
	ip netns del C
done

# the namespace that the device lives in goes first
sites eoip
setup_ns C
ip -n A link set tun netns C
ip -n C addr add 10.0.0.1/24 dev tun
ip -n C link set tun up
busywait 10 ping_ns C 10.0.0.2
flood C 10.0.0.2
end_ns C
free() { tunnel A tun eoip 7; }
check "gone with the namespace it lives in, the key is free" busywait 90 free

# many at once
setup_ns D
for i in $(seq 100); do
	echo "link add e$i type eoip remote 192.0.2.9 tunnel-id $i"
	echo "link add f$i type eoip6 remote 2001:db8::9 tunnel-id $i"
done | ip -n D -batch -
is "200 tunnels" 200 "$(ip -n D -o link | grep -c ': [ef][0-9]')"
check "go with their namespace" ip netns del D

# unload under traffic
for n in A B; do
	ip -n $n link del tun 2>/dev/null
	tunnel $n tun eoip 7
	[ $n = A ] && me=1 || me=2
	ip -n $n addr add 10.0.0."$me"/24 dev tun
	ip -n $n link set tun up
done
busywait 10 ping_ns A 10.0.0.2
flood A 10.0.0.2
flood B 10.0.0.1
unload() { rmmod sitelink_eoip && rmmod sitelink; }
check "the modules unload under traffic" busywait 90 unload
is "and leave nothing" "" "$(find /sys/module -maxdepth 1 -name "sitelink*"
	ip -n A -o link | grep tun)"
check "and load again" modprobe sitelink_eoip
finish
