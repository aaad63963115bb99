#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -t 900
# The IKE daemon that sitelink runs: two peers of one router, its agent, changes one
# by one, daemon and agent killed, apply killed at each step, and nothing left behind.
. "$(dirname "$0")/rsc_lib.sh"
[ -x /usr/sbin/charon-systemd ] || skip_all "no charon-systemd"

setup_ns A B C
for n in B C; do
	ip link add to$n netns A type veth peer name wan netns $n
	ip -n A link set to$n up
	ip -n $n link set wan up
	ip -n $n link add lan type dummy
	ip -n $n link set lan up
done
ip -n A link add lan type dummy
ip -n A link set lan up

# router A, and what differs
central() { # B's secret, B's lifetime, more
	cat <<-END
		/ip address
		add address=192.0.2.1/30 interface=toB
		add address=192.0.2.5/30 interface=toC
		add address=10.0.1.1/24 interface=lan
		/ip ipsec proposal
		add name=b lifetime=$2
		/ip ipsec peer
		add name=site-b address=192.0.2.2 exchange-mode=ike2
		add name=site-c address=192.0.2.6 exchange-mode=ike2
		/ip ipsec identity
		add peer=site-b secret="$1"
		add peer=site-c secret="of c"
		/ip ipsec policy
		add peer=site-b tunnel=yes src-address=10.0.1.0/24 \\
		    dst-address=10.0.2.0/24 proposal=b
		add peer=site-c tunnel=yes src-address=10.0.1.0/24 \\
		    dst-address=10.0.3.0/24
		/ip route
		add dst-address=10.0.2.0/24 gateway=192.0.2.2
		add dst-address=10.0.3.0/24 gateway=192.0.2.6
		${3:-}
	END
}
site() { # NS NET WAN CENTRAL SECRET [WORD...]: of its peer
	cat >"$TMP/$1.rsc" <<-END
		/ip address
		add address=$3/30 interface=wan
		add address=10.0.$2.1/24 interface=lan
		/ip ipsec peer
		add name=central address=$4 exchange-mode=ike2 ${6:-}
		/ip ipsec identity
		add peer=central secret="$5"
		/ip ipsec policy
		add peer=central tunnel=yes src-address=10.0.$2.0/24 \\
		    dst-address=10.0.1.0/24
		/ip route
		add dst-address=10.0.1.0/24 gateway=$4
	END
}

# run_file NS NAME
run_file() { echo "/run/sitelink/$(cookie "$1").$2"; }
# files COOKIE: all but the lock that one apply holds against another
files() { find /run/sitelink -name "$1.*" ! -name "$1.lock"; }
cookie() {
	ip netns exec "$1" python3 -c '
import socket
print(int.from_bytes(socket.socket().getsockopt(socket.SOL_SOCKET, 71, 8),
		     "little"))'
}
# of NS PROGRAM-WORD: pids of that namespace
pids() {
	local p
	for p in $(ip netns pids "$1"); do
		tr '\0' ' ' <"/proc/$p/cmdline" | grep -q -- "$2" && echo "$p"
	done
}
charon() { pids "$1" '^/usr/sbin/charon-systemd'; }
agent() { pids "$1" ike-agent; }
# but those that the kernel asks for
spis() {
	ip -n "$1" xfrm state |
		awk '/^\tproto esp spi/ && $4 != "0x00000000" { print $4 }' | sort
}
spis_to() { # NS FAR: of the SAs with it
	ip -n "$1" xfrm state | awk -v far="$2" '
		/^src/ { on = $2 == far || $4 == far }
		on && /proto esp spi/ { print $4 }' | sort
}
pairs() { [ "$(spis_to "$1" "$2" | wc -l)" -ge 2 ]; }
ping_from() { # NS SOURCE TO
	ip netns exec "$1" ping -q -c 3 -i 0.2 -W 3 -I "$2" "$3"
}
reaches() { ip netns exec A ping -q -c 1 -W 1 -I 10.0.1.1 "10.0.$1.1"; }
other_than() { [ -n "$2" ] && [ "$2" != "$1" ]; }
new_charon() { other_than "$1" "$(charon A)"; }
words() { tail -n 15 "$(run_file A ipsec.log)"; }
agent_check() {
	local failed=$TAP_FAILED
	check "$@"
	[ "$failed" = "$TAP_FAILED" ] || words | sed 's/^/# /'
}

central "of b" 30m >"$TMP/A.rsc"
site B 2 192.0.2.2 192.0.2.1 "of b" passive=yes
site C 3 192.0.2.6 192.0.2.5 "of c"
like "a dry run says so" "start the IKE daemon
load IPsec secret of site-b
load IPsec secret of site-c
load IPsec peer site-b
load IPsec peer site-c" "$(sl A apply -n)"
is "and does not" "" "$(charon A)"
for n in A B C; do
	check "$n: applies" sl $n apply
	is "$n: twice is once" "" "$(again $n)"
	is "$n: one daemon" 1 "$(charon $n | wc -l)"
	is "$n: one agent" 1 "$(agent $n | wc -l)"
	is "$n: its secrets are root's" 600 \
		"$(command stat -c %a "$(run_file $n ike)")"
done
for n in 2 3; do
	agent_check "10.0.$n.0/24: up by itself, and carries" \
		busywait 60 reaches $n
done
check "the agent has brought it up" busywait 30 pairs A 192.0.2.2
is "no child has our descriptors" "" "$(for p in $(charon A); do
	readlink /proc/"$p"/fd/* | grep -E "$TMP|tty"
done)"

# --- print
# of NS MENU WHERE PROPERTY...: as JSON says it
of() {
	local ns=$1 menu=$2 where=$3
	shift 3
	sl "$ns" -j "/ip ipsec $menu print where $where" |
		jq -r ".[] | [$(printf '."%s",' "$@" | sed 's/,$//')] | join(\" \")"
}
# both may have begun at once, and one of the two goes
two() { [ "$(sl A "/ip ipsec $1 print count-only")" = 2 ]; }
check "active-peers: one each" busywait 60 two active-peers
is "active-peers: B" "established 192.0.2.1 192.0.2.2 1" \
	"$(of A active-peers remote-address=192.0.2.2 state local-address \
		id ph2-total)"
is "active-peers: of C, too" "192.0.2.5" \
	"$(of A active-peers remote-address=192.0.2.6 local-address)"
check "remote-peers are the same" two remote-peers
packets() {
	[ "$(of A active-peers remote-address=192.0.2.2 rx-packets)" -ge 1 ] &&
		[ "$(of A active-peers remote-address=192.0.2.2 tx-packets)" -ge 1 ]
}
check "active-peers: packets" busywait 10 packets
like "active-peers: uptime" '^[0-9ms]+ [0-9ms]+$' \
	"$(of A active-peers remote-address=192.0.2.2 uptime last-seen)"
is "policy" "established 1 192.0.2.1 192.0.2.2" \
	"$(of A policy peer=site-b ph2-state ph2-count sa-src-address \
		sa-dst-address)"
is "the one that is not passive began" "initiator responder" \
	"$(for n in A B; do of $n active-peers \
		'remote-address~"192.0.2.[12]$"' side; done | xargs)"

# --- changed one by one
c=$(spis_to A 192.0.2.6)
b=$(spis_to A 192.0.2.2)
central "of b" 20m >"$TMP/A.rsc"
is "what is changed" "load IPsec peer site-b anew" "$(sl A apply -n)"
check "another proposal for B" sl A apply
is "twice is once" "" "$(again A)"
others() { pairs A 192.0.2.2 && other_than "$b" "$(spis_to A 192.0.2.2)"; }
agent_check "B's SAs are others" busywait 60 others
agent_check "B: carries" busywait 60 reaches 2
is "C's are the same" "$c" "$(spis_to A 192.0.2.6)"
charon=$(charon A)
central "of b" 20m "/ip ipsec profile set default dpd-maximum-failures=3" \
	>"$TMP/A.rsc"
like "other settings" "change the settings of the IKE daemon" \
	"$(sl A apply -n)"
check "applies" sl A apply
is "twice is once" "" "$(again A)"
is "the daemon is the same" "$charon" "$(charon A)"
is "C's SAs are, too" "$c" "$(spis_to A 192.0.2.6)"

# --- a wrong secret, and the right one again
central "not of b" 20m >"$TMP/A.rsc"
check "another secret for B" sl A apply
central "of b" 20m >"$TMP/A.rsc"
check "and the one that was" sl A apply
agent_check "B: carries" busywait 60 reaches 2
is "C's SAs are the same" "$c" "$(spis_to A 192.0.2.6)"

# --- the daemon dies
before=$(charon A)
old=$(spis A)
kill -9 "$before"
agent_check "killed: it comes again" busywait 60 new_charon "$before"
agent_check "B: carries again" busywait 90 reaches 2
agent_check "C: carries again" busywait 90 reaches 3
both() { pairs A 192.0.2.2 && pairs A 192.0.2.6; }
agent_check "SAs with both" busywait 60 both
is "none is an old one" "" "$(comm -12 <(echo "$old") <(spis A))"
is "apply has nothing to do" "" "$(again A)"

# --- SAs that the kernel has lost
old=$(spis A)
ip -n A xfrm state flush
agent_check "flushed: SAs with both" busywait 60 both
agent_check "B: carries again" busywait 60 reaches 2
is "none is an old one" "" "$(comm -12 <(echo "$old") <(spis A))"

# --- the agent dies, and the daemon with it
before=$(charon A)
kill -9 "$(agent A)"
gone() { [ -z "$(charon "$1")" ]; }
check "agent killed: the daemon does not stay" busywait 30 gone A
is "nor its SAs" "" "$(spis A)"
like "apply notices" "start the IKE daemon" "$(sl A apply -n)"
check "and mends" sl A apply
is "twice is once" "" "$(again A)"
agent_check "B: carries" busywait 60 reaches 2

# --- both killed: what is left in the kernel goes
kill -9 "$(agent A)" "$(charon A)"
check "both killed" busywait 30 gone A
check "apply mends" sl A apply
agent_check "B: carries" busywait 60 reaches 2
agent_check "C: carries" busywait 60 reaches 3

# --- apply killed at each of its steps
if command -v strace >/dev/null; then
	central "of b" 10m >"$TMP/A.rsc"
	kills=0 mended=0
	for call in sendto rename,renameat unlink,unlinkat pidfd_send_signal; do
		for i in {1..60}; do
			sed -i "s/lifetime=[0-9]*m/lifetime=$((11 + kills))m/" \
				"$TMP/A.rsc"
			ip netns exec A bash -c "strace -qq -o /dev/null \
				-e inject=$call:signal=KILL:when=$i \
				$SITELINK -f $TMP/A.rsc apply" \
				>/dev/null 2>&1 && break
			kills=$((kills + 1))
			sl A apply >"$TMP/said" 2>&1 || break
			[ -z "$(again A)" ] || break
			mended=$((mended + 1))
		done
	done
	is "killed $kills times, and mended" "$kills" "$mended"
	check "more than a few" [ "$kills" -gt 5 ]
	agent_check "B: carries" busywait 60 reaches 2
fi

# --- one peer goes
sed -i '/site-c/,+0d' "$TMP/A.rsc"
sed -i '/dst-address=10.0.3.0\/24$/d' "$TMP/A.rsc"
b=$(spis_to A 192.0.2.2)
like "unloads" "unload IPsec peer site-c" "$(sl A apply -n)"
check "without C" sl A apply
none_with_c() { [ -z "$(spis_to A 192.0.2.6)" ]; }
check "C's SAs are gone" busywait 30 none_with_c
agent_check "B: carries" reaches 2
is "B's SAs are the same" "$b" "$(spis_to A 192.0.2.2)"

# --- somebody else's daemon
before=$(cookie B)
check "B: flush" sl B flush
is "B: no process" "" "$(ip netns pids B)"
is "B: no file" "" "$(files "$before")"
is "B: no SA" "" "$(ip -n B xfrm state)"
is "B: no policy" "" "$(ip -n B xfrm policy | grep -v 'socket\|^src 0.0.0.0/0 dst 0.0.0.0/0\|^src ::/0 dst ::/0\|priority 0')"
mkdir "$TMP/other"
cat >"$TMP/other/strongswan.conf" <<-END
	charon-systemd {
		load = random nonce openssl kdf kernel-netlink socket-default
	}
END
STRONGSWAN_CONF=$TMP/other/strongswan.conf ip netns exec B \
	charon-systemd >/dev/null 2>&1 &
BACKGROUND+=($!)
here() { [ -n "$(charon "$1")" ]; }
busywait 30 here B
like "a daemon that is not ours: refused" \
	'strongSwan runs here already.*systemctl disable --now strongswan' \
	"$(sl B apply 2>&1)"
kill $!
wait $! 2>/dev/null
check "without it: applies" sl B apply

for n in A B C; do
	check "$n: flush" sl $n flush
	is "$n: no process" "" "$(ip netns pids $n)"
	is "$n: no SA" "" "$(ip -n $n xfrm state)"
	is "$n: no policy" "" "$(ip -n $n xfrm policy)"
done
is "no file" "" "$(files "[0-9]*")"
finish
