# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Two sites with RouterOS scripts and IPsec between: routers A and B (interfaces
# `wan` and `lan`), a host behind each, HA and HB, and W, the routers between them,
# where everything that passes is captured.

. "$(dirname "${BASH_SOURCE[0]}")/rsc_lib.sh"
command -v charon-systemd >/dev/null || skip_all "no strongSwan"

# what no other packet has; 16 octets, as ping repeats them
PAYLOAD='in clear: never!'
# what is meant to be in clear
# shellcheck disable=SC2034 # the tests'
OPENLY='in clear: as is.'

# ipsec_sites WAN-A WAN-B LAN-A LAN-B: addresses of the routers, in networks of
# 24 bits that differ; the LANs' first 24 bits (10.1.0). Hosts have .2 there.
ipsec_sites() {
	local n wan net
	WAN_A=$1 WAN_B=$2 HOST_A=$3.2 HOST_B=$4.2

	setup_ns A B HA HB W
	for n in A:$1:$3 B:$2:$4; do
		IFS=: read -r n wan net <<<"$n"
		cable "$n" wan W "to$n"
		cable "$n" lan "H$n" eth0
		ip -n "$n" addr add "$wan/24" dev wan
		ip -n "$n" addr add "$net.1/24" dev lan
		ip -n "H$n" addr add "$net.2/24" dev eth0
		ip -n "H$n" route add default via "$net.1"
		ip -n W addr add "${wan%.*}.254/24" dev "to$n"
		ip -n "$n" route add default via "${wan%.*}.254"
	done
	for n in A B W; do
		sysctl_ns $n net.ipv4.ip_forward=1
		for wan in all default wan lan toA toB; do
			ip netns exec $n sysctl -qew \
				net.ipv4.conf.$wan.rp_filter=0 2>/dev/null
		done
	done
	check "WAN: A reaches B" busywait 60 ping_ns A "$WAN_B"
}

# ipsec_sites_gone: all of it
ipsec_sites_gone() {
	local n
	for n in A B; do
		check "$n: flush" sl $n flush
		is "$n: nothing of IPsec is left" "" "$(ipsec_left $n)"
	done
	# wait without a process is for all of the test's
	if [ ${#SERVERS[@]} -gt 0 ]; then
		kill "${SERVERS[@]}" 2>/dev/null
		wait "${SERVERS[@]}" 2>/dev/null
		SERVERS=()
	fi
	end_ns A B HA HB W
	# shellcheck disable=SC2034 # lib.sh's
	NAMESPACES=()
}

# ipsec_left NS: processes, too, which end when they have said goodbye; not what
# the kernel remembers of an SA that it has asked for, which has no keys yet
ipsec_left() {
	busywait 30 alone "$1"
	ip netns pids "$1" | xargs -r ps -o args= -p
	ip -n "$1" xfrm state list | awk '
		/^src/ { if (keys) printf "%s", one; one = keys = "" }
		/^\t(enc|aead|auth)/ { keys = 1 }
		{ one = one $0 "\n" }
		END { if (keys) printf "%s", one }'
	ip -n "$1" xfrm policy list
}
alone() { [ -z "$(ip netns pids "$1")" ]; }

# nat_between FROM: W hides the network behind FROM's port, as a NAT router does
nat_between() {
	ip netns exec W nft -f - <<-EOF
		table ip nat {
			chain out {
				type nat hook postrouting priority 100;
				iifname to$1 masquerade
			}
		}
	EOF
}

# --- the WAN's capture

octets() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }
# found TEXT: how often the capture has it
found() { "$NET_DIR/payload.py" find "$TMP/wan.pcap" "$1"; }

# wan_begin: from here on everything is captured, on both ports
wan_begin() {
	ip netns exec W tcpdump --immediate-mode -B 16384 -s 1600 -U -i any \
		-w "$TMP/wan.pcap" not arp 2>"$TMP/wan.said" &
	WAN_CAPTURE=$!
	BACKGROUND+=("$WAN_CAPTURE")
	busywait 30 grep -q listening "$TMP/wan.said"
}

# wan_openly TEXT [WORD...]: W sends it to A
wan_openly() {
	ip netns exec W ping -q -c1 -W1 -p "$(octets "$1")" "${@:2}" "$WAN_A" \
		>/dev/null
	busywait 30 at_least 1 found "$1"
}

# wan_clean NAME [FILTER]: of PAYLOAD nothing has been seen, what matches FILTER
# has; whole and in fragments PAYLOAD would have been found
wan_clean() {
	local filter=${2:-esp}

	# what was before it has been written
	check "$1: the capture's mark" wan_openly "the capture ends"
	is "$1: on the WAN no octet of the payload" 0 "$(found "$PAYLOAD")"
	check "$1: but $filter" has_packets "$TMP/wan.pcap" 4 "$filter"
	check "$1: it would be found" wan_openly "$PAYLOAD" -s 3000
	kill -INT "$WAN_CAPTURE"
	wait "$WAN_CAPTURE"
	like "$1: and nothing has been missed" '(^|[^0-9])0 packets dropped' \
		"$(cat "$TMP/wan.said")"
}

# --- the LANs' traffic

SERVERS=()
# lan_serve NS ADDRESS PORT...: answers what payload.py sends
lan_serve() {
	local ns=$1 port
	ip netns exec "$ns" "$NET_DIR/payload.py" serve "${@:2}" &
	SERVERS+=($!)
	BACKGROUND+=($!)
	for port in "${@:3}"; do
		busywait 30 listens "$ns" "$port"
	done
}
# lan_tcp NS ADDRESS PORT [TEXT]
lan_tcp() {
	ip netns exec "$1" "$NET_DIR/payload.py" send "$2" "$3" "${4:-$PAYLOAD}"
}
# lan_ping NS ADDRESS [TEXT [WORD...]]
lan_ping() {
	ip netns exec "$1" ping -q -c1 -W1 -p "$(octets "${3:-$PAYLOAD}")" \
		"${@:4}" "$2"
}
# lan_carries NAME: ping, small and in fragments, and TCP, both ways
lan_carries() {
	local a=HA b=$HOST_B way
	for way in there back; do
		ipsec_check "$1: ping, $way" busywait 60 lan_ping $a "$b"
		ipsec_check "$1: ping in fragments, $way" \
			busywait 30 lan_ping $a "$b" "$PAYLOAD" -s 4000
		ipsec_check "$1: TCP, $way" lan_tcp $a "$b" 7
		a=HB b=$HOST_A
	done
}

# --- what the routers say

# drop_rest: rules for the end of a script: what the ones before do not take is
# dropped, but what comes from the LAN, and out of IPsec
drop_rest() {
	cat <<-'EOF'
		/ip firewall filter
		add chain=input action=drop comment="test: rest"
		add chain=forward action=accept in-interface=lan comment="test: LAN"
		add chain=forward action=accept ipsec-policy=in,ipsec comment="test: IPsec"
		add chain=forward action=drop comment="test: rest"
	EOF
}
# drop_in: but IKE and ESP come in
drop_in() {
	cat <<-'EOF'
		/ip firewall filter
		add chain=input protocol=udp dst-port=500,4500 action=accept
		add chain=input protocol=ipsec-esp action=accept
	EOF
}
# masquerade: what every site has
masquerade() {
	echo "/ip firewall nat add chain=srcnat action=masquerade out-interface=wan \
comment=\"test: masquerade\""
}

# still NS MENU: numbers and comments of rules that have not counted, but for those
# of the test
still() {
	sl "$1" -j "/ip firewall $2 print stats" | jq -r 'to_entries | map(
		select((.value.comment // "" | startswith("test:") | not) and
			.value.packets == 0) |
		"\(.key) \(.value.comment // "")") | join(", ")'
}
# counted NAME NS MENU...: every pasted rule has
counted() {
	local menu
	for menu in "${@:3}"; do
		is "$1: every counter of $2's $menu moves" "" \
			"$(still "$2" "$menu")"
	done
}
# rule NS MENU COMMENT: packets of that rule
rule() {
	sl "$1" -j "/ip firewall $2 print stats where comment=\"$3\"" |
		jq -r '.[0].packets'
}

# policies NS [DST]: its policies that encrypt, a line for each, or the one to there.
# They are asked for again and again: jq takes half a second to begin in the machine
policies() {
	local line
	while read -r line; do
		[[ $line != *template=yes* && $line != *action=[dn]* ]] || continue
		[[ -z ${2:-} || $line == *" dst-address=$2 "* ]] || continue
		echo "$line"
	done < <(sl "$1" '/ip ipsec policy print terse where !disabled')
}
# phase2 NS [DST]: what states theirs is in
phase2() {
	local line state said=
	while read -r line; do
		state=none
		[[ ! $line =~ ph2-state=([a-z0-9-]+) ]] ||
			state=${BASH_REMATCH[1]}
		[[ " $said " == *" $state "* ]] || said+=" $state"
	done < <(policies "$@")
	echo "${said# }"
}
up() { [ "$(phase2 "$@")" = established ]; }
# ipsec_wait NS [DST]: until the policies have their SAs
ipsec_wait() { ipsec_check "$1: phase 2${2:+ to $2}" busywait 120 up "$@"; }
# peers NS: addresses of those that IKE is established with
peers() {
	sl "$1" -j '/ip ipsec active-peers print' | jq -r 'map(select(
		.state == "established") | .["remote-address"]) | unique |
		join(" ")'
}
# sas NS: how many are installed; a larval one is but asked for
sas() {
	sl "$1" -j '/ip ipsec installed-sa print' |
		jq 'map(select(.state != "larval")) | length'
}
sas_are() { [ "$(sas "$2")" = "$1" ]; }

# ipsec_check NAME COMMAND...: as check; if not, what the routers say
ipsec_check() {
	local failed=$TAP_FAILED n
	check "$@"
	[ "$failed" = "$TAP_FAILED" ] || for n in A B; do
		{
			sl $n '/ip ipsec policy print detail'
			sl $n '/ip ipsec active-peers print'
			sl $n '/log print' | tail -n 25
			ip -n $n xfrm policy list nosock
			ip -n $n xfrm state list nokeys
			ip netns exec $n grep -v '[^0-9]0$' /proc/net/xfrm_stat
		} 2>&1 | sed "s/^/# $n: /"
	done
}

# --- the manuals' own lines

SEEDS=$NET_DIR/../../../shared/seeds
# each_form SCENARIO: run it with "own", and with "manual" where the manuals are
each_form() {
	"$1" own
	if [ -d "$SEEDS" ]; then
		"$1" manual
	else
		pass "$1: as in the manuals # SKIP the manuals are not here"
	fi
}

# block SEED TEXT...: the manual's blocks that have the texts, one for each; as a
# line of its own, if there is one
block() {
	local seed=$1 text found
	[ -d "$TMP/blocks" ] || {
		mkdir "$TMP/blocks"
		"$NET_DIR/../sitelink/manuals.py" "$SEEDS" \
			"$NET_DIR/../sitelink/corrections.tsv" "$TMP/blocks" \
			"ip ipsec" || return
	}
	for text in "${@:2}"; do
		mapfile -t found < <(
			grep -lxF -- "$text" "$TMP/blocks/$seed"-*.rsc ||
				grep -lF -- "$text" "$TMP/blocks/$seed"-*.rsc)
		# what is no command is no script
		[ ${#found[@]} = 1 ] || {
			echo "${#found[@]} blocks of $seed have: $text"
			return 1
		}
		cat "${found[0]}"
	done
}
