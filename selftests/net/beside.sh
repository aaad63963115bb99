# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Our kinds beside others between the same two namespaces: all at once, and
# each of the others leaving in turn, with its module. Before `beside`:
#	ours	our kinds, which stay
#	others	those beside them, in the order in which they leave
#	OWN	of gre, gretap, ipip and vti the ones whose module is ours
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ours=() others=() OWN=()

# module KIND: who brings it
module() {
	local kind=$1

	case " ${OWN[*]} " in *" $kind "*) kind=sitelink_$kind ;; esac
	case $kind in
	sitelink_gretap) echo sitelink_gre ;;
	gre | gretap) echo ip_gre ;;
	eoip) echo sitelink_eoip ;;
	ip6gre) echo ip6_gre ;;
	ip6tnl) echo ip6_tunnel ;;
	sitany) echo sit ;;
	vti6) echo ip6_vti ;;
	xfrm) echo xfrm_interface ;;
	*) echo "$kind" ;;
	esac
}

# owners KIND...: the modules of those that have two
owners() {
	local kind

	for kind in "$@"; do
		case $kind in
		gre | gretap | ipip | vti) module "$kind" ;;
		esac
	done | sort -u | xargs
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
	vti) echo "type vti $v4 key 7" ;;
	vti6) echo "type vti6 $v6 key 8" ;;
	xfrm) echo "type xfrm dev wan if_id 42" ;;
	*) echo "type $1 $v4" ;;
	esac
}

# ipsec KIND NS ME YOU: what goes through it
ipsec() {
	local v4="192.0.2.$3 192.0.2.$4" v6="2001:db8::$3 2001:db8::$4"

	# shellcheck disable=SC2086 # words
	case $1 in
	vti) SPI=0x30 esp_tunnel "$2" $v4 mark 7 ;;
	vti6) SPI=0x40 esp_tunnel "$2" $v6 mark 8 ;;
	xfrm) SPI=0x50 esp_tunnel "$2" $v4 if_id 42 ;;
	esac
}

# far KIND [HOST]: an end's inner address, the other one's unless told
far() {
	local i=0 k
	for k in "${ours[@]}" "${others[@]}"; do
		i=$((i + 1))
		[ "$k" != "$1" ] || break
	done
	case $1 in
	sit | vti6) echo "fd00:$i::${2:-2}" ;;
	*) echo "10.9.$i.${2:-2}" ;;
	esac
}

# up KIND: a tunnel of that kind, or a PPTP call, between A and B
up() {
	local ns me=1 you=2 len

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
			ipsec "$1" $ns $me $you
			case $1 in sit | vti6) len=64 ;; *) len=24 ;; esac
			ip -n $ns addr add "$(far "$1" $me)/$len" dev "t_$1"
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

# needed MODULE KIND...: does one of these want it?
needed() {
	local module=$1 kind
	shift
	for kind in "$@"; do
		[ "$(module "$kind")" != "$module" ] || return 0
	done
	return 1
}

# beside NAME KIND...: modules and tunnels in this order, then all at once, then
# the others leave, one by one
beside() {
	local name=$1 kind module left
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
	is "$name: whose modules answer" "$(owners "$@")" \
		"$(sed -nE 's/^(sitelink_(gre|ipip|vti)|ip_gre|ip_vti|ipip) .*/\1/p' \
			/proc/modules | sort | xargs)"
	left=("${others[@]}")
	for kind in "${others[@]}"; do
		down "$kind"
		left=("${left[@]:1}")
		module=$(module "$kind")
		needed "$module" "${ours[@]}" "${left[@]}" ||
			check "$name: $kind's module unloads" \
				busywait 10 rmmod "$module"
		together "$name, $kind gone" "${ours[@]}" "${left[@]:0:1}"
	done
	ip netns del A
	ip netns del B
	NAMESPACES=()
	for module in $(owners "${ours[@]}"); do
		rmmod "$module" || fail "$name: $module unloads"
	done
}
