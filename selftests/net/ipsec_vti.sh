#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -t 900
# IPsec by routes: VTI interfaces and 0.0.0.0/0 policies, bound by marks that are
# theirs alone; the guide's in-interface rules; a second one beside; without one.
. "$(dirname "$0")/ipsec_lib.sh"
modprobe sitelink_vti || skip_all "no sitelink_vti"

# routed SITE NEAR FAR LINK THERE: the guide's router whose far end is SITE
routed() {
	cat <<-EOF
		/ip ipsec profile
		add name=ike2-vti-profile hash-algorithm=sha256 enc-algorithm=aes-256 \
		    dh-group=modp2048 dpd-interval=30s
		/ip ipsec peer
		add name=peer-$1-vti address=$3/32 exchange-mode=ike2 \
		    profile=ike2-vti-profile local-address=$2
		/ip ipsec identity
		add peer=peer-$1-vti auth-method=pre-shared-key secret="StrongSharedSecret!"
		/ip ipsec proposal
		add name=vti-proposal auth-algorithms=sha256 enc-algorithms=aes-256-gcm \
		    pfs-group=modp2048
		/ip ipsec policy
		add peer=peer-$1-vti tunnel=yes src-address=0.0.0.0/0 dst-address=0.0.0.0/0 \
		    sa-src-address=$2 sa-dst-address=$3 proposal=vti-proposal action=encrypt
		/interface vti
		add name=vti-$1 local-address=$2 remote-address=$3
		/ip address add address=$4/30 interface=vti-$1
		/ip route add dst-address=$5 gateway=vti-$1
		/ip firewall filter
		add chain=forward action=accept in-interface=vti-$1 comment="IPsec VTI in"
		add chain=forward action=accept out-interface=vti-$1 comment="IPsec VTI out"
		/ip firewall filter
		add chain=input protocol=udp dst-port=500,4500 action=accept comment="IKE/NAT-T"
		add chain=input protocol=ipsec-esp action=accept comment="ESP"
	EOF
}
# rest: nothing else passes, neither from the LAN
rest() {
	cat <<-'EOF'
		/ip firewall filter
		add chain=input action=drop comment="test: rest"
		add chain=forward action=drop comment="test: rest"
	EOF
}
# second NEAR FAR LINK THERE: another VTI and what it needs; by an address that
# masquerade would hide
second() {
	cat <<-EOF
		/ip ipsec peer
		add name=second address=$2/32 exchange-mode=ike2 profile=ike2-vti-profile \
		    local-address=$1
		/ip ipsec identity add peer=second secret=AnotherSharedSecret!
		/ip ipsec policy
		add peer=second tunnel=yes src-address=0.0.0.0/0 dst-address=0.0.0.0/0 \
		    proposal=vti-proposal
		/interface vti add name=vti-second local-address=$1 remote-address=$2
		/ip address add address=$3/30 interface=vti-second
		/ip route add dst-address=$4 gateway=vti-second
		/ip firewall nat add chain=srcnat src-address=$1 action=accept place-before=0
		/ip firewall filter
		add chain=forward action=accept in-interface=vti-second place-before=0
		add chain=forward action=accept out-interface=vti-second place-before=0
	EOF
}

# marks NS: of the policies for everything, one a line; "none" for one without
marks() {
	ip -n "$1" xfrm policy list nosock | awk '
		/^src/ { if (on) print mark; mark = "none"
			 on = $2 == "0.0.0.0/0" && $4 == "0.0.0.0/0" }
		/^\tmark/ { mark = $2 }
		END { if (on) print mark }' | sort -u
}
# esp_between NEAR FAR: how many packets of it the WAN has seen
esp_between() {
	tcpdump -nr "$TMP/wan.pcap" "esp and src $1 and dst $2" 2>/dev/null |
		wc -l
}
carries_more() { # NAME FROM TO COMMAND...: COMMAND makes ESP between the two
	local name=$1 from=$2 to=$3 was
	shift 3
	was=$(esp_between "$from" "$to")
	ipsec_check "$name" "$@"
	check "$name: as ESP from $from" busywait 30 \
		at_least $((was + 1)) esp_between "$from" "$to"
}

vti() {
	local n what wa=198.51.100.1 wb=203.0.113.2 wa2=198.51.100.3
	local wb2=203.0.113.4
	what="VTI, $1"

	if [ "$1" = own ]; then
		routed site-b "$wa" "$wb" 169.254.100.1 10.20.20.0/24 >"$TMP/a"
		routed site-a "$wb" "$wa" 169.254.100.2 10.10.10.0/24 >"$TMP/b"
	else
		block 000 'add name=peer-site-b-vti ' >"$TMP/a"
		block 000 'add name=peer-site-a-vti ' >"$TMP/b"
	fi
	ipsec_sites "$wa" "$wb" 10.10.10 10.20.20
	lan_serve HA "$HOST_A" 7
	lan_serve HB "$HOST_B" 7
	wan_begin
	for n in A B; do
		rsc_check "$what: $n" "$n" < <(masquerade
			cat "$TMP/${n,}"; rest)
	done
	ipsec_wait A
	ipsec_wait B
	lan_carries "$what"
	for n in A B; do
		counted "$what" "$n" filter
		is "$what: $n: a mark of its own" 1 \
			"$(marks "$n" | grep -cvx none)"
		is "$what: $n: and no policy for all without" "" \
			"$(marks "$n" | grep -x none)"
	done
	# whose answer A does not let in
	lan_ping A 198.51.100.254 "$OPENLY" >/dev/null
	check "$what: what is not routed there is in clear" \
		busywait 30 at_least 1 found "$OPENLY"

	# down and up again
	check "$what: the interface disabled" sl A \
		'/interface vti disable vti-site-b'
	check "$what: nothing passes" not lan_ping HA "$HOST_B"
	check "$what: and enabled" sl A '/interface vti enable vti-site-b'
	ipsec_check "$what: it carries again" \
		busywait 120 lan_ping HA "$HOST_B"
	# gone with what stands on it, and back
	cp "$TMP/A.rsc" "$TMP/with"
	like "$what: its policy would be for all: refused" \
		"a policy of all packets has to be a VTI's" \
		"$(sl A '/interface vti remove vti-site-b' 2>&1)"
	rsc_check "$what: without both" A < <(sed -e '/-interface=vti/d' -e \
		'/^\/ip ipsec policy/,/^\/ip firewall/{/firewall/!d}' \
		"$TMP/with")
	check "$what: there is no interface" not ip -n A link show vti-site-b
	is "$what: and no policy" "" "$(marks A)"
	check "$what: without, nothing passes" not lan_ping HA "$HOST_B"
	rsc_check "$what: both again" A <"$TMP/with"
	ipsec_check "$what: it carries once more" \
		busywait 120 lan_ping HA "$HOST_B"
	ipsec_check "$what: and back" busywait 60 lan_ping HB "$HOST_A"
	[ "$1" = own ] || { wan_clean "$what"; ipsec_sites_gone; return; }

	# a second one beside it, by other addresses of the same interfaces
	ip -n A addr add "$wa2"/24 dev wan
	ip -n B addr add "$wb2"/24 dev wan
	ip -n HA addr add 10.30.30.1/32 dev lo
	ip -n HB addr add 10.40.40.1/32 dev lo
	ip -n A route add 10.30.30.0/24 via "$HOST_A"
	ip -n B route add 10.40.40.0/24 via "$HOST_B"
	second "$wa2" "$wb2" 169.254.200.1 10.40.40.0/24 >>"$TMP/A.rsc"
	second "$wb2" "$wa2" 169.254.200.2 10.30.30.0/24 >>"$TMP/B.rsc"
	for n in A B; do
		check "$what: $n: a second VTI" sl "$n" apply
		is "$what: $n: twice is once" "" "$(again "$n")"
	done
	ipsec_wait A
	ipsec_wait B
	for n in A B; do
		is "$what: $n: two marks" 2 "$(marks "$n" | grep -cvx none)"
	done
	carries_more "$what: by the second" "$wa2" "$wb2" busywait 120 \
		lan_ping HA 10.40.40.1 "$PAYLOAD" -I 10.30.30.1
	carries_more "$what: by the first" "$wa" "$wb" lan_tcp HA "$HOST_B" 7
	check "$what: the first one goes" sl A \
		'/interface vti disable vti-site-b'
	check "$what: by it nothing passes" not lan_ping HA "$HOST_B"
	carries_more "$what: by the second one it does" "$wa2" "$wb2" \
		lan_ping HA 10.40.40.1 "$PAYLOAD" -I 10.30.30.1
	wan_clean "$what"
	ipsec_sites_gone
}
each_form vti
finish
