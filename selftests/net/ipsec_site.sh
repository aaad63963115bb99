#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# Policy-based IPsec between two sites: IKEv2 with both bypasses of NAT, and the old
# form of IKEv1 with secrets at the peers.
. "$(dirname "$0")/ipsec_lib.sh"

# --- IKEv2, masquerade, and the two ways around it
# site NAME NEAR FAR LAN THERE BYPASS
site() {
	cat <<-EOF
		/ip ipsec profile
		add name=ike2-profile hash-algorithm=sha256 enc-algorithm=aes-256,aes-128 \
		    dh-group=modp2048 dpd-interval=30s dpd-maximum-failures=5
		/ip ipsec peer
		add name=$1 address=$3/32 exchange-mode=ike2 profile=ike2-profile local-address=$2
		/ip ipsec identity
		add peer=$1 auth-method=pre-shared-key secret="StrongSharedSecret!"
		/ip ipsec proposal
		add name=ph2-proposal auth-algorithms=sha256 enc-algorithms=aes-256-cbc \
		    pfs-group=modp2048
		/ip ipsec policy
		add src-address=$4 dst-address=$5 sa-src-address=$2 sa-dst-address=$3 \
		    tunnel=yes action=encrypt proposal=ph2-proposal peer=$1
		/ip firewall nat
		$6
		/ip firewall filter
		add chain=input protocol=udp dst-port=500,4500 action=accept comment="IKE/NAT-T"
		add chain=input protocol=ipsec-esp action=accept comment="ESP"
	EOF
}
bypass() {
	echo "add chain=srcnat src-address=$1 dst-address=$2 action=accept \
comment=\"IPsec bypass\" place-before=0"
}
by_policy() {
	echo 'add chain=srcnat action=accept ipsec-policy=out,ipsec \
comment="IPsec bypass" place-before=0'
}
# ikev2 FORM
ikev2() {
	local n what a=10.10.10.0/24 b=10.20.20.0/24
	local wa=198.51.100.1 wb=203.0.113.2
	what="IKEv2, $1"

	if [ "$1" = own ]; then
		site peer-site-b "$wa" "$wb" "$a" "$b" "$(bypass "$a" "$b")" >"$TMP/a"
		site peer-site-a "$wb" "$wa" "$b" "$a" "$(bypass "$b" "$a")" >"$TMP/b"
	else
		block 000 'add name=peer-site-b ' >"$TMP/a"
		block 000 'add name=peer-site-a ' >"$TMP/b"
	fi
	ipsec_sites "$wa" "$wb" 10.10.10 10.20.20
	lan_serve HA "$HOST_A" 7
	lan_serve HB "$HOST_B" 7
	wan_begin
	for n in A B; do
		rsc_check "$what: $n" "$n" < <(masquerade
			cat "$TMP/${n,}"; drop_rest)
	done
	ipsec_wait A
	ipsec_wait B
	lan_carries "$what"
	for n in A B; do
		counted "$what" "$n" nat filter
		# both may have begun at once
		ipsec_check "$what: $n: two SAs" busywait 60 sas_are 2 "$n"
	done
	is "$what: A's peer" "$wb" "$(peers A)"
	is "$what: B's peer" "$wa" "$(peers B)"

	for n in A B; do
		{
			masquerade
			if [ "$1" = own ]; then
				echo "/ip firewall nat"
				by_policy
			else
				block 000 "ipsec-policy=out,ipsec"
			fi
			grep -v -e place-before -e '^.*IPsec bypass' \
				"$TMP/${n,}" | no_nat
			drop_rest
		} >"$TMP/$n.new"
		rsc_check "$what: $n: the bypass by policy" "$n" <"$TMP/$n.new"
	done
	lan_carries "$what, by policy"
	for n in A B; do
		counted "$what, by policy" "$n" nat
	done

	# and what both are for
	check "$what: A without a bypass" sl A \
		'/ip firewall nat remove [find comment="IPsec bypass"]'
	check "$what: the ping fails" not lan_ping HA "$HOST_B" "$OPENLY" -W 3
	# by the masquerade's address, for which there is no policy
	check "$what: it went out in clear" busywait 30 at_least 1 found "$OPENLY"
	check "$what: masqueraded" has_packets "$TMP/wan.pcap" 1 \
		"icmp and src $wa and dst $HOST_B"
	wan_clean "$what"
	ipsec_sites_gone
}
# no_nat: a script without its part of /ip firewall nat
no_nat() { sed '/^\/ip firewall nat/,/^\/ip firewall filter/{/filter/!d}'; }
each_form ikev2

# --- the old form: secrets at the peers, policies that name no peer, IKEv1
# old NAME NEAR FAR LAN THERE
old() {
	cat <<-EOF
		/ip ipsec peer add address=$3 comment="$1 Peer" enc-algorithm=aes-128 \
		    nat-traversal=no secret=my_secret
		/ip ipsec policy add comment="$1 Traffic" dst-address=$5 sa-dst-address=$3 \
		    sa-src-address=$2 src-address=$4 tunnel=yes
		/ip firewall nat add chain=srcnat comment="$1 NAT bypass" dst-address=$5 \
		    src-address=$4
	EOF
}
old_form() {
	local n what wa=198.51.100.1 wb=203.0.113.2
	local a=192.168.1.0/24 b=192.168.2.0/24
	what="the old form, $1"

	if [ "$1" = own ]; then
		old Boise "$wa" "$wb" "$a" "$b" >"$TMP/a"
		old Seattle "$wb" "$wa" "$b" "$a" >"$TMP/b"
	else
		block 003 'comment="Boise Peer"' 'comment="Boise Traffic"' \
			'comment="Boise NAT bypass"' >"$TMP/a"
		block 003 'comment="Seattle Peer"' 'comment="Seattle Traffic"' \
			'comment="Seattle NAT bypass"' >"$TMP/b"
	fi
	ipsec_sites "$wa" "$wb" 192.168.1 192.168.2
	lan_serve HA "$HOST_A" 7
	lan_serve HB "$HOST_B" 7
	wan_begin
	for n in A B; do
		# the page moves its rules up by hand
		rsc_check "$what: $n" "$n" < <(cat "$TMP/${n,}"; masquerade)
	done
	ipsec_wait A
	ipsec_wait B
	lan_carries "$what"
	for n in A B; do
		counted "$what" "$n" nat
		is "$what: $n: a dynamic identity" true "$(sl "$n" -j \
			'/ip ipsec identity print' | jq '.[0].dynamic')"
	done
	like "$what: remote-peers" "$wb" "$(sl A /ip ipsec remote-peers print)"
	has_packets "$TMP/wan.pcap" 1 "udp port 500 and udp[25] = 0x10"
	is "$what: by IKEv1" 0 $?
	wan_clean "$what"
	ipsec_sites_gone
}
each_form old_form

finish
