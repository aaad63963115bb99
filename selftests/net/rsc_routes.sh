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

finish
