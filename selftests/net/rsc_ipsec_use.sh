#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -t 900
# Policies of ours in the kernel, continued: level=use in both modes, a tunnel's
# cleartext, IPv6 with its neighbours.
. "$(dirname "$0")/ipsec_kernel_lib.sh"

ours gre
kernel_sites
cat_mtu() { ip netns exec R cat /sys/class/net/gre1/mtu; }

# --- level=use, transport mode: our policy finds the SA by its number
rsc_check "level=use, transport" R <<EOS
$PEER
/ip ipsec policy add peer=s tunnel=no level=use protocol=icmp src-address=$A/32 dst-address=$B/32
EOS
use=$(priority $USE)
is "transport: a policy in each direction" 3 "$(of_kind $USE | wc -l)"
check "transport: without SA in clear" pings R $B
check "transport: in clear from the other side" openly S $A
wan_begin
check "SAs" esp R transport "$use"
esp S transport 9
policy S in 100 transport 9 "src $A dst $B proto icmp"
policy S out 100 transport 9 "src $B dst $A proto icmp"
check "transport: with an SA" pings R $B
check "transport: with an SA, from the other side" pings S $A
ip -n S xfrm policy flush
wan_clean "transport" esp
check "transport: in clear from the other side, still" openly S $A
ip -n R xfrm state flush
ip -n S xfrm state flush

# --- level=use, tunnel mode: the daemon's policy is there as long as the SA is
rsc_check "level=use, tunnel" R <<EOS
$PEER
/ip ipsec policy
add peer=s tunnel=yes level=use src-address=10.1.0.0/24 dst-address=10.2.0.0/24
add action=discard src-address=10.1.0.0/24 dst-address=10.0.0.0/8
EOS
check "tunnel: without SA in clear" busywait 60 openly HA 10.2.0.2
check "tunnel: the policies behind it are in force" not openly HA 10.3.0.2
wan_begin
use=$(priority $USE)
check "the daemon's policies" \
	daemon_up $((use - 1)) tunnel 5 10.1.0.0/24 10.2.0.0/24
check "tunnel: with an SA" pings HA 10.2.0.2
check "tunnel: with an SA, from the other side" pings S 10.1.0.2 -I 10.2.0.2
wan_clean "tunnel" esp
check "the SAs end" daemon_down 10.1.0.0/24 10.2.0.0/24
check "tunnel: in clear again" busywait 60 openly HA 10.2.0.2

# --- a tunnel between the sites: what is in GRE, and nothing but GRE
rsc_check "GRE" R <<EOS
$PEER
/interface gre add name=gre1 local-address=$A remote-address=$B !keepalive
/ip address add address=172.16.0.1/30 interface=gre1
EOS
ip -n S link add gre1 type gre local $B remote $A
ip -n S addr add 172.16.0.2/30 dev gre1
ip -n S link set gre1 up
check "GRE: passes" busywait 60 openly R 172.16.0.2
mtu=$(cat_mtu)
wan_begin
cat >>"$TMP/R.rsc" <<EOS
/ip ipsec policy add peer=s protocol=gre src-address=$A/32 dst-address=$B/32
EOS
check "GRE: a policy" sl R apply
guard=$(priority $GUARD)
received=$(ip -n R -s -j link show gre1 | jq '.[0].stats64.rx.packets')
check "GRE: nothing leaves" not ping1 R 172.16.0.2
check "GRE: nothing comes" not openly S 172.16.0.1
is "GRE: the tunnel has got nothing" "$received" \
	"$(ip -n R -s -j link show gre1 | jq '.[0].stats64.rx.packets')"
check "GRE: what is beside it passes" openly R $B
check "GRE: SAs" daemon_up $((guard - 1)) transport 5 $A $B proto gre
check "GRE: with SAs" pings R 172.16.0.2
check "GRE: with SAs, from the other side" pings S 172.16.0.1
less() { [ "$(cat_mtu)" -lt "$mtu" ]; }
check "GRE: the mtu follows" busywait 10 less
is "GRE: actual-mtu" "$(cat_mtu)" "$(value R "interface gre" gre1 actual-mtu)"
check "GRE: as large as that" pings R 172.16.0.2 -M "do" -s $(($(cat_mtu) - 28))
wan_clean "GRE" esp
check "GRE: the SAs end" daemon_down $A $B proto gre
check "GRE: nothing leaves again" not ping1 R 172.16.0.2
# without SA there is no path that it could go by
check "GRE: without the policy" sl R '/ip ipsec policy remove [find protocol=gre]'
back() { [ "$(cat_mtu)" = "$mtu" ]; }
check "GRE: the mtu is back" busywait 10 back

# --- IPv6: the neighbours are found though the policy takes all their addresses
for n in R:ether2:1 HA:eth0:2; do
	IFS=: read -r ns dev host <<<"$n"
	ip -n "$ns" addr add "fd01::$host/64" dev "$dev" nodad
done
check "IPv6: before" busywait 60 openly HA fd01::1
rsc_check "IPv6" R <<EOS
$PEER
/ip ipsec policy add peer=s tunnel=yes src-address=fd01::/64 dst-address=::/0 sa-src-address=2001:db8::1 sa-dst-address=2001:db8::2
EOS
is "IPv6: solicitations and advertisements, both ways" 8 \
	"$(of_kind $NEIGHBOUR | wc -l)"
is "IPv6: one step" 1 "$(sl R flush -n | grep -c neighbour)"
ip -n HA neigh flush dev eth0
ip -n R neigh flush dev ether2
check "IPv6: nothing passes" not openly HA fd01::1
found() { ip -n "$1" -6 neigh show fd01::"$2" | grep -q lladdr; }
check "IPv6: the neighbour is found" busywait 20 found HA 1
check "flush" sl R flush
is "flush: no policies" "" "$(ip -n R xfrm policy | grep -v socket | grep ^src)"
finish
