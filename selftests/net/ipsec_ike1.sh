#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -t 900
# The manual's IKEv1: two offices with NAT and its bypass, FastTrack, raw; the
# matcher of what came by IPsec, and the policy that discards what did not.
. "$(dirname "$0")/ipsec_lib.sh"

# office NAME FAR LAN THERE
office() {
	cat <<-EOF
		/ip ipsec profile
		add dh-group=modp2048 enc-algorithm=aes-128 name=$1
		/ip ipsec proposal
		add enc-algorithms=aes-128-cbc name=$1 pfs-group=modp2048
		/ip ipsec peer
		add address=$2/32 name=$1 profile=$1
		/ip ipsec identity
		add peer=$1 secret=thisisnotasecurepsk
		/ip ipsec policy
		add src-address=$3 src-port=any dst-address=$4 dst-port=any tunnel=yes action=encrypt proposal=$1 peer=$1
	EOF
}
# its lines of the firewall, of the office with LAN
bypass() {
	echo "/ip firewall nat"
	echo "add chain=srcnat action=accept place-before=0 src-address=$1 dst-address=$2"
}
fast() {
	cat <<-EOF
		/ip firewall filter
		add chain=forward action=accept place-before=1 \
		    src-address=10.1.101.0/24 dst-address=10.1.202.0/24 connection-state=established,related
		add chain=forward action=accept place-before=1 \
		    src-address=10.1.202.0/24 dst-address=10.1.101.0/24 connection-state=established,related
	EOF
}
raw_rules() {
	cat <<-EOF
		/ip firewall raw
		add action=notrack chain=prerouting src-address=10.1.101.0/24 dst-address=10.1.202.0/24
		add action=notrack chain=prerouting src-address=10.1.202.0/24 dst-address=10.1.101.0/24
	EOF
}

offices() {
	local n what a=10.1.202.0/24 b=10.1.101.0/24
	what="IKEv1, $1"

	if [ "$1" = own ]; then
		office ike1-site2 192.168.80.1 "$a" "$b" >"$TMP/a"
		office ike1-site1 192.168.90.1 "$b" "$a" >"$TMP/b"
		bypass "$a" "$b" >"$TMP/a.nat"
		bypass "$b" "$a" >"$TMP/b.nat"
		fast >"$TMP/fast"
		raw_rules >"$TMP/raw"
	else
		block 004 "enc-algorithm=aes-128 name=ike1-site2" \
			"name=ike1-site2 profile" "peer=ike1-site2 secret" \
			"proposal=ike1-site2 peer" >"$TMP/a"
		block 004 "enc-algorithm=aes-128 name=ike1-site1" \
			"name=ike1-site1 profile" "proposal=ike1-site1 peer" \
			>"$TMP/b"
		block 004 "place-before=0 src-address=$a" >"$TMP/a.nat"
		block 004 "place-before=0 src-address=$b" >"$TMP/b.nat"
		block 004 "place-before=1" >"$TMP/fast"
		block 004 "chain=prerouting src-address=$b" >"$TMP/raw"
	fi
	ipsec_sites 192.168.90.1 192.168.80.1 10.1.202 10.1.101
	lan_serve HA "$HOST_A" 7
	lan_serve HB "$HOST_B" 7
	wan_begin
	for n in A B; do
		rsc_check "$what: $n" "$n" < <(masquerade; cat "$TMP/${n,}")
	done
	ipsec_wait A
	ipsec_wait B
	check "$what: without a bypass no ping" \
		not lan_ping HA "$HOST_B" "$OPENLY" -W 3
	for n in A B; do
		rsc_check "$what: $n: its bypass" "$n" < <(masquerade
			cat "$TMP/${n,}.nat" "$TMP/${n,}"; drop_in; drop_rest)
	done
	lan_carries "$what"
	for n in A B; do
		counted "$what" "$n" nat
		# one more, never used, where both have begun at once: a quick mode
		# that its phase 1 did not outlive, until its lifetime
		ipsec_check "$what: $n: a pair of SAs" \
			busywait 60 at_least 2 sas "$n"
		ipsec_check "$what: $n: of one phase 2" busywait 60 one_phase2 "$n"
	done
	check "$what: by IKEv1" has_packets "$TMP/wan.pcap" 2 \
		"udp port 500 and udp[25] = 0x10"

	for n in A B; do
		rsc_check "$what: $n: FastTrack, its bypass" "$n" < <(
			cat "$TMP/${n,}.nat"
			cat <<-'EOF2'
				/ip firewall filter
				add chain=forward action=passthrough comment="test: dummy"
				add chain=forward action=fasttrack-connection connection-state=established,related comment="test: fast"
				add chain=forward action=accept comment="test: slow"
			EOF2
			cat "$TMP/fast" "$TMP/${n,}")
	done
	lan_carries "$what, FastTrack"
	for n in A B; do
		counted "$what, FastTrack" "$n" filter
		rsc_check "$what: $n: raw" "$n" < <(masquerade
			cat "$TMP/raw" "$TMP/${n,}")
	done
	lan_carries "$what, raw"
	for n in A B; do
		counted "$what, raw" "$n" raw
	done
	wan_clean "$what"
	ipsec_sites_gone
}
one_phase2() { [[ $(policies "$1") == *" ph2-count=1 "* ]]; }
each_form offices

# --- only what came by IPsec
# only_ipsec FORM: on the router's interface WAN, as the manual calls it
only_ipsec() {
	local n what ip=1.1.1.1 rule
	what="IPsec only, $1"

	if [ "$1" = own ]; then
		cat >"$TMP/all" <<-'EOF'
			/ip firewall filter
			add chain=input comment="ipsec policy matcher" in-interface=WAN ipsec-policy=in,ipsec
			add action=drop chain=input comment="drop all" in-interface=WAN log=yes
		EOF
		cat >"$TMP/gre" <<-'EOF'
			/ip firewall filter
			add chain=input comment="ipsec policy matcher" in-interface=WAN ipsec-policy=in,ipsec protocol=gre src-address=192.168.33.1
			add action=drop chain=input comment="drop all" in-interface=WAN log=yes
		EOF
		cat >"$TMP/l2tp" <<-'EOF'
			/ip firewall filter
			add chain=input comment="ipsec policy matcher" in-interface=WAN ipsec-policy=in,ipsec protocol=udp dst-port=1701
			add action=drop chain=input protocol=udp dst-port=1701 comment="drop l2tp" in-interface=WAN log=yes
		EOF
		cat >"$TMP/discard" <<-'EOF'
			/ip ipsec policy
			add src-address=1.1.1.1 dst-address=0.0.0.0/0 sa-src-address=1.1.1.1 protocol=udp src-port=1701 tunnel=yes action=discard
		EOF
	else
		block 004 'add chain=input comment="ipsec policy matcher" in-interface=WAN ipsec-policy=in,ipsec' \
			>"$TMP/all"
		block 004 "protocol=gre src-address=192.168.33.1" >"$TMP/gre"
		block 004 'comment="drop l2tp"' >"$TMP/l2tp"
		block 004 "action=discard" >"$TMP/discard"
	fi
	ipsec_sites 192.168.90.1 192.168.80.1 10.1.202 10.1.101
	ip -n A link set wan down
	ip -n A link set wan name WAN
	ip -n A link set WAN up
	ip -n A route add default via 192.168.90.254
	ip -n A addr add "$ip"/32 dev lo
	ip -n W route add "$ip"/32 via 192.168.90.1
	ip -n B addr add 192.168.33.1/32 dev lo
	wan_begin
	{
		office ike1-site2 192.168.80.1 10.1.202.0/24 10.1.101.0/24
		echo "add src-address=10.1.202.0/24 dst-address=192.168.33.1/32 \
tunnel=yes proposal=ike1-site2 peer=ike1-site2"
	} >"$TMP/a"
	{
		office ike1-site1 192.168.90.1 10.1.101.0/24 10.1.202.0/24
		echo "add src-address=192.168.33.1/32 dst-address=10.1.202.0/24 \
tunnel=yes proposal=ike1-site1 peer=ike1-site1"
	} >"$TMP/b"
	rsc_check "$what: B" B <"$TMP/b"
	for rule in all gre l2tp; do
		rsc_check "$what: A, $rule" A < <(drop_in
			cat "$TMP/$rule" "$TMP/a")
		ipsec_wait A
		case $rule in
		all)
			ipsec_check "$what: by IPsec" busywait 60 \
				lan_ping HB 10.1.202.1
			;;
		gre) from_b 192.168.33.1 10.1.202.1 47 ;;
		l2tp) from_b 10.1.101.1 10.1.202.1 17 1701 1701 ;;
		esac
		ip netns exec W "$NET_DIR/send.py" 192.168.90.254 \
			192.168.90.1 17 1701 1701
		check "$what: $rule: every rule has counted" \
			busywait 30 all_counted
	done

	# the discard policy: below the one that encrypts
	{
		echo "/ip ipsec policy add src-address=$ip/32 src-port=1701 \
dst-address=192.168.80.1/32 protocol=udp tunnel=yes sa-src-address=192.168.90.1 \
peer=ike1-site2 proposal=ike1-site2"
		cat "$TMP/discard"
	} >>"$TMP/a"
	echo "/ip ipsec policy add dst-address=$ip/32 dst-port=1701 \
src-address=192.168.80.1/32 protocol=udp tunnel=yes peer=ike1-site1 \
proposal=ike1-site1" >>"$TMP/b"
	rsc_check "$what: B: to 1701 by IPsec" B <"$TMP/b"
	rsc_check "$what: A: all else is discarded" A <"$TMP/a"
	ipsec_wait A
	ip netns exec A "$NET_DIR/payload.py" hear "$ip" 1701 >"$TMP/heard" &
	BACKGROUND+=($!)
	n=$(blocked)
	ip netns exec W "$NET_DIR/payload.py" say 192.168.90.254 7 "$ip" 1701 \
		"$OPENLY"
	check "$what: what comes in clear is discarded" busywait 30 \
		at_least $((n + 1)) blocked
	is "$what: and not heard" "" "$(cat "$TMP/heard")"
	check "$what: by IPsec it is" busywait 60 said_and_heard
	check "$what: in clear nothing leaves" not ip netns exec A \
		"$NET_DIR/payload.py" say "$ip" 1701 192.168.90.254 7 "$PAYLOAD"
	wan_clean "$what"
	ipsec_sites_gone
}
# from_b SOURCE WORD...: until it arrives; A takes nothing that did not
from_b() {
	busywait 60 at_least 1 eval "ip netns exec B '$NET_DIR/send.py' $*
		rule A filter 'ipsec policy matcher'"
}
all_counted() { [ -z "$(still A filter)" ]; }
blocked() {
	sl A -j '/ip ipsec statistics print' | jq '.["in-policy-blocked"]'
}
said_and_heard() {
	ip netns exec B "$NET_DIR/payload.py" say 192.168.80.1 7 1.1.1.1 1701 \
		"$PAYLOAD"
	grep -q . "$TMP/heard"
}
each_form only_ipsec
finish
