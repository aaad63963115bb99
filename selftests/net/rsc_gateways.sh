#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Routes of many gateways: some named more than once, as many as may be, more by one
# item and by two, and a route with more than a request to the kernel has room for.
. "$(dirname "$0")/rsc_lib.sh"

setup_ns A
cable A ether1 A ether2
base='/ip address add address=10.9.0.1/16 interface=ether1
/ipv6 address add address=2001:db8::1:0/64 interface=ether1 no-dad=yes'

gateways() { seq -s, -f "$1%g" "$2" "$3"; }
ways() { ip -n A "$@" | grep -c nexthop; }
routes() { # FIRST LAST
	cat <<-END
	/ip route add dst-address=10.8.0.0/16 gateway=$(gateways 10.9.1. "$1" "$2")
	/ipv6 route add dst-address=2001:db8:8::/48 gateway=$(gateways 2001:db8:: "$1" "$2")
	END
}

# --- one that is named more than once has more of the traffic
shares() { # OPTION: of each way
	ip -n A "$@" | sed -n 's/.*nexthop via \([^ ]*\).* weight \([0-9]*\).*/\1 \2/p'
}
twice="/ip route add dst-address=10.6.0.0/16 gateway=10.9.1.1,10.9.1.2,10.9.1.1
/ip route add dst-address=10.6.0.0/16 gateway=10.9.1.2,10.9.1.1
/ipv6 route add dst-address=2001:db8:6::/48 gateway=2001:db8::1,2001:db8::2,2001:db8::1
/ipv6 route add dst-address=2001:db8:5::/48 gateway=2001:db8::1,2001:db8::1"
rsc_check "named twice" A <<<"$base
$twice"
is "named thrice by two items" "10.9.1.1 3
10.9.1.2 2" "$(shares route show 10.6.0.0/16)"
is "named twice, of IPv6" "2001:db8::1 2
2001:db8::2 1" "$(shares -6 route show 2001:db8:6::/48)"
like "the only one, named twice" "via 2001:db8::1 dev ether1" \
	"$(ip -n A -6 route show 2001:db8:5::/48)"
ip -n A route change 10.6.0.0/16 proto "$PROTO" metric 1 \
	nexthop via 10.9.1.1 nexthop via 10.9.1.2
rsc_check "other shares" A <<<"$base
$twice"
is "other shares are put right" "10.9.1.1 3
10.9.1.2 2" "$(shares route show 10.6.0.0/16)"

# --- as many as may be, and more
rsc_check "128 gateways" A <<<"$base
$(routes 1 128)"
is "128 gateways: ip route shows them" 128 "$(ways route show)"
is "128 gateways: ip -6 route, too" 128 "$(ways -6 route show)"
is "128 gateways: print, too" 128 "$(sl A -j '/ipv6 route print where static' |
	jq '.[0]["immediate-gw"] | length')"

echo "$base
$(routes 1 129)" >"$TMP/A.rsc"
out=$(sl A check "$TMP/A.rsc" 2>&1)
is "129: refused" 1 $?
like "129: says so" "A.rsc:3:[0-9]+: gateway: 129 .* there may be 128" "$out"
like "129: of IPv6" "A.rsc:4:[0-9]+: gateway: 129 " "$out"
out=$(paste A 2>&1 <<<"$base
$(routes 1 100)
$(routes 101 129)")
is "129 by two items: refused" 1 $?
like "129 by two items: the second one" \
	"A.rsc:5:[0-9]+: gateway: 129 .* there may be 128" "$out"
is "129 by two items: nothing has been changed" 128 "$(ways route show)"

# --- gateways that others have added to a route of ours, which was to be put back
for i in $(seq 600); do
	echo "route append 2001:db8:7::/48 via 2001:db8::2:$i dev ether1 proto $PROTO metric 1"
done | ip -n A -6 -batch -
ip -n A route add 10.7.0.0/16 dev ether1 metric 5
out=$(paste A 2>&1 <<<"$base
$(routes 1 128)
/ip route add dst-address=10.7.0.0/16 distance=5 gateway=10.9.0.3")
is "600: refused" 1 $?
like "600: the first cause" "10.7.0.0/16: another program" "$out"
like "600: no request has room for them" \
	"2001:db8:7::/48: it has too many gateways" "$out"
like "600: which is said" "not all could be put back" "$out"
is "600: all else is there" 128 "$(ways route show)"
finish
