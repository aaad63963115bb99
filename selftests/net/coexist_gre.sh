#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# gre, gretap and ipip of ours beside everything in-tree that shares a protocol
# or a table with them, and eoip: who comes first, all at once, and each one
# leaving in turn.
. "$(dirname "$0")/lib.sh"

ours=(gre gretap ipip)
others=(pptp ip6gre ip6tnl sit sitany xfrm eoip)

# module KIND: who brings it
module() {
	case $1 in
	gre | gretap) echo sitelink_gre ;;
	ipip) echo sitelink_ipip ;;
	eoip) echo sitelink_eoip ;;
	ip6gre) echo ip6_gre ;;
	ip6tnl) echo ip6_tunnel ;;
	sit | sitany) echo sit ;;
	xfrm) echo xfrm_interface ;;
	pptp) echo pptp ;;
	esac
}

# words KIND ME YOU: type and what it takes
words() {
	local v4="local 192.0.2.$2 remote 192.0.2.$3"
	local v6="local 2001:db8::$2 remote 2001:db8::$3"

	case $1 in
	eoip) echo "type eoip $v4 tunnel-id 7" ;;
	ip6gre) echo "type ip6gre $v6" ;;
	ip6tnl) echo "type ip6tnl $v6 mode any" ;;
	sit) echo "type sit $v4" ;;
	# takes IPv4 in IPv4, too, between other addresses than ipip's
	sitany) echo "type sit local 192.0.2.1$2 remote 192.0.2.1$3 mode any" ;;
	xfrm) echo "type xfrm dev wan if_id 42" ;;
	*) echo "type $1 $v4" ;;
	esac
}

# ipsec NS ME YOU: what goes through the xfrm interface
ipsec() {
	local a src dst dir spi

	for a in "$2 $3 out" "$3 $2 in"; do
		read -r src dst dir <<<"$a"
		src=192.0.2.$src dst=192.0.2.$dst spi=0x20${src: -1}
		ip -n "$1" xfrm state add src "$src" dst "$dst" proto esp \
			spi "$spi" mode tunnel reqid 1 if_id 42 \
			enc 'cbc(aes)' 0x00112233445566778899aabbccddeeff auth \
			'hmac(sha1)' 0x00112233445566778899aabbccddeeff00112233
		ip -n "$1" xfrm policy add dir "$dir" if_id 42 tmpl \
			src "$src" dst "$dst" proto esp mode tunnel reqid 1
	done
}

# far KIND: the other end's inner address
far() {
	local i=0 k
	for k in "${ours[@]}" "${others[@]}"; do
		i=$((i + 1))
		[ "$k" != "$1" ] || break
	done
	if [ "$1" = sit ]; then
		echo "fd00:$i::${2:-2}"
	else
		echo "10.9.$i.${2:-2}"
	fi
}

# up KIND: a tunnel of that kind, or a PPTP call, between A and B
up() {
	local ns me=1 you=2

	for ns in A B; do
		if [ "$1" = pptp ]; then
			ip netns exec $ns "$BIN/pptp" 192.0.2.$me ${me}00 \
				192.0.2.$you ${you}00 t_pptp "$(far pptp $me)" \
				"$(far pptp $you)" &
			BACKGROUND+=($!)
			PPTP+=($!)
		else
			# shellcheck disable=SC2046 # words
			ip -n $ns link add "t_$1" $(words "$1" $me $you)
			[ "$1" != xfrm ] || ipsec $ns $me $you
			ip -n $ns addr add "$(far "$1" $me)$(
				[ "$1" = sit ] && echo /64 || echo /24)" \
				dev "t_$1"
			ip -n $ns link set "t_$1" up
		fi
		me=2 you=1
	done
}

down() {
	local ns

	if [ "$1" = pptp ]; then
		kill "${PPTP[@]}"
		wait "${PPTP[@]}" 2>/dev/null
	else
		for ns in A B; do
			ip -n $ns link del "t_$1"
		done
	fi
}

works() { busywait 20 ping_ns A "$(far "$1")"; }

# together WHEN KIND...: each kind carries a ping
together() {
	local when=$1 kind
	shift
	for kind in "$@"; do
		check "$when: $kind" works "$kind"
	done
}

# round NAME KIND...: modules and tunnels in this order, then all at once, then
# the others leave, one by one
round() {
	local name=$1 kind left
	shift
	PPTP=()
	modprobe ppp_generic
	for kind in "$@"; do
		modprobe "$(module "$kind")" || fail "$kind: its module"
	done
	setup_ns A B
	wan A B
	ip -n A addr add 192.0.2.11/24 dev wan
	ip -n B addr add 192.0.2.12/24 dev wan
	for kind in "$@"; do
		up "$kind"
	done
	together "$name" "$@"
	is "$name: it is ours that answer" "sitelink_gre sitelink_ipip" \
		"$(sed -nE 's/^(sitelink_(gre|ipip)|ip_gre|ipip) .*/\1/p' \
			/proc/modules | sort | xargs)"
	left=("${others[@]}")
	for kind in "${others[@]}"; do
		down "$kind"
		left=("${left[@]:1}")
		together "$name, $kind gone" "${ours[@]}" "${left[@]:0:1}"
	done
	ip netns del A
	ip netns del B
	NAMESPACES=()
	rmmod sitelink_gre sitelink_ipip sitelink_eoip ||
		fail "$name: ours unload"
	modprobe -r pptp ip6_gre ip6_tunnel sit xfrm_interface ||
		fail "$name: the others unload"
}

round "ours first" "${ours[@]}" "${others[@]}"
round "ours last" "${others[@]}" "${ours[@]}"
finish
