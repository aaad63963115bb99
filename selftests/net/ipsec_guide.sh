#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# kernel: 6.12
# The guide to IPsec between two sites: the quick start, one side of which waits,
# FastTrack, raw, what comes in clear, and policies by network, port and protocol.
. "$(dirname "$0")/ipsec_lib.sh"

# --- the quick start, and what the guide adds to it
quick() {
	local n what
	what="quick start, $1"

	if [ "$1" = own ]; then
		cat >"$TMP/a" <<-'EOF'
			/ip ipsec peer add address=203.0.2.1/32 exchange-mode=ike2 name=site-b
			/ip ipsec identity add peer=site-b secret=YourSecretKey123 auth-method=pre-shared-key
			/ip ipsec policy add src-address=10.1.0.0/24 dst-address=10.2.0.0/24 tunnel=yes peer=site-b
		EOF
		cat >"$TMP/b" <<-'EOF'
			/ip ipsec peer add address=203.0.1.1/32 exchange-mode=ike2 name=site-a passive=yes
			/ip ipsec identity add peer=site-a secret=YourSecretKey123 auth-method=pre-shared-key
			/ip ipsec policy add src-address=10.2.0.0/24 dst-address=10.1.0.0/24 tunnel=yes peer=site-a
		EOF
		cat >"$TMP/fast" <<-'EOF'
			/ip firewall filter
			add chain=forward action=accept src-address=10.1.0.0/24 dst-address=10.2.0.0/24 connection-state=established,related place-before=[find action=fasttrack-connection]
		EOF
		cat >"$TMP/raw" <<-'EOF'
			/ip firewall raw
			add chain=prerouting action=notrack src-address=10.1.0.0/24 dst-address=10.2.0.0/24
			add chain=prerouting action=notrack src-address=10.2.0.0/24 dst-address=10.1.0.0/24
		EOF
		cat >"$TMP/matcher" <<-'EOF'
			/ip firewall filter
			add chain=forward action=accept ipsec-policy=in,ipsec src-address=10.2.0.0/24 dst-address=10.1.0.0/24
			add chain=forward action=drop src-address=10.2.0.0/24 dst-address=10.1.0.0/24 log=yes log-prefix="UNENCRYPTED"
		EOF
		echo "/ip firewall nat add chain=srcnat action=accept \
src-address=10.1.0.0/24 dst-address=10.2.0.0/24 place-before=0" >"$TMP/bypass"
	else
		block 001 "peer=site-b secret=YourS" >"$TMP/a"
		block 001 "peer=site-a secret=YourS" >"$TMP/b"
		block 001 "action=fasttrack-connection" >"$TMP/fast"
		block 001 "log-prefix=" >"$TMP/matcher"
		block 001 "chain=srcnat" >"$TMP/bypass"
		# twice in the guide
		cat "$(grep -l "firewall raw" "$TMP"/blocks/001-*.rsc |
			head -n 1)" >"$TMP/raw"
	fi
	ipsec_sites 203.0.1.1 203.0.2.1 10.1.0 10.2.0
	lan_serve HA "$HOST_A" 7
	lan_serve HB "$HOST_B" 7
	wan_begin
	rsc_check "$what: B, which waits" B < <(cat "$TMP/b"; drop_in; drop_rest)
	is "$what: B begins nothing" "" "$(ike_sent B)"
	rsc_check "$what: A" A < <(masquerade; cat "$TMP/bypass" "$TMP/a"
		drop_in; drop_rest)
	ipsec_wait A
	ipsec_wait B
	lan_carries "$what"
	counted "$what" A nat
	is "$what: A is the initiator" initiator "$(sl A -j \
		'/ip ipsec active-peers print' | jq -r '.[0].side')"
	is "$what: B is not" responder "$(sl B -j \
		'/ip ipsec active-peers print' | jq -r '.[0].side')"

	# FastTrack would take established connections out of IPsec's way
	rsc_check "$what: FastTrack and its bypass" A < <(
		cat <<-'EOF'
			/ip firewall filter
			add chain=forward action=fasttrack-connection connection-state=established,related comment="test: fast"
			add chain=forward action=accept comment="test: slow"
		EOF
		cat "$TMP/fast" "$TMP/a")
	lan_carries "$what, FastTrack"
	counted "$what, FastTrack" A filter

	rsc_check "$what: raw instead of a bypass of NAT" A < <(masquerade
		cat "$TMP/raw" "$TMP/a")
	lan_carries "$what, raw"
	counted "$what, raw" A raw

	# what comes in clear: IPsec's own policy drops it, and without one the rule
	ip -n W route add 10.1.0.0/24 via 203.0.1.1
	ip -n W addr add 10.2.0.99/32 dev lo
	rsc_check "$what: the matcher" A < <(cat "$TMP/matcher" "$TMP/a")
	lan_carries "$what, the matcher"
	in_clear() {
		ip netns exec W ping -q -c1 -W2 -p "$(octets "$OPENLY")" \
			-I 10.2.0.99 "$HOST_A"
	}
	capture HA eth0 "$TMP/ha.pcap" "src 10.2.0.99"
	check "$what: in clear, with the policy: dropped" not in_clear
	check "$what: without it" sl A '/ip ipsec policy disable [find tunnel=yes]'
	check "$what: dropped, too" not in_clear
	counted "$what: the matcher" A filter
	# the LAN has seen neither
	check "$what: HA hears A" lan_ping HA 10.1.0.1 "$OPENLY"
	capture_stop "$TMP/ha.pcap" 0
	is "$what: nothing has come through" "" \
		"$(tcpdump -nr "$TMP/ha.pcap" 2>/dev/null)"
	wan_clean "$what"
	ipsec_sites_gone
}
# ike_sent NS: packets of its IKE on the WAN
ike_sent() {
	local from=WAN_$1
	tcpdump -nr "$TMP/wan.pcap" "src ${!from} and udp port 500" 2>/dev/null
}
each_form quick

# --- profiles, proposals, and policies by network, port and protocol
# crypto FORM
crypto() {
	if [ "$1" = own ]; then
		cat <<-'EOF'
			/ip ipsec profile
			add name=strong-ike2 dh-group=ecp256,modp2048 enc-algorithm=aes-256,aes-128 hash-algorithm=sha256 lifetime=8h
			/ip ipsec proposal
			add name=strong-esp enc-algorithms=aes-256-gcm,aes-256-cbc auth-algorithms=sha256 pfs-group=ecp256 lifetime=1h
			/ip ipsec profile
			set [find name=strong-ike2] dpd-interval=30s dpd-maximum-failures=3
		EOF
	else
		block 001 "name=strong-ike2 dh-group" "name=strong-esp" \
			"find name=strong-ike2"
	fi
	cat <<-'EOF'
		/ip ipsec proposal
		add name=high-security enc-algorithms=aes-256-gcm,aes-256-cbc auth-algorithms=sha256 pfs-group=ecp256
		add name=standard-security enc-algorithms=aes-128-cbc auth-algorithms=sha1 pfs-group=modp2048
	EOF
}
granular() {
	local n what
	what="policies, $1"

	ipsec_sites 203.0.1.1 203.0.2.1 10.1.0 10.2.0
	for n in 100.5 100.6 200.5; do
		ip -n HA addr add 10.1."$n"/32 dev lo
		ip -n HB addr add 10.2."$n"/32 dev lo
	done
	for n in 10.1.100.0/24 10.1.200.0/24; do
		ip -n A route add "$n" via "$HOST_A"
		ip -n W route add "$n" via 203.0.1.1
	done
	for n in 10.2.100.0/24 10.2.200.0/24; do
		ip -n B route add "$n" via "$HOST_B"
		ip -n W route add "$n" via 203.0.2.1
	done
	ip -n W route add 10.1.0.0/24 via 203.0.1.1
	lan_serve HB 10.2.100.5 443 80
	lan_serve HB 10.2.200.5 443
	{
		crypto "$1"
		cat <<-'EOF'
			/ip ipsec peer add address=203.0.2.1/32 exchange-mode=ike2 name=site-b profile=strong-ike2
			/ip ipsec identity add peer=site-b secret=YourSecretKey123
		EOF
		if [ "$1" = own ]; then
			cat <<-'EOF'
				/ip ipsec policy
				add src-address=10.1.0.0/24 src-port=any dst-address=10.2.100.5/32 dst-port=443 protocol=tcp tunnel=yes peer=site-b
				/ip ipsec policy
				add src-address=10.1.100.0/24 dst-address=10.2.100.0/24 tunnel=yes proposal=high-security peer=site-b
				add src-address=10.1.200.0/24 dst-address=10.2.200.0/24 tunnel=yes proposal=standard-security peer=site-b
			EOF
		else
			block 001 dst-port=443 proposal=high-security
		fi
	} >"$TMP/a"
	sed -e 's/203.0.2.1/203.0.1.1/; s/site-b/site-a/g' \
		-e '/^add src/{s/src-/near-/g; s/dst-/src-/g; s/near-/dst-/g}' \
		"$TMP/a" >"$TMP/b"
	wan_begin
	for n in A B; do
		rsc_check "$what: $n" "$n" <"$TMP/${n,}"
	done
	ipsec_wait A
	ipsec_wait B
	# or two, when both began
	ipsec_check "$what: a pair of SAs for each policy" \
		busywait 60 at_least 6 sas A
	is "$what: one peer" 203.0.2.1 "$(peers A)"
	ipsec_check "$what: by port and protocol" lan_tcp HA 10.2.100.5 443
	check "$what: another port is in clear" \
		lan_tcp HA 10.2.100.5 80 "$OPENLY"
	check "$what: as was seen" busywait 30 at_least 1 found "$OPENLY"
	for n in 100 200; do
		ipsec_check "$what: network $n" busywait 60 lan_ping HA \
			10.2."$n".5 "$PAYLOAD" -I 10.1."$n".5
	done
	# GCM for 100, CBC for 200
	is "$what: each by its proposal" "rfc4106(gcm(aes)) cbc(aes)" \
		"$(by_dst 10.2.100.0/24) $(by_dst 10.2.200.0/24)"
	wan_clean "$what"
	ipsec_sites_gone
}
# by_dst NET: the cipher of A's SA for what goes there, by the policy's reqid
by_dst() {
	local reqid
	reqid=$(ip -n A xfrm policy list dir out | awk -v d="$1" '
		/^src/ { on = $4 == d } on && /reqid/ {
			for (i = 1; i < NF; i++) if ($i == "reqid") print $(i + 1)
		}' | grep -m1 -vx 0)
	ip -n A xfrm state list src 203.0.1.1 reqid "$reqid" |
		sed -n 's/^\t\(enc\|aead\) \([^ ]*\).*/\2/p' | sort -u
}
each_form granular
finish
