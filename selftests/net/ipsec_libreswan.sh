#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# kernel: 6.12
# libreswan at site B: IKEv2 by policies and by a VTI, and IKEv1. Either side begins.
. "$(dirname "$0")/ipsec_lib.sh"
. "$NET_DIR/libreswan_lib.sh"
modprobe sitelink_vti || skip_all "no sitelink_vti"

# SAs of B, which has no sitelink
b_sas() { ip -n B xfrm state | grep -c '^src'; }
# gone: the daemon says goodbye
gone() {
	whack B --shutdown >/dev/null
	wait "$PLUTO"
	ip -n B xfrm policy flush
	ipsec_sites_gone
}
# lsw_check NAME COMMAND...: as ipsec_check, and libreswan's own words
lsw_check() {
	local failed=$TAP_FAILED
	ipsec_check "$@"
	[ "$failed" = "$TAP_FAILED" ] ||
		tail -n 30 "$TMP/B.pluto/log" | sed 's/^/# libreswan: /'
}

# sites A-WAN B-WAN A-LAN B-LAN SECRET: with the configuration from standard input
sites() {
	ipsec_sites "${@:1:4}"
	lan_serve HA "$HOST_A" 7
	lan_serve HB "$HOST_B" 7
	wan_begin
	if ! pluto B "$5" >/dev/null 2>&1; then
		# all that follows would only wait for it
		fail "$what: libreswan runs" "$(tail -n 20 "$TMP/B.pluto/out")"
		finish
	fi
	pass "$what: libreswan runs"
	lsw_check "$what: has its connection" pluto_conn B site
}

# --- IKEv2, by policies; A begins
what="IKEv2"
sites 198.51.100.1 203.0.113.2 10.10.10 10.20.20 'StrongSharedSecret!' <<'EOF'
conn site
	left=203.0.113.2
	leftsubnet=10.20.20.0/24
	right=198.51.100.1
	rightsubnet=10.10.10.0/24
	authby=secret
	ikev2=insist
	ike=aes256-sha2_256-modp2048
	esp=aes256-sha2_256-modp2048
EOF
rsc_check "$what: A" A < <(
	masquerade
	cat <<-'EOF'
		/ip ipsec profile
		add name=ike2-profile hash-algorithm=sha256 enc-algorithm=aes-256,aes-128 dh-group=modp2048 dpd-interval=30s dpd-maximum-failures=5
		/ip ipsec peer
		add name=peer-site-b address=203.0.113.2/32 exchange-mode=ike2 profile=ike2-profile local-address=198.51.100.1
		/ip ipsec identity
		add peer=peer-site-b auth-method=pre-shared-key secret="StrongSharedSecret!"
		/ip ipsec proposal
		add name=ph2-proposal auth-algorithms=sha256 enc-algorithms=aes-256-cbc pfs-group=modp2048
		/ip ipsec policy
		add src-address=10.10.10.0/24 dst-address=10.20.20.0/24 sa-src-address=198.51.100.1 sa-dst-address=203.0.113.2 tunnel=yes action=encrypt proposal=ph2-proposal peer=peer-site-b
		/ip firewall nat
		add chain=srcnat action=accept ipsec-policy=out,ipsec comment="IPsec bypass" place-before=0
	EOF
	drop_in
	drop_rest)
ipsec_wait A
lan_carries "$what"
counted "$what" A nat
lsw_check "$what: libreswan agrees" at_least 2 b_sas
check "$what: libreswan's new keys, with PFS" whack B --rekey-ipsec --name site
ipsec_check "$what: and carries" busywait 60 lan_ping HA "$HOST_B"
wan_clean "$what"
gone

# --- IKEv2, by routes; libreswan begins
what="VTI"
sites 198.51.100.1 203.0.113.2 10.10.10 10.20.20 'StrongSharedSecret!' <<'EOF'
conn site
	left=203.0.113.2
	leftsubnet=0.0.0.0/0
	right=198.51.100.1
	rightsubnet=0.0.0.0/0
	authby=secret
	ikev2=insist
	ike=aes256-sha2_256-modp2048
	esp=aes_gcm256;modp2048
	mark=5/0xffffffff
EOF
ip -n B link add vti-site-a type vti local 203.0.113.2 remote 198.51.100.1 key 5
ip -n B link set vti-site-a up
ip -n B addr add 169.254.100.2/30 dev vti-site-a
ip -n B route add 10.10.10.0/24 dev vti-site-a
sysctl_ns B net.ipv4.conf.vti-site-a.disable_policy=1
sysctl_ns B net.ipv4.conf.vti-site-a.rp_filter=0
rsc_check "$what: A, which waits" A < <(
	masquerade
	cat <<-'EOF'
		/ip ipsec profile
		add name=ike2-vti-profile hash-algorithm=sha256 enc-algorithm=aes-256 dh-group=modp2048 dpd-interval=30s
		/ip ipsec peer
		add name=peer-site-b-vti address=203.0.113.2/32 exchange-mode=ike2 profile=ike2-vti-profile local-address=198.51.100.1 passive=yes
		/ip ipsec identity
		add peer=peer-site-b-vti secret="StrongSharedSecret!"
		/ip ipsec proposal
		add name=vti-proposal auth-algorithms=sha256 enc-algorithms=aes-256-gcm pfs-group=modp2048
		/ip ipsec policy
		add peer=peer-site-b-vti tunnel=yes src-address=0.0.0.0/0 dst-address=0.0.0.0/0 sa-src-address=198.51.100.1 sa-dst-address=203.0.113.2 proposal=vti-proposal action=encrypt
		/interface vti
		add name=vti-site-b local-address=198.51.100.1 remote-address=203.0.113.2
		/ip address add address=169.254.100.1/30 interface=vti-site-b
		/ip route add dst-address=10.20.20.0/24 gateway=vti-site-b
	EOF
)
lsw_check "$what: libreswan begins" whack B --initiate --name site
ipsec_wait A
lan_carries "$what"
wan_clean "$what"
ip -n B link del vti-site-a
gone

# --- IKEv1; A begins
what="IKEv1"
sites 192.168.90.1 192.168.80.1 10.1.202 10.1.101 thisisnotasecurepsk <<'EOF'
conn site
	left=192.168.80.1
	leftsubnet=10.1.101.0/24
	right=192.168.90.1
	rightsubnet=10.1.202.0/24
	authby=secret
	ikev2=no
	ike=aes128-sha1-modp2048
	esp=aes128-sha1
	pfs=yes
EOF
rsc_check "$what: A" A < <(
	masquerade
	cat <<-'EOF'
		/ip ipsec profile
		add dh-group=modp2048 enc-algorithm=aes-128 name=ike1-site2
		/ip ipsec proposal
		add enc-algorithms=aes-128-cbc name=ike1-site2 pfs-group=modp2048
		/ip ipsec peer
		add address=192.168.80.1/32 name=ike1-site2 profile=ike1-site2
		/ip ipsec identity
		add peer=ike1-site2 secret=thisisnotasecurepsk
		/ip ipsec policy
		add src-address=10.1.202.0/24 src-port=any dst-address=10.1.101.0/24 dst-port=any tunnel=yes action=encrypt proposal=ike1-site2 peer=ike1-site2
		/ip firewall nat
		add chain=srcnat action=accept place-before=0 src-address=10.1.202.0/24 dst-address=10.1.101.0/24
	EOF
)
ipsec_wait A
lan_carries "$what"
counted "$what" A nat
lsw_check "$what: libreswan agrees" at_least 2 b_sas
wan_clean "$what"
gone
finish
