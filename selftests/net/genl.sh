#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Generic netlink: tunnels read and changed, each refusal's sentence, who may.
. "$(dirname "$0")/lib.sh"

genl() { ip netns exec A "$BIN/genl" "$@"; }
value() { genl get "$1" | sed -n "s/^$2 //p"; }
add() { ip -n A link add "$@"; }

# set NAME DEV ATTR=VALUE...: accepted, and get shows each
set_and_see() {
	local name=$1 dev=$2 a out
	shift 2
	out=$(genl set ifname="$dev" "$@")
	[ "$out" = ok ] || { fail "$name" "said: $out"; return; }
	out=$(genl get "$dev")
	for a in "$@"; do
		if ! grep -qxF "${a/=/ }" <<<"$out"; then
			fail "$name" "$a is not in: $out"
			return
		fi
	done
	pass "$name"
}

# what has no clock and no counter in it
state() { genl dump | grep -vE '^(running-since|last-seen|missed) '; }

# refused NAME SENTENCE ATTR...: set fails with it and changes nothing
refused() {
	local name=$1 sentence=$2 out
	shift 2
	out=$(genl set "$@")
	if [[ $out != *": $sentence"* ]]; then
		fail "$name" "said: $out"
		return
	fi
	if [ "$(state)" != "$STATE" ]; then
		fail "$name" "changed $(diff <(echo "$STATE") <(state))"
		STATE=$(state)
		return
	fi
	pass "$name"
}

setup_ns A B
wan A B
# tunnels of our own making only
sysctl -qw net.core.fb_tunnels_only_for_init_net=2
for m in eoip gre ipip 6to4; do
	modprobe sitelink_$m
done
sysctl -qw net.core.fb_tunnels_only_for_init_net=0
tunnel A e eoip 7
tunnel A e6 eoip6 7
add g type gre remote 192.0.2.2 local 192.0.2.1 ttl 64
add tap0 type gretap remote 192.0.2.2 local 192.0.2.1
add i type ipip remote 192.0.2.2 local 192.0.2.1
add s type 6to4 local 192.0.2.1

# get
is "get: eoip" "$(printf '%s\n' "ifname e" "kind eoip" "running 0" \
	"down-reasons 1" "local 192.0.2.1" "remote 192.0.2.2" "tunnel-id 7" \
	"ttl 255" "keepalive-interval 10" "keepalive-retries 10" \
	"clamp-tcp-mss 1" "dont-fragment 0" "dscp 255" "allow-fast-path 1" \
	"mtu-auto 1" "loop-protect 0" "loop-protect-send-interval 5" \
	"loop-protect-disable-time 300" "loop-protect-status 0" \
	"mtu 0" "actual-mtu 1458" "mtu-reason 1" "fast-path-active 0")" \
	"$(genl get e | grep -v '^ifindex ')"
like "get: eoip6" "kind eoip6.*local6 2001:db8::1.*remote6 2001:db8::2.*tunnel-id 7" \
	"$(genl get e6 | tr '\n' ' ')"
like "get: gre, in-tree defaults" "kind gre .*ttl 64.*keepalive-interval 0.*dont-fragment 2.*mtu 1476 actual-mtu 1476 mtu-reason 3" \
	"$(genl get g | tr '\n' ' ')"
is "get: gre has no tunnel-id, no loop-protect" "" \
	"$(genl get g | grep -E 'tunnel-id|loop')"
like "get: 6to4 without a remote has no route" \
	"remote 0.0.0.0 .*mtu-reason 0 .*fast-path-active 0" \
	"$(genl get s | tr '\n' ' ')"
index=$(ip netns exec A cat /sys/class/net/e/ifindex)
is "get: by ifindex" e "$(genl get ifindex="$index" | sed -n 's/^ifname //p')"
is "dump: all, each once" "e e6 g i s tap0" \
	"$(genl dump | sed -n 's/^ifname //p' | sort | xargs)"
is "dump: none where there are none" "" \
	"$(ip netns exec B "$BIN/genl" dump)"

# state
ip -n A link set e up
is "running when it is up" "running 1 down-reasons 0" \
	"$(genl get e | grep -E '^(running|down-reasons) ' | xargs)"
like "running since" '^[0-9]+$' "$(value e running-since)"
is "no keepalive has come yet" "" "$(value e last-seen)"
is "fast path: nothing forbids it" 1 "$(value e fast-path-active)"
ip netns exec B "$BIN/eoip_peer" -x 2001640000000700 192.0.2.1 7
seen() { [ -n "$(value e last-seen)" ]; }
check "a keepalive was seen" busywait 5 seen
genl set ifname=e keepalive-interval=1 keepalive-retries=2 >/dev/null
is "and is forgotten when they begin anew" "" "$(value e last-seen)"
down() { [ "$(value e down-reasons)" = 2 ]; }
check "down: because of keepalives" busywait 10 down
check "missed: as many as it takes" [ "$(value e missed)" -ge 2 ]
is "not running, not since" "0 " "$(value e running) $(value e running-since)"
genl set ifname=e keepalive-interval=0 >/dev/null
is "off: runs, no keepalive state" "1 " "$(value e running) $(value e missed)"

# why the mtu is what it is
esp A 192.0.2.1 192.0.2.2
is "mtu: because of IPsec, no fast path" "2 0" \
	"$(value e mtu-reason) $(value e fast-path-active)"
no_esp A
is "mtu: because of the route" 1 "$(value e mtu-reason)"

# set
set_and_see "set: addresses, id, ttl" e local=192.0.2.1 remote=192.0.2.3 \
	tunnel-id=65535 ttl=1
set_and_see "set: IPv6 addresses" e6 remote6=2001:db8::3 tunnel-id=4095
set_and_see "set: every property" e keepalive-interval=86400 \
	keepalive-retries=0 clamp-tcp-mss=0 dont-fragment=1 dscp=63 \
	allow-fast-path=0 loop-protect=1 loop-protect-send-interval=86400 \
	loop-protect-disable-time=0
set_and_see "set: and back" e keepalive-interval=0 keepalive-retries=10 \
	clamp-tcp-mss=1 dont-fragment=0 dscp=255 allow-fast-path=1 \
	loop-protect=0 loop-protect-send-interval=5 \
	loop-protect-disable-time=300
set_and_see "set: mtu" e mtu=1400
is "mtu: explicit" "1400 3 0" \
	"$(value e actual-mtu) $(value e mtu-reason) $(value e mtu-auto)"
set_and_see "set: mtu 0 is automatic" e mtu=0 mtu-auto=1
is "mtu: follows again" 1458 "$(value e actual-mtu)"
set_and_see "set: the automatic one, explicitly" e mtu=1458 mtu-auto=0
set_and_see "set: mtu-auto" e mtu-auto=1
for d in e e6 tap0; do
	set_and_see "set: loop-protect on $d" $d loop-protect=1
done
set_and_see "set: ttl 0 of gre" g ttl=0
set_and_see "set: remote of ipip" i remote=192.0.2.4
set_and_see "set: nothing" i
is "rtnetlink sees the same" 1 \
	"$(ip -n A -d link show i | grep -c 'remote 192.0.2.4')"

like "a word that nobody knows is no request" "'colour=7' is no" \
	"$(genl set ifname=i colour=7 2>&1)"

# refusals: the sentences are rtnetlink's
STATE=$(state)
while IFS='|' read -r dev sentence attrs; do
	# shellcheck disable=SC2086 # words
	refused "$dev: $attrs" "$sentence" ifname="$dev" ttl=77 $attrs
done <<-'END'
	e|keepalive: interval is 0 (off) to 86400|keepalive-interval=86401
	e|clamp-tcp-mss: 0 (off) or 1|clamp-tcp-mss=2
	e|dont-fragment: 0 (no) or 1|dont-fragment=2
	e|dont-fragment: 0 (no) or 1|dont-fragment=255
	e|dscp: 0 to 63 or 255|dscp=64
	e|allow-fast-path: 0 (off) or 1|allow-fast-path=2
	e|loop-protect: 0 (off) or 1|loop-protect=2
	e|loop-protect-send-interval: 1 to 86400|loop-protect-send-interval=0
	e|loop-protect-send-interval: 1 to 86400|loop-protect-send-interval=86401
	e|loop-protect-disable-time: 0 (for good) to 86400|loop-protect-disable-time=86401
	e|loop-protect-status: read-only|loop-protect-status=0
	e|mtu-auto: 0 (as it is) or 1|mtu-auto=2
	e|mtu: a number or mtu-auto, not both|mtu=1400 mtu-auto=1
	e|mtu: 0 (auto), or 68 to 65493|mtu=67
	e|mtu: 0 (auto), or 68 to 65493|mtu=65494
	e6|mtu: 0 (auto), or 68 to 65519|mtu=65520
	g|mtu: 0 (auto), or 68 to 65511|mtu=65512
	i|mtu: 0 (auto), or 68 to 65515|mtu=4294967295
	e|tunnel-id: 0 to 65535|tunnel-id=65536
	e6|tunnel-id: 0 to 4095|tunnel-id=4096
	g|tunnel-id: only eoip and eoip6|tunnel-id=7
	e|remote: a unicast IPv4 address|remote=224.0.0.1
	e|remote: a unicast IPv4 address|remote=0.0.0.0
	e|local: a unicast IPv4 address|local=255.255.255.255
	e6|remote: of this kind it is an IPv6 address|remote=192.0.2.2
	e6|local: of this kind it is an IPv6 address|local=192.0.2.2
	e6|remote: a unicast IPv6 address|remote6=ff02::1
	e|local6: of this kind it is an IPv4 address|local6=2001:db8::1
	g|remote: cannot change between none, a host and a group|remote=239.0.0.1
	g|remote: not the broadcast|remote=255.255.255.255
	g|keepalive: needs a unicast remote|remote=0.0.0.0 keepalive-interval=1
	tap0|keepalive: gretap has none|keepalive-interval=1
	tap0|remote: an IPv4 address is needed|remote=0.0.0.0
	i|loop-protect: only kinds that carry frames|loop-protect=1
	i|remote: a unicast address|remote=224.0.0.1
	s|keepalive: needs a unicast remote|keepalive-interval=1
	e|invalid attribute length|#8=0102
	e|invalid attribute length|#9=0500
	e|invalid attribute length|#7=0500000000
	e6|binary attribute size out of range|#6=20010db8
	e|invalid attribute length|p#1=0500
	e|invalid attribute length|p#5=0a00
	e|NLA_F_NESTED is missing|#10=0500050001000000
	e|Unknown attribute type|#11=67726500
	e|Unknown attribute type|#99=00
	e|Unknown attribute type|p#12=00
	e|Unknown attribute type|#0=00
END
refused "ttl 0 of eoip" "ttl: 1 to 255" ifname=e ttl=0
tunnel A e2 eoip 8
STATE=$(state)
refused "the key of another" "a tunnel with this remote, local and tunnel-id" \
	ifname=e2 remote=192.0.2.3 tunnel-id=65535
ip -n A link del e2
STATE=$(state)
refused "no name" "name one tunnel, by either ifindex or ifname" ttl=5
refused "two names" "name one tunnel, by either" ifname=e ifindex="$index"
refused "nobody's name" "no device of this namespace is called so" ifname=nix
refused "a name too long" "" \
	ifname=sixteen-letters-
refused "a device of another kind" "the device must be a tunnel of sitelink's" \
	ifname=wan ttl=5
like "get: another kind" "EOPNOTSUPP: the device must be a tunnel" \
	"$(genl get wan)"
like "get: nobody" "ENODEV: no device of this namespace" "$(genl get nix)"
like "get: an attribute of set's" "EINVAL: Unknown attribute type" \
	"$(genl get ifname=e ttl=5)"
like "dump: takes no attributes" "EINVAL: a dump takes no attributes" \
	"$(genl dump ifname=e)"

# who may
drop() { ip netns exec A setpriv --bounding-set=-all "$@"; }
is "unprivileged: get" e "$(drop "$BIN/genl" get e | sed -n 's/^ifname //p')"
is "unprivileged: dump" 6 "$(drop "$BIN/genl" dump | grep -c '^ifname ')"
like "unprivileged: no set" "EPERM" "$(drop "$BIN/genl" set ifname=e ttl=5)"
is "unprivileged: nothing was set" 1 "$(value e ttl)"

# in a user namespace: its own, but not what lives elsewhere
unshare -Urn sleep 1000 &
user=$!
BACKGROUND+=("$user")
own_userns() {
	[ "$(readlink /proc/"$user"/ns/user)" != "$(readlink /proc/self/ns/user)" ]
}
busywait 5 own_userns
in_user() { nsenter -t "$user" -U -n --preserve-credentials "$@"; }
is "user namespace: root of nothing else" 0 "$(in_user id -u)"
check "user namespace: a tunnel of its own" in_user ip link add u type eoip \
	remote 192.0.2.2 tunnel-id 1
is "user namespace: set" ok "$(in_user "$BIN/genl" set ifname=u ttl=9)"
ip -n A link set tap0 netns "$user"
like "user namespace: not with an underlay elsewhere" \
	"EPERM: only who administers the underlay's namespace" \
	"$(in_user "$BIN/genl" set ifname=tap0 ttl=9)"
is "user namespace: but read" tap0 "$(in_user "$BIN/genl" get tap0 |
	sed -n 's/^ifname //p')"
kill "$user"

# a dump is of one moment, or says that it is not
for n in $(seq 64); do
	echo "link add d$n type eoip remote 192.0.2.9 tunnel-id $n"
done | ip -n A -batch -
all() { sed -n 's/^ifname //p' | sort -u | wc -l; }
out=$(genl slow true)
is "dump: in parts" 69 "$(all <<<"$out")"
is "dump: nothing happened" "" "$(grep interrupted <<<"$out")"
for what in "link del d64" "link add d64 type eoip remote 192.0.2.9 tunnel-id 64" \
	"link set d1 type eoip ttl 5" "link set d1 mtu 1300" \
	"link set d1 name d100" "link set d2 netns B"; do
	is "dump: interrupted by $what" interrupted \
		"$(genl slow "ip $what" | tail -n 1)"
done
is "dump: not by what changes nothing" "" \
	"$(genl slow "ip link set d3 type eoip ttl 255" | grep interrupted)"
finish
