#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# /routing rule, /ip route and /ip address beside what others have in the kernel: twice
# is once, and theirs stays.
. "$(dirname "$0")/rsc_lib.sh"

setup_ns A
ip -n A link add ether1 type veth peer name ether2
ip -n A link set ether1 up
ip -n A link set ether2 up

rules() { # FAMILY: ours, without what each has
	ip -n A "$1" rule show | sed -n "s/ proto \($PROTO\|0x53\)//p" | tr '\t' ' '
}

# --- rules
rsc_check "rules for all of a family" A <<'EOF'
/routing rule
add src-address=0.0.0.0/0 table=100
add dst-address=::/0 table=101
add src-address=10.1.0.0/16 dst-address=0.0.0.0/0 table=102
EOF
is "the first and the last are of IPv4" \
	"20100: from all lookup 100 20104: from 10.1.0.0/16 lookup 102" \
	"$(rules -4 | xargs)"
is "the second of IPv6" "20102: from all lookup 101" "$(rules -6 | xargs)"
rsc_check "a rule with an address" A <<<"/routing rule add src-address=10.1.0.0/16 table=100"
rsc_check "and without it" A <<<"/routing rule add table=100"
ip -n A rule save >"$TMP/rules"
rsc_check "and with one again" A <<<"/routing rule add src-address=10.1.0.0/16 table=100"
# what an apply that was killed leaves; asked to remove it, the kernel takes the other
ip -n A rule restore <"$TMP/rules"
is "one too many" 2 "$(rules -4 | wc -l)"
check "it goes" sl A apply
is "and the one that is wanted stays" "20100: from 10.1.0.0/16 lookup 100" \
	"$(rules -4 | xargs)"
is "then all is as it should be" "" "$(again A)"

# a machine without IPv6, as far as one can see: the mount ends with the command
without6() {
	# shellcheck disable=SC2016 # expanded there
	ip netns exec A bash -c 'mount -t tmpfs none /proc/sys/net/ipv6 && "$@"' - \
		"$SITELINK" "$@" "$TMP/A.rsc"
}
check "flush" sl A flush
cat >"$TMP/A.rsc" <<<"/routing rule add table=100"
check "without IPv6: a rule for all packets" without6 apply
is "without IPv6: is of IPv4 only" "20100: from all lookup 100" \
	"$(rules -4 | xargs; rules -6)"
is "without IPv6: twice is once" "" "$(without6 apply --dry-run 2>&1)"

# --- networks that are there as NetworkManager makes them: the address has no route of
# its own, and the route is one by itself
check "flush" sl A flush
via() { # FAMILY: destinations of routes that are ours
	ip -n A -j "$1" route show table all proto $PROTO | jq -r 'map(.dst) | join(" ")'
}
ip -n A addr add 192.0.2.5/24 dev ether1 noprefixroute
ip -n A route add 192.0.2.0/24 dev ether1 src 192.0.2.5 proto kernel scope link metric 100
ip -n A addr add 2001:db8:1::5/64 dev ether1 noprefixroute nodad
ip -n A route add 2001:db8:1::/64 dev ether1 proto kernel metric 100
ip -n A route add 198.51.100.0/24 dev ether2 proto static
routes='/ip route
add dst-address=10.1.0.0/16 gateway=192.0.2.1
add dst-address=10.2.0.0/16 gateway=192.0.2.1%ether1
add dst-address=10.3.0.0/16 gateway=198.51.100.1%ether2
/ipv6 route
add dst-address=2001:db8:77::/48 gateway=2001:db8:1::1'
cat >"$TMP/A.rsc" <<<"$routes"
is "a dry run has them" 4 "$(again A | grep -c '^add route')"
rsc_check "gateways in others' networks" A <<<"$routes"
is "routes are there" "10.1.0.0/16 10.2.0.0/16 10.3.0.0/16" "$(via -4)"
is "and of IPv6" "2001:db8:77::/48" "$(via -6)"
# networks of our own, which go: so does the way to the gateway
rsc_check "gateways in our networks" A <<<"/ip address add address=10.9.0.1/24 interface=ether1
/ip route add dst-address=10.1.0.0/16 gateway=10.9.0.2"
cat >"$TMP/A.rsc" <<<"/ip route add dst-address=10.1.0.0/16 gateway=10.9.0.2"
like "a dry run knows that they go" "remove route 10.1.0.0/16" "$(again A)"
check "so does the run" sl A apply
is "indeed" "" "$(via -4)"

# --- a network of an interface goes before a route to it
connected='/ipv6 address add address=2001:db8:2::1/64 interface=ether2 advertise=no
/ipv6 route
add dst-address=2001:db8:2::/64 gateway=2001:db8:1::1
add dst-address=2001:db8:1::/64 gateway=2001:db8:2::9
add dst-address=2001:db8:2:1::/64 gateway=2001:db8:1::1'
cat >"$TMP/A.rsc" <<<"$connected"
is "a dry run has only the other" 1 "$(again A | grep -c '^add route')"
out=$(sl A apply 2>&1)
is "two are said to be inactive" 2 \
	"$(grep -c "inactive: an interface has that network itself" <<<"$out")"
is "the other is there" "2001:db8:2:1::/64" "$(via -6)"
like "connected ones are used" "dev ether2" "$(ip -n A route get 2001:db8:2::7)"
is "again is nothing" "" "$(again A)"
sed -i 1d "$TMP/A.rsc"
check "when the interface's goes, the route comes" sl A apply
is "and is there" "2001:db8:2::/64 2001:db8:2:1::/64" "$(via -6)"

# --- another address for an interface: others' routes by it stay
theirs() { ip -n A -o route show proto static dev ether2; }
rsc_check "one address" A <<<"/ip address add address=10.7.0.1/24 interface=ether2"
ip -n A route add 203.0.113.0/24 via 10.7.0.9 proto static
was=$(theirs)
for a in 10.7.0.2/24 10.7.0.2/16 10.8.0.2/24; do
	rsc_check "$a" A <<<"/ip address add address=$a interface=ether2"
	is "$a: routes of others" "$was" "$(theirs)"
done
rsc_check "it moves, in other forms" A <<<"/ip address
add address=10.8.0.2/16 interface=ether1
add address=10.7.0.2/32 network=10.7.0.9 interface=ether2"
rsc_check "and back" A <<<"/ip address
add address=10.8.0.2/16 interface=ether2
add address=10.7.0.2/24 interface=ether2
/ipv6 address add address=2001:db8:2::1/64 interface=ether2 advertise=no"
rsc_check "another length of prefix" A <<<"/ip address add address=10.7.0.2/32 interface=ether2
/ipv6 address add address=2001:db8:2::1/63 interface=ether2 advertise=no"

# --- tables that have the numbers of the kernel's own
rsc_check "tables 253 to 255" A <<<"/ip route
add dst-address=10.3.0.0/16 gateway=192.0.2.1 routing-table=253
add dst-address=10.4.0.0/16 gateway=192.0.2.1 routing-table=254
add dst-address=10.5.0.0/16 gateway=192.0.2.1 routing-table=255
add dst-address=10.6.0.0/16 gateway=192.0.2.1 routing-table=252"
for t in default main local; do
	is "none of them is the table $t" "" \
		"$(ip -n A route show table $t proto $PROTO)"
done
is "another number is itself" 1 "$(ip -n A route show table 252 | wc -l)"
check "flush" sl A flush
is "flush: nothing is left" "" "$(left A)"

finish
