#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -t 900
# What becomes of IPsec between two sites in the course of time: NAT between, new
# keys under load, a cut link, daemons that are killed, peers that change. The WAN is
# looked at all the time.
. "$(dirname "$0")/ipsec_tunnel_lib.sh"

modprobe -a aesni_intel esp4
ipsec_sites 198.51.100.1 203.0.113.2 10.1.0 10.2.0

# cut | mend: the link between
cut() {
	ip netns exec W nft -f - <<-EOF
		table ip cut {
			chain f {
				type filter hook forward priority 0; policy drop;
			}
		}
	EOF
}
mend() { ip netns exec W nft delete table ip cut; }

# lifetimes NS: soft/hard of an SA in seconds, as the kernel has them
lifetimes() {
	ip -n "$1" -s xfrm state | awk '/^src/ { larval = 0 }
		/ spi 0x00000000/ { larval = 1 }
		!larval && sub(/.*expire add: soft /, "") {
			gsub(/\(sec\)|,|hard/, ""); print $1, $2; exit }'
}
one_pair() {
	[ "$(spis A | wc -l)" = 2 ] && [ "$(spis A)" = "$(spis B)" ] && crosses A
}
has_all() { [ -z "$(comm -13 <(echo "$1") <(echo "$2"))" ]; }

# --- as it is at first
wan_begin
both_paste "at first"
for n in A B; do
	is "$n: twice is once" "" "$(again $n)"
done
carries "at first"
# if both began, one of the two ends
check "at first: one pair of SAs" busywait 60 one_pair
read -r soft hard <<<"$(lifetimes A)"
is "the hard lifetime is the proposal's" 1800 "$hard"
check "the soft one comes before" [ "$soft" -lt 1800 -a "$soft" -gt 900 ]
like "and both are shown" "^[0-9ms]+/30m$" \
	"$(of A installed-sa '.[0]["add-lifetime"]')"

# --- another peer comes, changes, goes
was=$(spis A)
ip -n B addr add 203.0.113.3/24 dev wan
ip -n HB addr add 10.3.0.2/32 dev lo
ip -n B route add 10.3.0.2 via 10.2.0.2
other() { # NS
	local near=$WAN_A far=203.0.113.3 here=10.1.0.0/24 there=10.3.0.0/24
	[ "$1" = A ] || near=203.0.113.3 far=$WAN_A here=10.3.0.0/24 there=10.1.0.0/24
	cat <<-EOF
		/ip ipsec profile add name=other
		/ip ipsec peer add name=other address=$far/32 local-address=$near profile=other
		/ip ipsec identity add peer=other secret=ofboth
		/ip ipsec policy add peer=other tunnel=yes src-address=$here dst-address=$there
	EOF
}
for n in A B; do
	check "another peer: $n" site_paste $n "$(other $n)"
done
third() { lan_ping HA 10.3.0.2; }
ipsec_check "another peer: by which one gets to its net" busywait 60 third
mine=$(comm -13 <(echo "$was") <(spis A))
for n in A B; do
	check "another peer: changes: $n" sl $n '/ip ipsec profile set other dh-group=ecp256'
done
ipsec_check "another peer: and comes up again" busywait 60 third
check "another peer: by other SAs" not has_all "$(spis A)" "$mine"
check "the first peer's SAs stand as they did" has_all "$(spis A)" "$was"
both_paste "another peer: goes"
only() { [ "$(spis A)" = "$1" ]; }
check "the first peer's SAs are left, and no others" busywait 30 only "$was"

# --- new keys under load
settings proposal lifetime=10s
settings profile lifetime=40s
ip -n A xfrm monitor SA >"$TMP/made" 2>&1 &
MONITOR=$!
BACKGROUND+=("$MONITOR")
made() { grep -c "^src $WAN_A dst" "$TMP/made"; }
both_paste "rekey"
carries "rekey"
iperf_server HB
ip netns exec HA iperf3 -c "$HOST_B" --bidir -b 2M -t 1000 >"$TMP/load" 2>&1 &
LOAD=$!
BACKGROUND+=("$LOAD")
sent=0 lost='' was=$(made)
while [ "$(made)" -lt $((was + 6)) ] && [ $sent -lt 1500 ]; do
	ip netns exec HA ping -c 50 -i 0.1 -W 20 -p "$(octets "$PAYLOAD")" \
		"$HOST_B" >"$TMP/ping" 2>&1
	grep -q ' 50 received, 0% packet loss' "$TMP/ping" ||
		lost+=$(tail -n 3 "$TMP/ping")
	sent=$((sent + 50))
done
is "rekey: $sent pings, none lost" "" "$lost"
check "rekey: six new keys meanwhile" [ "$(made)" -ge $((was + 6)) ]
check "rekey: TCP goes on" kill -0 "$LOAD"
kill "$LOAD" "$MONITOR"
wait "$LOAD" "$MONITOR" 2>/dev/null
settings proposal
settings profile

# --- a link that is cut
settings profile dpd-interval=1s dpd-maximum-failures=2
both_paste "DPD"
carries "DPD"
cut
check "DPD: cut: A sees it" busywait 120 not up A
is "DPD: ph2-state" no-phase2 "$(phase2 A)"
is "DPD: nobody is established" "" "$(peers A)"
check "DPD: B sees it, too" busywait 120 not up B
mend
# no traffic asks for it
ipsec_check "DPD: mended: it is up again" busywait 120 up A
carries "DPD: mended"
settings profile

# --- daemons that are killed
both_paste "killed: as before"
carries "killed: before"
ip netns exec HA ping -q -i 0.1 -p "$(octets "$PAYLOAD")" "$HOST_B" >/dev/null &
pings=$!
BACKGROUND+=("$pings")
charon=$(charon_of A) agent=$(agent_of A)
kill -9 "$charon"
check "killed: another daemon" busywait 60 another charon_of A "$charon"
is "killed: by the same agent" "$agent" "$(agent_of A)"
carries "killed"
check "both killed: they are gone" slain A
check "both killed: the next apply would do something" [ -n "$(again A)" ]
check "both killed: apply" sl A apply
carries "both killed"
kill -9 "$(agent_of A)"
check "agent killed: apply" sl A apply
is "agent killed: one agent, one daemon" 2 "$(daemons A | wc -l)"
carries "agent killed"

# --- SAs that go behind the daemon's back
ip -n A xfrm state flush
carries "flushed by a strange hand"
was=$(spis A)
check "installed-sa flush" sl A '/ip ipsec installed-sa flush'
carries "installed-sa flush"
check "installed-sa flush: other SAs" [ "$(spis A)" != "$was" ]
was=$(spis A)
check "kill-connections" sl A '/ip ipsec active-peers kill-connections'
carries "kill-connections"
check "kill-connections: other SAs" [ "$(spis A)" != "$was" ]
kill $pings

# --- initial contact
anew() { # A's daemon forgets all
	slain A
	ip -n A xfrm state flush
	sl A apply && busywait 60 crosses A
}
ike_sas() {
	of "$1" active-peers 'map(select(.state == "established")) | length'
}
one_sa() { [ "$(ike_sas "$1")" = 1 ]; }
settings profile dpd-interval=10m
both_paste "initial contact"
carries "initial contact"
check "initial contact: A anew" anew
check "initial contact: B has forgotten the old one" busywait 20 one_sa B
settings peer exchange-mode=ike2 send-initial-contact=no
both_paste "no initial contact"
carries "no initial contact"
was=$(ike_sas B)
check "no initial contact: A anew" anew
is "no initial contact: B has the old one, too" $((was + 1)) "$(ike_sas B)"
settings peer
settings profile

# --- passive
settings peer exchange-mode=ike2 passive=yes
both_paste "passive, both"
check "passive, both: no traffic" not crosses A
is "passive, both: nobody is established" "" "$(peers A)$(peers B)"
settings peer
check "passive, one" site_paste A
carries "passive, one"

# --- all that while
is "WAN: nothing but IPsec" "" "$(tcpdump -nr "$TMP/wan.pcap" "ip and not esp \
	and not udp port 500 and not udp port 4500 and not icmp" 2>/dev/null | head)"
wan_clean "WAN"
for n in A B; do
	check "$n: flush" sl $n flush
	is "$n: nothing is left" "" "$(ipsec_left $n)"
done

# --- A is behind a NAT
nat_between A
wan_begin
check "NAT: A" site_paste A
settings peer exchange-mode=ike2 passive=yes
FAR=203.0.113.254
check "NAT: B" site_paste B
FAR=
carries "NAT"
for n in A B; do
	shows "NAT: $n: natt-peer" $n active-peers \
		'map(.["natt-peer"]) | join(" ")' true
done
is "NAT: the WAN sees no ESP but in UDP" 0 \
	"$(tcpdump -nr "$TMP/wan.pcap" "ip proto 50" 2>/dev/null | wc -l)"
# UDP 4500, and not IKE in it
wan_clean "NAT" "udp port 4500 and udp[8:4] != 0"
ipsec_sites_gone
finish
