#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# kernel: 6.12
# GRE in IPsec: by a policy for its protocol, as the guide has it; and between
# loopbacks, one router known by a DNS name, the other by a template only.
. "$(dirname "$0")/ipsec_lib.sh"
modprobe sitelink_gre || skip_all "no sitelink_gre"

# --- a policy for GRE
# peer NAME FAR
peer() {
	cat <<-EOF
		/ip ipsec peer add address=$2/32 exchange-mode=ike2 name=$1
		/ip ipsec identity add peer=$1 secret=YourSecretKey123
	EOF
}
tunnel_to_b() {
	cat <<-EOF
		/interface gre
		add name=gre-to-site-b local-address=203.0.1.1 remote-address=203.0.2.1
		/ip address add address=172.16.1.1/30 interface=gre-to-site-b
	EOF
}
by_protocol() {
	local n what="GRE, $1"
	if [ "$1" = own ]; then
		tunnel_to_b >"$TMP/a"
	else
		# the page's OSPF has no area there
		block 001 name=gre-to-site-b | sed '/OSPF/,$d' >"$TMP/a"
	fi
	ipsec_sites 203.0.1.1 203.0.2.1 10.1.0 10.2.0
	lan_serve HA "$HOST_A" 7
	lan_serve HB "$HOST_B" 7
	wan_begin
	rsc_check "$what: A" A < <(
		peer site-b 203.0.2.1
		echo "/ip ipsec policy add src-address=203.0.1.1/32 \
dst-address=203.0.2.1/32 protocol=gre peer=site-b"
		cat "$TMP/a"
		echo "/ip route add dst-address=10.2.0.0/24 gateway=172.16.1.2"
		echo '/ip firewall filter add chain=input protocol=gre \
ipsec-policy=in,ipsec action=accept comment="GRE in IPsec"'
		drop_in
		echo "/ip firewall filter add chain=input action=drop \
comment=\"test: rest\"")
	rsc_check "$what: B" B < <(
		peer site-a 203.0.1.1
		cat <<-'EOF2'
			/ip ipsec policy add src-address=203.0.2.1/32 dst-address=203.0.1.1/32 protocol=gre peer=site-a
			/interface gre add name=gre-to-site-a local-address=203.0.2.1 remote-address=203.0.1.1
			/ip address add address=172.16.1.2/30 interface=gre-to-site-a
			/ip route add dst-address=10.1.0.0/24 gateway=172.16.1.1
		EOF2
	)
	ipsec_wait A
	ipsec_wait B
	lan_carries "$what"
	counted "$what" A filter
	is "$what: in transport mode" transport "$(ip -n A xfrm state |
		sed -n 's/.* mode \([a-z]*\).*/\1/p' | sort -u)"
	is "$what: no GRE in clear" "" \
		"$(tcpdump -nr "$TMP/wan.pcap" "proto 47" 2>/dev/null)"
	wan_clean "$what"
	ipsec_sites_gone
}
each_form by_protocol

# --- between loopbacks. The manual has the client's loopback by mode-config, which
# is not there yet; here it is fixed, and so is the client's policy.
crypto() { # PROFILE GROUPS CIPHERS
	cat <<-EOF
		/interface bridge
		add name=loopback
		/ip ipsec profile
		add dh-group=$2 enc-algorithm=$3 name=$1
		/ip ipsec proposal
		add auth-algorithms=null enc-algorithms=aes-128-gcm name=ike2-gre pfs-group=none
		/ip ipsec policy group
		add name=ike2-gre
	EOF
}
server() {
	crypto ike2 ecp256,modp2048,modp1024 aes-256,aes-192,aes-128
	cat <<-'EOF'
		/ip address
		add address=192.168.99.1 interface=loopback
		/ip ipsec policy
		add dst-address=192.168.99.2/32 group=ike2-gre proposal=ike2-gre src-address=192.168.99.1/32 template=yes
		/ip ipsec peer
		add exchange-mode=ike2 name=ike2 passive=yes profile=ike2
		/ip ipsec identity
		add generate-policy=port-strict peer=ike2 policy-template-group=ike2-gre secret=test
		/interface gre
		add local-address=192.168.99.1 name=gre-tunnel1 remote-address=192.168.99.2
		/ip address
		add address=172.16.1.1/30 interface=gre-tunnel1
		/ip route
		add dst-address=10.1.202.0/24 gateway=172.16.1.2
	EOF
}
client() {
	crypto ike2-gre ecp256 aes-256
	cat <<-'EOF'
		/ip address
		add address=192.168.99.2 interface=loopback
		/ip ipsec peer
		add address=n.mynetname.net exchange-mode=ike2 name=p1.ez profile=ike2-gre
		/ip ipsec identity
		add peer=p1.ez secret=test
		/ip ipsec policy
		add src-address=192.168.99.2/32 dst-address=192.168.99.1/32 tunnel=yes proposal=ike2-gre peer=p1.ez
		/interface gre
		add local-address=192.168.99.2 name=gre-tunnel1 remote-address=192.168.99.1
		/ip address
		add address=172.16.1.2/30 interface=gre-tunnel1
		/ip route
		add dst-address=10.1.101.0/24 gateway=172.16.1.1
	EOF
}
generated() {
	sl A -j '/ip ipsec policy print' | jq -r 'map(select(.dynamic == true) |
		[.["src-address"], .["dst-address"], .level, .tunnel] |
		map(tostring) | join(" ")) | join(", ")'
}
has_generated() { [ -n "$(generated)" ]; }

what="GRE between loopbacks"
ipsec_sites 192.168.80.1 192.168.90.1 10.1.101 10.1.202
lan_serve HA "$HOST_A" 7
lan_serve HB "$HOST_B" 7
mkdir -p /etc/netns/B
echo "192.168.80.1 n.mynetname.net" >/etc/netns/B/hosts
wan_begin
rsc_check "$what: the server" A < <(server)
rsc_check "$what: the client" B < <(client)
ipsec_wait B
ipsec_check "$what: the server's policy is made" busywait 60 has_generated
is "$what: from the template" "192.168.99.1/32 192.168.99.2/32 unique true" \
	"$(generated)"
lan_carries "$what"
# the server has no policy until the client has come
is "$what: of the client no GRE in clear" "" "$(tcpdump -nr "$TMP/wan.pcap" \
	"proto 47 and src 192.168.99.2" 2>/dev/null)"
wan_clean "$what"
ipsec_sites_gone
rm -rf /etc/netns/B
finish
