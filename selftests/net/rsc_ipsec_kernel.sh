#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# Policies of ours in the kernel: nothing passes in clear where a policy encrypts,
# with the daemon's policies and without; discard, none, level=use, their order.
. "$(dirname "$0")/ipsec_kernel_lib.sh"

kernel_sites
ip -n R xfrm policy add src 10.9.0.0/24 dst 10.8.0.0/24 dir out action block \
	priority 7
foreign=$(not_ours R)
wan_begin
rsc_check "policies" R <<EOS
$PEER
/ip ipsec policy
add action=none src-address=10.1.0.0/24 dst-address=10.3.0.0/25
add peer=s tunnel=yes src-address=10.1.0.0/24 dst-address=10.2.0.0/24
add action=discard src-address=10.1.0.0/24 dst-address=10.3.0.0/24
add action=discard src-address=10.1.0.0/24 dst-address=10.4.0.0/24 protocol=tcp src-port=1000 dst-port=80
EOS
guard=$(priority $GUARD)
is "a guard in each direction" "fwd:block:$guard 10.2.0.0/24 10.1.0.0/24
in:block:$guard 10.2.0.0/24 10.1.0.0/24
out:block:$guard 10.1.0.0/24 10.2.0.0/24" "$(of_kind $GUARD)"
none=$(priority $NONE)
is "action=none" "fwd:allow:$none 10.3.0.0/25 10.1.0.0/24
in:allow:$none 10.3.0.0/25 10.1.0.0/24
out:allow:$none 10.1.0.0/24 10.3.0.0/25" "$(of_kind $NONE)"
discard=$(priority $DISCARD 10.4)
like "action=discard, and ports go with their side" \
	"in:block:$discard 10.4.0.0/24 10.1.0.0/24 proto tcp sport 80 dport 1000" \
	"$(of_kind $DISCARD)"
check "in the order of the menu" [ "$none" -lt "$guard" ] &&
	check "in the order of the menu, too" \
		[ "$guard" -lt "$(priority $DISCARD 10.3)" ]
like "steps: one a policy" \
	"^add discard in clear: 10.1.0.0/24 to 10.2.0.0/24
[^
]*$" "$(sed 's/^add action.*//' "$TMP/R.rsc" | ip netns exec HA "$SITELINK" \
	apply -n /dev/stdin | grep -A1 clear)"

# --- no SA
blocked=$(xfrm_stat R XfrmOutPolBlock)
echoes=$(snmp HA Icmp InEchos)
check "without SA: nothing leaves" not ping1 HA 10.2.0.2
check "without SA: which is counted" [ "$(xfrm_stat R XfrmOutPolBlock)" -gt "$blocked" ]
blocked=$(xfrm_stat R XfrmInPolBlock)
check "without SA: what comes in clear" not openly S 10.1.0.2 -I 10.2.0.2
check "without SA: is dropped" [ "$(xfrm_stat R XfrmInPolBlock)" -gt "$blocked" ]
check "without SA: for the router itself, too" not openly S 10.1.0.1 -I 10.2.0.2
is "without SA: the host has got none of it" "$echoes" "$(snmp HA Icmp InEchos)"
check "action=none: passes" busywait 60 openly HA 10.3.0.2
check "action=none: comes" busywait 60 openly S 10.1.0.2 -I 10.3.0.2
is "no other policy has changed" "$foreign" "$(not_ours R)"

# --- with SAs: the daemon's policies are above, though of the same selector
esp_up() { daemon_up $((guard - 1)) tunnel 5 10.1.0.0/24 10.2.0.0/24; }
esp_down() { daemon_down 10.1.0.0/24 10.2.0.0/24; }
check "the daemon's policies go beside ours" esp_up
check "with SAs: there and back" pings HA 10.2.0.2
check "with SAs: from the other side" pings S 10.1.0.2 -I 10.2.0.2
is "with SAs: apply has nothing to do" "" "$(again R)"
ip -n S xfrm policy flush
check "with SAs: what comes in clear is dropped" not openly S 10.1.0.2 -I 10.2.0.2
check "the daemon ends" esp_down
check "without it: nothing leaves" not ping1 HA 10.2.0.2
check "without it: nothing comes" not openly S 10.1.0.2 -I 10.2.0.2
is "without it: ours are as they were" "$guard" "$(priority $GUARD)"

# --- order: what is first decides
check "action=discard: for what none does not take" \
	[ "$(priority $DISCARD 10.3)" -gt "$none" ]
rsc_check "discard first" R <<EOS
$PEER
/ip ipsec policy
add action=discard src-address=10.1.0.0/24 dst-address=10.3.0.0/24
add action=none src-address=10.1.0.0/24 dst-address=10.3.0.0/25
add peer=s tunnel=yes src-address=10.1.0.0/24 dst-address=10.2.0.0/24
EOS
check "discard first: nothing leaves" not openly HA 10.3.0.2
check "discard first: nothing comes" not openly S 10.1.0.2 -I 10.3.0.2
check "what went is gone" not grep -q 10.4.0.0 <<<"$(of_kind $DISCARD)"

# --- a change: at no moment does a packet pass that neither the old nor the new
# policies let pass. Both of these drop what goes to 10.4.0.2.
orders=(
	"add action=discard dst-address=10.4.0.0/24 src-address=10.1.0.0/24
add action=none dst-address=10.4.0.2/32 src-address=10.1.0.0/24
add action=discard dst-address=10.4.0.0/25 src-address=10.1.0.0/24"
	"add action=discard dst-address=10.4.0.0/25 src-address=10.1.0.0/24
add action=none dst-address=10.4.0.2/32 src-address=10.1.0.0/24
add action=discard dst-address=10.4.0.0/24 src-address=10.1.0.0/24"
	"add action=discard dst-address=10.4.0.0/16 src-address=10.1.0.0/24
add action=none dst-address=10.4.0.2/32 src-address=10.1.0.0/24"
	"add peer=s tunnel=yes dst-address=10.4.0.0/24 src-address=10.1.0.0/24
add action=none dst-address=10.4.0.0/16 src-address=10.1.0.0/24"
	"add action=discard dst-address=10.0.0.0/8 src-address=10.1.0.0/24
add peer=s tunnel=yes dst-address=10.4.0.0/24 src-address=10.1.0.0/24"
)
change_to() {
	printf '%s\n/ip ipsec policy\n%s\n' "$PEER" "$1" >"$TMP/R.rsc"
	sl R apply
}
check "changes: the first" change_to "${orders[0]}"
ip -n R -s xfrm policy >"$TMP/before"
ip -n R -s xfrm monitor policy >"$TMP/events" &
BACKGROUND+=($!)
# the monitor is there when it tells of this one
tells() { # ADDRESS
	ip -n R xfrm policy add src "$1" dst 10.8.8.8 dir out
	ip -n R xfrm policy del src "$1" dst 10.8.8.8 dir out
	grep -q "$1" "$TMP/events"
}
check "changes: the monitor listens" busywait 30 tells 10.9.9.8
for n in 1 2 3 4 2 0 3 1 4 0; do
	check "change to order $n" change_to "${orders[n]}"
done
check "changes: the monitor has told all" busywait 30 tells 10.9.9.9
is "changes: 10.4.0.2 is dropped after each step" "" \
	"$("$NET_DIR/xfrm_replay.py" "$TMP/before" "$TMP/events" out 10.1.0.2 10.4.0.2)"
is "changes: and the other way" "" \
	"$("$NET_DIR/xfrm_replay.py" "$TMP/before" "$TMP/events" fwd 10.4.0.2 10.1.0.2)"

# --- a step that fails: policies are put back
ip -n R link add theirs type eoip remote 192.0.2.5 tunnel-id 9
was=$(of_kind $DISCARD)
cp "$TMP/R.rsc" "$TMP/R.good"
cat >>"$TMP/R.rsc" <<'EOS'
add action=discard src-address=10.1.0.0/24 dst-address=10.5.0.0/24
/interface eoip add name=eoip2 tunnel-id=9 remote-address=192.0.2.5
EOS
like "a step fails: all is undone" "nothing has been changed" "$(sl R apply 2>&1)"
is "a step fails: policies are as they were" "$was" "$(of_kind $DISCARD)"
ip -n R link del theirs
cp "$TMP/R.good" "$TMP/R.rsc"
is "no other policy has changed in all that" "$foreign" "$(not_ours R)"
wan_clean "all the time" esp
check "flush" sl R flush
is "flush: none of ours is left" "$foreign" "$(not_ours R)"
is "flush: nothing else went" 1 "$(ip -n R xfrm policy | grep -c ^src)"
finish
