#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# The manuals' firewall rules one by one, behind each chain a rule that drops: a
# packet for each, and every counter moves. (What the rules are for: rsc_firewall.)
. "$(dirname "$0")/rsc_lib.sh"

UDP=17 ICMP=1 ESP=50 GRE=47
setup_ns R HA HB
cable R wan HB eth0
cable R ether2 HA eth0
cable R vti-site-b HB eth1
ip -n R addr add 203.0.1.1/24 dev wan
ip -n R addr add 10.1.0.1/24 dev ether2
ip -n R addr add 169.254.100.1/30 dev vti-site-b
ip -n HA addr add 10.1.0.2/24 dev eth0
ip -n HA route add default via 10.1.0.1
ip -n HB addr add 203.0.1.2/24 dev eth0
ip -n HB addr add 169.254.100.2/30 dev eth1
ip -n HB route add 10.1.0.0/24 via 203.0.1.1
ip -n R route add 10.20.20.0/24 via 169.254.100.2
ip -n R route add default via 203.0.1.2
sysctl_ns R net.ipv4.ip_forward=1
for n in R HA HB; do
	sysctl_ns $n net.ipv4.conf.all.rp_filter=0
	sysctl_ns $n net.ipv4.conf.default.rp_filter=0
done
# neighbours are known before one packet must do
ip netns exec HA ping -c1 -W20 203.0.1.2 >/dev/null
ip netns exec R ping -c1 -W20 169.254.100.2 >/dev/null

send() { ip netns exec "$1" "$NET_DIR/send.py" "${@:2}"; }
owns() { # NS ADDRESS...
	local a
	for a in "${@:2}"; do
		ip -n "$1" addr add "$a/32" dev lo
	done
}
# still MENU: comments, or numbers, of rules whose counter stands
still() {
	sl R -j "/ip firewall $1 print stats" | jq -r 'to_entries | map(
		select(.value.packets == 0) | .key | tostring) | join(" ")'
}
# seen NAME MENU...: every rule of these has counted
seen() {
	local name=$1 menu
	shift
	for menu in "$@"; do
		is "$name: every counter of $menu moves" "" "$(still "$menu")"
	done
}

# --- who may speak IKE and ESP
rsc_check "access" R <<'EOF'
/ip firewall filter
add chain=input action=accept protocol=udp dst-port=500,4500 in-interface=wan
add chain=input action=accept protocol=ipsec-esp in-interface=wan
add chain=input action=drop protocol=udp dst-port=500,4500
add chain=input action=drop protocol=ipsec-esp
add chain=input action=drop
EOF
is "access: nothing has come yet" "0 1 2 3 4" "$(still filter)"
send HB 203.0.1.2 203.0.1.1 $UDP 500 500
send HB 203.0.1.2 203.0.1.1 $ESP
send HA 10.1.0.2 10.1.0.1 $UDP 4500 4500
send HA 10.1.0.2 10.1.0.1 $ESP
send HA 10.1.0.2 10.1.0.1 $ICMP
seen "access" filter

# --- by the interface of a tunnel
rsc_check "vti" R <<'EOF'
/ip firewall filter
add chain=forward action=accept in-interface=vti-site-b comment="IPsec VTI in"
add chain=forward action=accept out-interface=vti-site-b comment="IPsec VTI out"
add chain=forward action=drop
/ip firewall filter
add chain=input protocol=udp dst-port=500,4500 action=accept comment="IKE/NAT-T"
add chain=input protocol=ipsec-esp action=accept comment="ESP"
add chain=input action=drop
EOF
owns HB 10.20.20.1
send HA 10.1.0.2 10.20.20.1 $ICMP
ip -n HB route replace 10.1.0.0/24 via 169.254.100.1
send HB 10.20.20.1 10.1.0.2 $ICMP
ip -n HB route replace 10.1.0.0/24 via 203.0.1.1
send HA 10.1.0.2 203.0.1.2 $ICMP
send HB 203.0.1.2 203.0.1.1 $UDP 4500 4500
send HB 203.0.1.2 203.0.1.1 $ESP
send HB 203.0.1.2 203.0.1.1 $ICMP
seen "vti" filter

# --- NAT bypasses
rsc_check "bypasses" R <<'EOF'
/ip firewall nat
add chain=srcnat action=masquerade out-interface=wan
add action=accept chain=srcnat src-address=192.168.1.0/24 dst-address=172.16.0.0/24 place-before=0
add action=accept chain=srcnat protocol=udp src-port=500,4500 place-before=0
add chain=srcnat comment="Boise NAT bypass" dst-address=192.168.2.0/24 src-address=192.168.1.0/24 place-before=0
add chain=srcnat action=accept place-before=0 src-address=10.1.202.0/24 dst-address=10.1.101.0/24
EOF
owns HA 192.168.1.9 10.1.202.9
# a first packet: an answer to nothing is not for NAT
send HA 192.168.1.9 172.16.0.1 $UDP 7 7
send HA 10.1.0.2 203.0.1.2 $UDP 500 500
send HA 192.168.1.9 192.168.2.9 $UDP 7 7
send HA 10.1.202.9 10.1.101.9 $UDP 7 7
send HA 10.1.0.2 203.0.1.2 $UDP 1000 1000
seen "bypasses" nat

# --- road warriors' split tunnel
rsc_check "split tunnel" R <<'EOF'
/ip firewall filter
add action=drop chain=forward src-address=192.168.77.0/24 dst-address=!10.5.8.0/24
add chain=forward action=accept
EOF
owns HA 192.168.77.2
send HA 192.168.77.2 203.0.1.2 $ICMP
send HA 192.168.77.2 10.5.8.1 $ICMP
seen "split tunnel" filter
is "split tunnel: each once" "1 1" "$(sl R -j \
	/ip firewall filter print stats | jq -r 'map(.packets) | join(" ")')"

# --- marks of what this router sends
rsc_check "marks" R <<'EOF'
/ip firewall mangle
add action=mark-connection chain=output connection-mark=no-mark dst-address=10.155.130.136 dst-port=500,4500 new-connection-mark=ipsec passthrough=yes protocol=udp
add action=mark-connection chain=output connection-mark=no-mark dst-address=10.155.130.136 new-connection-mark=ipsec passthrough=yes protocol=ipsec-esp
add action=mark-routing chain=output connection-mark=ipsec new-routing-mark=backup passthrough=no
EOF
send R 203.0.1.1 10.155.130.136 $UDP 500 500
send R 203.0.1.1 10.155.130.136 $ESP
seen "marks" mangle

# --- IPsec. sa NS SRC DST SPI DIR MODE SELECTOR...
key="0x$(printf '%040d' 7)"
sa() {
	local ns=$1 src=$2 dst=$3 spi=$4 dir=$5 mode=$6
	shift 6
	ip -n "$ns" xfrm state add src "$src" dst "$dst" proto esp spi "$spi" \
		mode "$mode" aead 'rfc4106(gcm(aes))' "$key" 128
	[ -z "$dir" ] || ip -n "$ns" xfrm policy add "$@" dir "$dir" \
		tmpl src "$src" dst "$dst" proto esp mode "$mode"
}
no_ipsec() {
	local n
	for n in R HB; do
		ip -n $n xfrm state flush
		ip -n $n xfrm policy flush
	done
}
rsc_check "encrypted only" R <<'EOF'
/ip firewall filter
add chain=forward action=accept ipsec-policy=in,ipsec src-address=10.2.0.0/24 dst-address=10.1.0.0/24
add chain=forward action=drop src-address=10.2.0.0/24 dst-address=10.1.0.0/24 log=yes log-prefix="UNENCRYPTED"
/ip firewall nat
add chain=srcnat action=masquerade out-interface=wan
add chain=srcnat action=accept ipsec-policy=out,ipsec comment="IPsec bypass" place-before=0
EOF
owns HB 10.2.0.1
lans=(src 10.2.0.0/24 dst 10.1.0.0/24)
back=(src 10.1.0.0/24 dst 10.2.0.0/24)
sa HB 203.0.1.2 203.0.1.1 1 out tunnel "${lans[@]}"
sa R 203.0.1.2 203.0.1.1 1 fwd tunnel "${lans[@]}"
sa R 203.0.1.1 203.0.1.2 2 out tunnel "${back[@]}"
send HB 10.2.0.1 10.1.0.2 $ICMP
is "encrypted only: taken" "1" "$(still filter)"
send HA 10.1.0.2 10.2.0.1 $UDP 7 7
send HA 10.1.0.2 203.0.1.2 $UDP 1001 1001
no_ipsec
send HB 10.2.0.1 10.1.0.2 $ICMP
seen "encrypted only" filter nat

ip -n R link set wan down
ip -n R link set wan name WAN
ip -n R link set WAN up
ip -n R route add default via 203.0.1.2
ip netns exec R ping -c1 -W20 203.0.1.2 >/dev/null
owns HB 192.168.33.1
matchers() { # NAME SRC PROTO [PORTS...]: by IPsec and without
	local name=$1 src=$2
	shift 2
	sa HB "$src" 203.0.1.1 3 out transport src "$src" dst 203.0.1.1
	sa R "$src" 203.0.1.1 3 "" transport
	send HB "$src" 203.0.1.1 "$@"
	is "$name: taken" 1 "$(still filter)"
	no_ipsec
	send HB "$src" 203.0.1.1 "$@"
	seen "$name" filter
}
rsc_check "GRE in IPsec only" R <<'EOF'
/ip firewall filter
add chain=input comment="ipsec policy matcher" in-interface=WAN ipsec-policy=in,ipsec protocol=gre src-address=192.168.33.1
add action=drop chain=input protocol=gre comment="drop all" in-interface=WAN log=yes
EOF
matchers "GRE in IPsec only" 192.168.33.1 $GRE
rsc_check "L2TP in IPsec only" R <<'EOF'
/ip firewall filter
add chain=input comment="ipsec policy matcher" in-interface=WAN ipsec-policy=in,ipsec protocol=udp dst-port=1701
add action=drop chain=input protocol=udp dst-port=1701 comment="drop l2tp" in-interface=WAN log=yes
EOF
matchers "L2TP in IPsec only" 203.0.1.2 $UDP 1701 1701
finish
