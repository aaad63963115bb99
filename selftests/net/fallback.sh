#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# The fallback devices gre0, gretap0, tunl0, ip_vti0 and the ioctl of `ip tunnel`: line
# by line as with the in-tree modules, then what packets and teardown do.
. "$(dirname "$0")/lib.sh"

# Commands for A; each one's words and exit status are compared.
lines() {
	cat <<-'END'
	ip -d link show gre0
	ip -d link show gretap0
	ip -d link show tunl0
	ip tunnel show gre0
	ip tunnel show tunl0
	ip link del gre0
	ip link del gretap0
	ip link del tunl0
	ip link show gre0 up
	ip link set gre0 netns B
	ip link set gretap0 netns B
	ip link set tunl0 netns B
	ip link set gre0 type gre ttl 5
	ip link set tunl0 type ipip ttl 5
	ip link add x type gre
	ip link add x type ipip
	ip link set gretap0 up
	ip tunnel add g1 mode gre local 192.0.2.1 remote 192.0.2.2
	ip tunnel show g1
	ip -d link show g1
	ip tunnel add g1 mode gre local 192.0.2.1 remote 192.0.2.2
	ip tunnel add g2 mode gre local 192.0.2.1 remote 192.0.2.2
	ip tunnel add g1 mode gre local 192.0.2.1 remote 192.0.2.3
	ip link add g2 type gre local 192.0.2.1 remote 192.0.2.2
	ip tunnel add g2 mode gre local 192.0.2.1 remote 192.0.2.2 key 7
	ip tunnel add g3 mode gre remote 192.0.2.2 ttl 9 tos inherit csum seq dev wan
	ip tunnel add g4 mode gre local 192.0.2.1 remote 224.66.66.66 ikey 1 okey 2.0.0.0
	ip tunnel add g5 mode gre remote 224.66.66.66
	ip tunnel add mode gre local 192.0.2.1
	ip tunnel add g6 mode gre
	ip tunnel add g/6 mode gre local 192.0.2.9
	ip tunnel add g6 mode gre local 192.0.2.9 nopmtudisc icsum iseq
	ip tunnel show g2
	ip tunnel show g3
	ip tunnel show g4
	ip tunnel show gre1
	ip tunnel show g6
	ip -d link show g3
	ip -d link show g4
	ip tunnel change g1 mode gre ttl 33
	ip tunnel change g1 mode gre remote 192.0.2.2 local 192.0.2.1 ttl 34 tos 4
	ip tunnel show g1
	ip tunnel change g1 mode gre remote 192.0.2.2 local 192.0.2.1 nopmtudisc key 7
	ip tunnel change g1 mode gre remote 192.0.2.2 local 192.0.2.1 nopmtudisc key 8 csum
	ip -d link show g1
	ip tunnel change g1 mode gre remote 192.0.2.7 local 192.0.2.1
	ip tunnel change g1 mode gre remote any local 192.0.2.1
	ip tunnel show g1
	ip tunnel change mode gre remote 192.0.2.7 local 192.0.2.1 ttl 4
	ip tunnel change mode gre remote 192.0.2.8 local 192.0.2.1 ttl 4
	ip tunnel change gre0 mode gre ttl 8
	ip tunnel show gre0
	ip tunnel change gre0 mode gre
	ip tunnel show mode gre remote 192.0.2.7
	ip tunnel show mode gre
	ip tunnel del gre0
	ip tunnel del mode gre remote 192.0.2.2 local 192.0.2.1 key 9
	ip tunnel del mode gre remote 192.0.2.2 local 192.0.2.1 key 7
	ip tunnel del g1
	ip tunnel del g1
	setpriv --reuid 65534 --clear-groups ip tunnel show g3
	setpriv --reuid 65534 --clear-groups ip tunnel del g3
	setpriv --reuid 65534 --clear-groups ip tunnel add g7 mode gre remote 192.0.2.7
	ip tunnel add i1 mode ipip local 192.0.2.1 remote 192.0.2.2
	ip tunnel add i1 mode ipip local 192.0.2.1 remote 192.0.2.2
	ip tunnel add i2 mode any local 192.0.2.1 remote 192.0.2.2
	ip tunnel add i2 mode any remote 192.0.2.2 ttl 5
	ip tunnel add i3 mode ipip remote 192.0.2.3 key 5
	ip tunnel add i4 mode ipip
	ip tunnel add mode ipip local 192.0.2.9 nopmtudisc
	ip tunnel show i1
	ip tunnel show i2
	ip -d link show i2
	ip tunnel show ipip0
	ip tunnel change i1 mode ipip local 192.0.2.1 remote 192.0.2.6 ttl 3
	ip tunnel show i1
	ip tunnel change i1 mode ipip remote 192.0.2.2
	ip tunnel change tunl0 mode ipip tos inherit
	ip tunnel show tunl0
	ip -d link show ip_vti0
	ip link del ip_vti0
	ip link set ip_vti0 netns B
	ip link add x type vti
	ip tunnel add v1 mode vti local 192.0.2.1 remote 192.0.2.2 key 5
	ip tunnel add v1 mode vti local 192.0.2.1 remote 192.0.2.2 key 6
	ip tunnel add v2 mode vti local 192.0.2.1 remote 192.0.2.2 key 6
	ip tunnel add v2 mode vti remote 192.0.2.4 ikey 1 okey 2 dev wan
	ip tunnel add mode vti local 192.0.2.9
	ip tunnel show v1
	ip -d link show v2
	ip tunnel change v1 mode vti local 192.0.2.1 remote 192.0.2.2 key 7
	ip -d link show v1
	ip tunnel del ip_vti0
	ip tunnel del mode vti local 192.0.2.1 remote 192.0.2.2
	ip tunnel show
	ip tunnel del tunl0
	ip tunnel del mode ipip remote 192.0.2.2
	ip tunnel del i1
	ip link del g3
	ip -br link show
	END
}

# What differs by chance: numbers, MACs, our own words, and who lists first.
plain() {
	sed -E '/erspan0/d; s/^[0-9]+: //; s/ addrgenmode.*//
		s/ promiscuity.*//; s/ (keepalive|numtxqueues) .*//; s/ether [0-9a-f:]{17}/ether MAC/
		s/ [0-9a-f:]{17} / MAC /; s/@if[0-9]+/@if/
		s/^(RTNETLINK answers|Error): .*/refused/
		s/^(add|delete|get) tunnel "[^"]*"/tunnel/; s/ *$//' | sort
}

# has NS NAME...: which of them there are; to ask for one by name would load
# the in-tree module
has() {
	local ns=$1
	shift
	ip -n "$ns" -br link show | sed 's/[@ ].*//' |
		grep -xF "$(printf '%s\n' "$@")" | sort | xargs
}

# all WHOSE MODULE...: what the modules answer
all() {
	local n=0 line dir=$TMP/$1
	mkdir "$dir"
	shift
	setup_ns A B
	wan A B
	modprobe -a "$@" || fail "$* load"
	while read -r line; do
		# shellcheck disable=SC2086 # words
		{
			ip netns exec A $line
			echo "status $?"
		} 2>&1 | plain >"$dir/$n"
		n=$((n + 1))
	done < <(lines)
	for n in 0 1 2; do
		sysctl -qw net.core.fb_tunnels_only_for_init_net=$n
		ip netns add C
		echo "$n: $(has C gre0 gretap0 tunl0 ip_vti0)"
		ip netns del C
	done >"$dir/sysctl"
	# a module that comes when the sysctl stands
	rmmod "$@"
	modprobe -a "$@"
	echo "2, loaded: $(has A gre0 gretap0 tunl0 ip_vti0)" >>"$dir/sysctl"
	sysctl -qw net.core.fb_tunnels_only_for_init_net=0
	ip netns del A
	ip netns del B
	rmmod "$@" || fail "$* unload"
	NAMESPACES=()
}

all stock ip_gre ipip ip_vti
all ours sitelink_gre sitelink_ipip sitelink_vti
n=0
while read -r line; do
	is "as in-tree: $line" "$(cat "$TMP/stock/$n")" "$(cat "$TMP/ours/$n")"
	n=$((n + 1))
done < <(lines)
is "net.core.fb_tunnels_only_for_init_net, as in-tree" \
	"$(cat "$TMP/stock/sysctl")" "$(cat "$TMP/ours/sysctl")"
like "and it is there to be seen" '0: gre0 gretap0 ip_vti0 tunl0 1: *2: *2, loaded: *$' \
	"$(xargs <"$TMP/ours/sysctl")"
is "no device is left behind" "" \
	"$(ip -o link show type gre; ip -o link show type gretap
	   ip -o link show type ipip; ip -o link show type vti)"

# a name that is taken
setup_ns A B
wan A B
ip -n A link add gre0 type dummy
modprobe sitelink_gre
is "gre0 is taken: the next name" gre1 "$(has A gre1)"
rmmod sitelink_gre
ip -n A link set gre0 name gretap0
modprobe sitelink_gre 2>/dev/null
is "gretap0 is taken: does not load, as in-tree" "" \
	"$(grep ^sitelink_gre /proc/modules)"
is "and leaves nothing" "" "$(ip -n B -o link show type gre)"
ip -n A link del gretap0
modprobe -a sitelink_gre sitelink_ipip

# what no tunnel takes goes to the fallback device, if it is up
ip -n B link add g type gre local 192.0.2.2 remote 192.0.2.1
ip -n B link add k type gre local 192.0.2.2 remote 192.0.2.1 key 5
ip -n B link add e type gretap local 192.0.2.2 remote 192.0.2.1
ip -n B link add i type ipip local 192.0.2.2 remote 192.0.2.1
n=1
for d in g k e i; do
	ip -n B addr add 10.0.$n.2/24 dev $d
	ip -n B link set $d up
	ip -n B neigh replace 10.0.$n.1 lladdr 02:00:00:00:00:01 dev $d 2>/dev/null
	n=$((n + 1))
done
# pushed DEV N: one packet out of B's device of that subnet
pushed() { ip netns exec B ping -q -c1 -W1 -I "$1" "10.0.$2.1" >/dev/null; }
# takes NAME DEV B-DEV N: A's DEV takes what B-DEV sends
takes() {
	local was
	was=$(stat A "$2" rx_packets)
	pushed "$3" "$4"
	check "$1" busywait 5 at_least $((was + 1)) stat A "$2" rx_packets
}
refuses() {
	local was
	was=$(snmp A Icmp OutDestUnreachs)
	pushed "$2" "$3"
	check "$1" busywait 5 at_least $((was + 1)) snmp A Icmp OutDestUnreachs
}
sysctl_ns A net.ipv4.icmp_ratelimit=0
refuses "down: gre is unreachable" g 1
refuses "down: gretap is unreachable" e 3
refuses "down: ipip is unreachable" i 4
ip -n A link set gretap0 address 02:00:00:00:00:01
for d in gre0 gretap0 tunl0; do
	ip -n A link set $d up
done
takes "gre0 takes gre" gre0 g 1
takes "gre0 takes a key" gre0 k 2
takes "gretap0 takes frames" gretap0 e 3
takes "tunl0 takes ipip" tunl0 i 4
ip -n A link set gretap0 down
takes "gre0 takes frames that no gretap does" gre0 e 3
ip -n A link add g type gre local 192.0.2.1 remote 192.0.2.2
ip -n A link set g up
takes "a tunnel comes before it" g g 1
ip -n A link del g
# and send: gre0 to a neighbour, tunl0 to the next hop
ip -n A addr add 10.0.1.1/24 dev gre0
ip -n A neigh add 10.0.1.2 lladdr 192.0.2.2 dev gre0
ip -n A addr add 10.0.4.1/32 dev tunl0
ip -n A route add 10.0.4.2 via 192.0.2.2 dev tunl0 onlink
check "gre0 answers" ping_ns B 10.0.1.1
check "tunl0 answers" ping_ns B 10.0.4.1
ip -n A link set gretap0 up
ip -n A addr add 10.0.3.1/24 dev gretap0
ip -n A neigh add 10.0.3.2 lladdr 02:00:00:00:00:02 dev gretap0
was=$(stat A gretap0 tx_errors)
ping_ns A 10.0.3.2 >/dev/null
check "gretap0 knows nobody to send to" \
	[ "$(stat A gretap0 tx_errors)" -gt "$was" ]

# teardown with packets in flight
for d in g k i; do
	ip netns exec B ping -q -f -I $d 10.0.1.1 >/dev/null 2>&1 &
	BACKGROUND+=($!)
done
# flooded: gre0 receives now
flooded() { at_least $(($1 + 50)) stat A gre0 rx_packets; }
check "a flood comes in" busywait 20 flooded "$(stat A gre0 rx_packets)"
ip netns del A
NAMESPACES=(B)
check "netns exit with them up and receiving" [ ! -e /run/netns/A ]
setup_ns A
ip -n B link del wan 2>/dev/null
wan A B
for d in gre0 tunl0; do
	ip -n A link set $d up
done
check "a flood comes in again" busywait 20 flooded 0
check "unload with them up and receiving" rmmod sitelink_gre sitelink_ipip
is "and they are gone" "" "$(has A gre0 gretap0 tunl0 ip_vti0)"
finish
