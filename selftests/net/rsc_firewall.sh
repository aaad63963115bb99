#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# The manuals' firewall lines on a router between a LAN and the WAN: what each is
# for is seen, chains drop by default, and the counter of every pasted rule moves.
. "$(dirname "$0")/rsc_lib.sh"

setup_ns R HA HB
cable R ether1 HB eth0
cable R ether2 HA eth0
ip -n R addr add 203.0.1.1/24 dev ether1
ip -n R addr add 10.1.0.1/24 dev ether2
ip -n R addr add 10.1.0.3/24 dev ether2
ip -n HA addr add 10.1.0.2/24 dev eth0
ip -n HA route add default via 10.1.0.1
# HB is the other site: it knows the LAN's addresses and no others
ip -n HB addr add 203.0.1.2/24 dev eth0
ip -n HB addr add 10.2.0.1/24 dev lo
ip -n HB route add 10.1.0.0/24 via 203.0.1.1
ip -n R route add 10.2.0.0/24 via 203.0.1.2
sysctl_ns R net.ipv4.ip_forward=1
ping1() { ip netns exec "$1" ping -c1 -W2 "${@:3}" "$2"; }
pings() { busywait 60 ping1 "$@"; }
# packets MENU COMMENT: of a rule
packets() {
	sl R -j "/ip firewall $1 print stats where comment=\"$2\"" |
		jq '.[0].packets'
}
moved() { # NAME MENU COMMENT
	check "$1: its counter moves" \
		[ "$(packets "$2" "$3")" -gt 0 ]
}
edit() { check "$1" sl R "$2"; }

# --- NAT bypass: masquerade hides the LAN from the other site
ip netns exec HB nft -f - <<'EOF'
table ip site {
	chain in {
		type filter hook input priority 0;
		ip daddr 10.2.0.0/24 ip saddr != 10.1.0.0/24 drop
	}
}
EOF
check "without NAT: the ping arrives" pings HA 10.2.0.1
rsc_check "masquerade" R <<'EOF'
/ip firewall nat
add chain=srcnat action=masquerade out-interface=ether1 comment=wan
EOF
check "masquerade: the ping does not arrive" not ping1 HA 10.2.0.1
moved "masquerade" nat wan
edit "the bypass" '/ip firewall nat add chain=srcnat action=accept src-address=10.1.0.0/24 dst-address=10.2.0.0/24 place-before=0 comment=bypass'
is "the bypass is the first rule" bypass \
	"$(sl R -j /ip firewall nat print | jq -r '.[0].comment')"
check "the bypass: the ping arrives" pings HA 10.2.0.1
moved "the bypass" nat bypass
was=$(packets nat wan)
check "rules that stay keep their counters" [ "$was" -gt 0 ]
round_trip R

# --- established,related in a chain that drops, before fasttrack
rsc_check "a chain that drops" R <<'EOF'
/ip firewall filter
add chain=forward action=fasttrack-connection connection-state=established,related comment=fast
add chain=forward action=accept connection-state=new in-interface=ether2 comment=new
add chain=forward action=drop comment=rest
add chain=forward action=accept place-before=[find action=fasttrack-connection] src-address=10.1.0.0/24 dst-address=10.2.0.0/24 connection-state=established,related comment=there
add chain=forward action=accept place-before=1 src-address=10.2.0.0/24 dst-address=10.1.0.0/24 connection-state=established,related comment=back
EOF
is "in the order that was asked for" "there back fast new rest" \
	"$(sl R -j /ip firewall filter print | jq -r 'map(.comment) | join(" ")')"
check "from the LAN: answered" pings HA 10.2.0.1 -c 2
check "from the other site: dropped" not ping1 HB 10.1.0.2 -I 10.2.0.1
for rule in new there back rest; do
	moved "$rule" filter "$rule"
done
ip -n HB addr add 10.3.0.1/24 dev lo
ip -n R route add 10.3.0.0/24 via 203.0.1.2
ip netns exec HB python3 -m http.server 8080 --bind 10.3.0.1 \
	>/dev/null 2>&1 &
BACKGROUND+=($!)
fetch() { ip netns exec HA bash -c 'exec 3<>/dev/tcp/10.3.0.1/8080
	printf "GET / HTTP/1.0\r\n\r\n" >&3; grep -q "200 OK" <&3'; }
edit "what is not fast, too" '/ip firewall filter add chain=forward action=accept connection-state=established,related comment=slow place-before=[find comment=new]'
check "TCP by fasttrack" busywait 60 fetch
moved "fasttrack" filter fast
is "a flow is in the table" yes "$(ip netns exec R \
	nft list flowtables | grep -q 'flowtable' && echo yes)"
round_trip R

# --- raw: no connection tracking
rsc_check "notrack" R <<'EOF'
/ip firewall raw
add action=notrack chain=prerouting src-address=10.1.0.0/24 dst-address=10.2.0.0/24 comment=there
add action=notrack chain=prerouting src-address=10.2.0.0/24 dst-address=10.1.0.0/24 comment=back
/ip firewall filter
add chain=forward action=accept connection-state=untracked comment=untracked
add chain=forward action=drop comment=rest
EOF
check "notrack: the ping arrives" pings HA 10.2.0.1
check "what is tracked does not" not ping1 HA 203.0.1.2
for rule in there back; do
	moved "notrack $rule" raw "$rule"
done
for rule in untracked rest; do
	moved "notrack: $rule" filter "$rule"
done
round_trip R

# --- address lists
rsc_check "an address list" R <<'EOF'
/ip firewall address-list add address=10.1.0.0/24 list=local
/ip firewall address-list add address=10.3.0.0-10.3.0.99 list=far
/ip firewall filter
add chain=forward action=accept src-address-list=local dst-address-list=!far comment=local
add chain=forward action=accept connection-state=established comment=back
add chain=forward action=drop comment=rest
EOF
check "in the list: arrives" pings HA 10.2.0.1
check "in the other one: not" not ping1 HA 10.3.0.1
moved "the list" filter local
moved "the list's rest" filter rest
edit "an element less" '/ip firewall address-list remove [find list=far]'
edit "or its rule" '/ip firewall filter set 0 !dst-address-list'
check "now it arrives" pings HA 10.3.0.1
round_trip R

# --- the firewall's own matcher of IPsec
key="0x$(printf '%040d' 7)"
for n in R HB; do
	for d in "203.0.1.1 203.0.1.2 1" "203.0.1.2 203.0.1.1 2"; do
		read -r src dst spi <<<"$d"
		dir=out
		case $n:$spi in R:2 | HB:1) dir=in ;; esac
		ip -n $n xfrm state add src "$src" dst "$dst" proto esp \
			spi "$spi" mode transport \
			aead 'rfc4106(gcm(aes))' "$key" 128
		ip -n $n xfrm policy add src "$src" dst "$dst" proto icmp \
			dir $dir tmpl src "$src" dst "$dst" proto esp \
			mode transport
	done
done
rsc_check "the IPsec matcher" R <<'EOF'
/ip firewall filter
add chain=input protocol=ipsec-esp action=accept comment="ESP"
add chain=input comment="ipsec policy matcher" in-interface=ether1 ipsec-policy=in,ipsec
add action=drop chain=input comment="drop all" in-interface=ether1 log=yes
/ip firewall mangle
add chain=postrouting action=passthrough ipsec-policy=out,ipsec comment=out
EOF
check "by IPsec: answered" pings HB 203.0.1.1
check "without: dropped" not ping1 HB 10.1.0.1 -I 10.2.0.1
for rule in ESP "ipsec policy matcher" "drop all"; do
	moved "$rule" filter "$rule"
done
moved "the matcher of what goes out" mangle out
ip -n R xfrm state flush
ip -n R xfrm policy flush
round_trip R

# --- MSS, and marks that choose a routing table
ip -n R link set ether1 mtu 1300
rsc_check "mangle" R <<'EOF'
/ip firewall mangle
add chain=forward action=change-mss new-mss=clamp-to-pmtu protocol=tcp tcp-flags=syn comment=mss
EOF
capture HB eth0 "$TMP/syn.pcap" "tcp[tcpflags] & tcp-syn != 0"
check "TCP" busywait 60 fetch
clamped() { tcpdump -nvr "$TMP/syn.pcap" 2>/dev/null | grep -q "mss 1260"; }
busywait 20 clamped
like "its SYN says what fits" "10.1.0.2.*> 10.3.0.1.*mss 1260" \
	"$(tcpdump -nvr "$TMP/syn.pcap" 2>/dev/null | tr -d '\n')"
moved "mss" mangle mss
round_trip R
ip -n R link set ether1 mtu 1500

ip -n HB addr add 203.0.1.3/24 dev eth0
rsc_check "a mark for a table" R <<'EOF'
/routing table add name=backup fib
/ip route add dst-address=10.4.0.0/24 gateway=203.0.1.3 routing-table=backup
/ip firewall mangle
add action=mark-connection chain=output connection-mark=no-mark dst-address=10.4.0.1 new-connection-mark=ipsec passthrough=yes protocol=icmp comment=connection
add action=mark-routing chain=output connection-mark=ipsec new-routing-mark=backup passthrough=no comment=routing
EOF
ip -n HB addr add 10.4.0.1/32 dev lo
# a packet needs a route before it can be marked
ip -n R link add nowhere type dummy
ip -n R link set nowhere up
ip -n R route add default dev nowhere
check "what is marked finds its route" pings R 10.4.0.1 -I 203.0.1.1
moved "mark-connection" mangle connection
moved "mark-routing" mangle routing
edit "the mark taken away" '/ip firewall mangle disable [find comment=routing]'
check "and it finds none" not ping1 R 10.4.0.1 -I 203.0.1.1
ip -n R link del nowhere
round_trip R

# --- what someone else does to the table is mended; to other tables is theirs
ip netns exec R nft add table ip other
ip netns exec R nft delete table ip sitelink
check "the table is deleted by hand: mended" sl R apply
is "twice is once" "" "$(sl R apply --dry-run)"
check "flush" sl R flush
is "leaves other tables alone" "table ip other" \
	"$(ip netns exec R nft list tables)"
finish
