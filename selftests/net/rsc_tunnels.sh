#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# RouterOS scripts as the manuals have them, pasted on two routers with a host
# behind each: EoIP with bridges, GRE, IPIP, 6to4, and the broker's tunnel.
. "$(dirname "$0")/rsc_lib.sh"

for m in eoip gre ipip 6to4 vti; do
	modprobe sitelink_$m || skip_all "no sitelink_$m"
done
pings() { busywait 60 ip netns exec "$1" ping -c1 -W1 "$2"; }

# routers WAN-A WAN-B [routed]: routers A and B, host behind each: HA, HB
routers() {
	local n
	setup_ns A B HA HB
	cable A ether1 B ether1
	cable A ether2 HA eth0
	cable B ether2 HB eth0
	ip -n A addr add "$1" dev ether1
	ip -n B addr add "$2" dev ether1
	[ -z "${3:-}" ] || {
		ip -n A route add default dev ether1
		ip -n B route add default dev ether1
	}
	for n in A B HA HB; do
		sysctl_ns $n net.ipv6.conf.all.forwarding=0
	done
}
away() { end_ns A B HA HB; }

# --- EoIP: 'Station' and 'AP' in one broadcast domain
routers 10.0.0.1/24 10.0.0.2/24
ip -n HA addr add 192.168.7.1/24 dev eth0
ip -n HB addr add 192.168.7.2/24 dev eth0
rsc_check "EoIP: the AP takes the manual's lines" A <<'EOF'
/interface bridge add name=bridge1
/interface bridge port add bridge=bridge1 interface=ether2
/interface eoip add name="eoip-remote" tunnel-id=0 remote-address=10.0.0.2 disabled=no
/interface bridge port add bridge=bridge1 interface=eoip-remote
EOF
rsc_check "EoIP: the Station, too" B <<'EOF'
/interface eoip add name="eoip-main" tunnel-id=0 remote-address=10.0.0.1 disabled=no
/interface bridge add name=bridge1
/interface bridge port add bridge=bridge1 interface=ether2
/interface bridge port add bridge=bridge1 interface=eoip-main
EOF
check "EoIP: host to host" pings HA 192.168.7.2
running() { [ "$(value "$1" "interface eoip" "$2" running)" = true ]; }
check "EoIP: running" busywait 30 running A eoip-remote
mac=$(ip -n A -j link show eoip-remote | jq -r '.[0].address' | tr a-f A-F)
is "EoIP: print as in the manual" "Flags: X - disabled; R - running
 0  R name=\"eoip-remote\" mtu=auto actual-mtu=1458 l2mtu=65535
      mac-address=$mac arp=enabled arp-timeout=auto
      loop-protect=default loop-protect-status=off
      loop-protect-send-interval=5s loop-protect-disable-time=5m
      local-address=0.0.0.0 remote-address=10.0.0.2 tunnel-id=0
      keepalive=10s,10 dscp=inherit clamp-tcp-mss=yes dont-fragment=no
      allow-fast-path=yes" "$(sl A /interface eoip print | sed 's/ *$//')"
index=$(ip -n A -j link show eoip-remote | jq '.[0].ifindex')
check "EoIP: another keepalive" sl A \
	'/interface eoip set eoip-remote keepalive=5s,3'
is "EoIP: by the same device" "$index" \
	"$(ip -n A -j link show eoip-remote | jq '.[0].ifindex')"
is "EoIP: which has it" 5s,3 "$(value A "interface eoip" eoip-remote keepalive)"
PATH=$(dirname "$SITELINK"):$PATH sl A monitor >"$TMP/events" 2>&1 &
BACKGROUND+=($!)
check "EoIP: somebody listens" busywait 30 grep -q listening "$TMP/events"
check "EoIP: another mtu" sl A '/interface eoip set eoip-remote mtu=1400'
check "EoIP: is told" busywait 30 grep -q '^change eoip-remote ' "$TMP/events"
check "EoIP: and the automatic one" sl A '/interface eoip set eoip-remote !mtu'
round_trip A
check "EoIP: host to host again" pings HA 192.168.7.2
check "EoIP: flush" sl A flush
is "EoIP: leaves nothing" "" "$(left A)"
is "EoIP: ether2 is in no bridge" null \
	"$(ip -n A -j link show ether2 | jq -r '.[0].master')"
away

# --- GRE: 10.1.101.0/24 and 10.1.202.0/24
routers 192.168.80.1/16 192.168.90.1/16
lan() { # ROUTER ADDRESS HOST ADDRESS
	ip -n "$1" addr add "$2" dev ether2
	ip -n "$3" addr add "$4" dev eth0
	ip -n "$3" route add default via "${2%/*}"
}
lan A 10.1.101.1/24 HA 10.1.101.9/24
lan B 10.1.202.1/24 HB 10.1.202.9/24
rsc_check "GRE: site 1" A <<'EOF'
/interface gre add name=myGre remote-address=192.168.90.1 local-address=192.168.80.1
/ip address add address=172.16.1.1/30 interface=myGre
/ip route add dst-address=10.1.202.0/24 gateway=172.16.1.2
EOF
rsc_check "GRE: site 2" B <<'EOF'
/interface gre add name=myGre remote-address=192.168.80.1 local-address=192.168.90.1
/ip address add address=172.16.1.2/30 interface=myGre
/ip route add dst-address=10.1.101.0/24 gateway=172.16.1.1
EOF
check "GRE: LAN to LAN" pings HA 10.1.202.9
round_trip A
check "GRE: LAN to LAN again" pings HA 10.1.202.9
away

# --- IPIP: R1 and R2
routers 10.0.0.1/32 22.63.11.6/32 routed
rsc_check "IPIP: R1" A <<'EOF'
/interface ipip
add \
local-address=10.0.0.1 remote-address=22.63.11.6 disabled=yes
en 0
/ip address add address=1.1.1.1/24 interface=ipip1
EOF
rsc_check "IPIP: R2" B <<'EOF'
/interface ipip add local-address=22.63.11.6 remote-address=10.\
0.0.1
/interface ipip enable 0
/ip address add address=1.1.1.2/24 interface=ipip1
EOF
check "IPIP: R1 pings R2" pings A 1.1.1.2
round_trip A
away

# --- 6to4 by itself
routers 10.0.1.1/16 10.0.2.1/16
for n in A:101 B:201; do
	IFS=: read -r ns hex <<<"$n"
	rsc_check "6to4: R${ns}" "$ns" <<EOF
/interface 6to4
add name=6to4-tunnel1
/ipv6 address
add address=2002:a00:$hex::/128 advertise=no interface=6to4-tunnel1
/ipv6 route
add dst-address=2002::/16 gateway=6to4-tunnel1
EOF
done
check "6to4: R1 pings R2" pings A 2002:a00:201::
round_trip A
away

# --- 6to4 with a remote: the tunnel broker, B being its server
routers 194.105.56.170/32 216.66.80.90/32 routed
ip -n B link add hurricane type 6to4 local 216.66.80.90 remote 194.105.56.170
ip -n B link set hurricane up
ip -n B addr add 2001:470:27:37e::1/64 dev hurricane nodad
ip -n B addr add 2001:db8:cafe::1/128 dev lo
ip -n B route add 2001:470:28:37e::/64 dev hurricane
rsc_check "broker: the client" A <<'EOF'
/interface bridge add name=bridge-local
/interface bridge port add bridge=bridge-local interface=ether2
/interface 6to4
add comment="Hurricane Electric IPv6 Tunnel Broker" disabled=no local-address=194.105.56.170 mtu=1280 name=sit1 remote-address=216.66.80.90
/ipv6 route
add comment="" disabled=no distance=1 dst-address=2000::/3 gateway=2001:470:27:37e::1 scope=30 target-scope=10
/ipv6 address
add address=2001:470:27:37e::2/64 advertise=no disabled=no eui-64=no interface=sit1
/ipv6 address add address=2001:470:28:37e:: interface=bridge-local advertise=yes
/ipv6 nd set [ find default=yes ] advertise-dns=yes
/ip dns set allow-remote-requests=yes servers=2001:4860:4860::8888,2001:4860:4860::8844
EOF
check "broker: the world answers" pings A 2001:db8:cafe::1
sysctl_ns HA net.ipv6.conf.eth0.accept_ra=2
check "broker: a host behind it has an address" busywait 60 eval \
	'ip -n HA -6 addr show dev eth0 | grep -q 2001:470:28:37e:'
check "broker: and gets out" pings HA 2001:db8:cafe::1
is "broker: the mtu" 1280 "$(ip -n A -j link show sit1 | jq '.[0].mtu')"
is "broker: the comment" "Hurricane Electric IPv6 Tunnel Broker" \
	"$(ip -n A -j link show sit1 | jq -r '.[0].ifalias')"
round_trip A
check "broker: flush" sl A flush
is "broker: leaves nothing" "" "$(left A)"
is "broker: no process" "" "$(ip netns pids A)"
away
finish
