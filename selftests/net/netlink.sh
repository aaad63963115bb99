#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What rtnetlink accepts and shows, and each refusal's sentence.
. "$(dirname "$0")/lib.sh"

setup_ns A
add() { ip -n A link add "$@"; }
show() { ip -n A -d -j link show "$1"; }

# refused NAME SENTENCE COMMAND...: fails with it and changes nothing
refused() {
	local name=$1 sentence=$2 before out after
	shift 2
	before=$(ip -n A -d link)
	if out=$("$@" 2>&1); then
		fail "$name" "was accepted"
		return
	fi
	after=$(ip -n A -d link)
	if [ "$before" != "$after" ]; then
		fail "$name" "changed something: $(diff <(echo "$before") \
			<(echo "$after"))"
	elif [[ $out != *"$sentence"* ]]; then
		fail "$name" "said: $out"
	else
		pass "$name"
	fi
}

E="type eoip remote 192.0.2.2 local 192.0.2.1 tunnel-id"
# shellcheck disable=SC2086
{
check "eoip: add" add e0 $E 7
like "eoip: defaults" '"remote":"192.0.2.2","local":"192.0.2.1","tunnel-id":7,"ttl":255,"keepalive-interval":10,"keepalive-retries":10,"clamp-tcp-mss":true,"dont-fragment":"no","dscp":"inherit","loop-protect":false,"loop-protect-send-interval":5,"loop-protect-disable-time":300,"loop-protect-status":"off","allow-fast-path":true,"mtu-auto":true' "$(show e0)"
like "eoip: mtu without a route" '"mtu":1458,' "$(show e0)"

check "eoip: every word" add e1 type eoip remote 192.0.2.3 local any \
	tunnel-id 65535 keepalive 1m,3 clamp-tcp-mss off dont-fragment inherit \
	dscp 46 ttl 64 loop-protect on loop-protect-send-interval 2 \
	loop-protect-disable-time 0 allow-fast-path off dev lo
like "eoip: every word shown" '"remote":"192.0.2.3","local":"any","dev":"lo","tunnel-id":65535,"ttl":64,"keepalive-interval":60,"keepalive-retries":3,"clamp-tcp-mss":false,"dont-fragment":"inherit","dscp":46,"loop-protect":true,"loop-protect-send-interval":2,"loop-protect-disable-time":0,"loop-protect-status":"on","allow-fast-path":false' "$(show e1)"
check "eoip: change one word" ip -n A link change e1 type eoip dscp inherit
like "eoip: and only that one" '"tunnel-id":65535,"ttl":64,"keepalive-interval":60,"keepalive-retries":3,"clamp-tcp-mss":false,"dont-fragment":"inherit","dscp":"inherit"' "$(show e1)"
for w in "keepalive off" "keepalive 5,0" "clamp-tcp-mss on" \
	"dont-fragment no" "dscp 63" "ttl 1" "loop-protect off" \
	"loop-protect-send-interval 9" "loop-protect-disable-time 60" \
	"allow-fast-path on" "tunnel-id 0" "remote 192.0.2.9" \
	"local 192.0.2.5"; do
	check "eoip: change $w" ip -n A link change e1 type eoip $w
	like "eoip: shows $w" " $w " "$(ip -n A -d link show e1)"
done

refused "same key" "a tunnel with this remote, local and tunnel-id or key exists" \
	add e2 $E 7
refused "change to a taken key" "a tunnel with this remote, local and" \
	ip -n A link change e1 type eoip remote 192.0.2.2 local 192.0.2.1 \
	tunnel-id 7
check "same remote and id, other local" add e2 type eoip \
	remote 192.0.2.2 tunnel-id 7
check "same remote, other id" add e3 $E 8
refused "no remote" "remote: an IPv4 address is needed" \
	add e4 type eoip tunnel-id 1
refused "multicast remote" "remote: a unicast IPv4 address" \
	add e4 type eoip remote 224.0.0.5 tunnel-id 1
refused "broadcast remote" "remote: a unicast IPv4 address" \
	add e4 type eoip remote 255.255.255.255 tunnel-id 1
refused "multicast local" "local: a unicast IPv4 address, or 0.0.0.0" \
	add e4 type eoip remote 192.0.2.2 local 224.0.0.5 tunnel-id 1
refused "tunnel-id 65536" "tunnel-id: 0 to 65535" add e4 $E 65536
refused "tunnel-id changed to 65536" "tunnel-id: 0 to 65535" \
	ip -n A link change e0 type eoip tunnel-id 65536
refused "ttl 0" "ttl: 1 to 255" add e4 $E 9 ttl 0
refused "dscp 64" "dscp: 0 to 63" add e4 $E 9 dscp 64
refused "keepalive too long" "keepalive: interval is 0 (off) to 86400" \
	add e4 $E 9 keepalive 86401,1
refused "loop-protect-send-interval 0" "loop-protect-send-interval: 1 to" \
	add e4 $E 9 loop-protect-send-interval 0
refused "loop-protect-disable-time" "loop-protect-disable-time: 0" \
	add e4 $E 9 loop-protect-disable-time 86401
refused "mtu 67" "mtu: 0 (auto), or 68 to 65493" add e4 mtu 67 $E 9
refused "mtu 1400 and auto" "mtu: a number or mtu-auto, not both" \
	add e4 mtu 1400 $E 9 mtu auto
refused "mtu 65494" "" add e4 mtu 65494 $E 9
refused "mtu changed to 67" "" ip -n A link set e0 mtu 67
refused "mtu changed to 65494" "mtu greater than device maximum" \
	ip -n A link set e0 mtu 65494
refused "multicast MAC" "address: a unicast address" \
	add e4 address 01:00:00:00:00:01 $E 9
refused "IPv6 address" "" add e4 type eoip remote 2001:db8::2 tunnel-id 1
check "mtu 65493" add e4 mtu 65493 $E 9
like "mtu 65493 is explicit" '"mtu":65493.*"mtu-auto":false' "$(show e4)"

S="type eoip6 remote 2001:db8::2 local 2001:db8::1 tunnel-id"
check "eoip6: add" add s0 $S 4095
like "eoip6: defaults" '"mtu":1444,.*"remote":"2001:db8::2","local":"2001:db8::1","tunnel-id":4095,"ttl":255,"keepalive-interval":10' "$(show s0)"
refused "eoip6: tunnel-id 4096" "tunnel-id: 0 to 4095" add s1 $S 4096
refused "eoip6: no remote" "remote: an IPv6 address is needed" \
	add s1 type eoip6 tunnel-id 1
refused "eoip6: multicast remote" "remote: a unicast IPv6 address" \
	add s1 type eoip6 remote ff02::1 tunnel-id 1
refused "eoip6: multicast local" "local: a unicast IPv6 address, or ::" \
	add s1 type eoip6 remote 2001:db8::2 local ff02::1 tunnel-id 1
refused "eoip6: same key" "a tunnel with this remote, local and tunnel-id" \
	add s1 $S 4095
refused "eoip6: mtu" "mtu: 0 (auto), or 68 to 65519" add s1 mtu 67 $S 9
check "eoip6: mtu 65519" add s1 mtu 65519 $S 9
}

# the plugin itself
refused "unknown word" 'what is "colour"' \
	add e9 type eoip remote 192.0.2.2 colour red
refused "missing value" "Command line is not complete" \
	add e9 type eoip remote
refused "word twice" "duplicate" \
	add e9 type eoip remote 192.0.2.2 dscp 1 dscp 2
refused "not a number" "tunnel-id" \
	add e9 type eoip remote 192.0.2.2 tunnel-id seven
refused "not a time" "keepalive" \
	add e9 type eoip remote 192.0.2.2 tunnel-id 9 keepalive 1y
refused "read-only word" "read-only" \
	ip -n A link change e0 type eoip loop-protect-status on
like "help" 'tunnel-id \{ 0..65535 \}.*keepalive.*SEC\[,RETRIES\]' \
	"$(ip link help eoip 2>&1 | tr '\n' ' ')"
finish
