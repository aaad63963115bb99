# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For the tests of espdev: A's IPsec is offloaded to esp0, B's is the stack's.
#
#	10.0.0.1  A  esp0 on wan ------ wan  B  10.0.0.2
#	fd00::1      192.0.2.1     192.0.2.2    fd00::2
#	             2001:db8::1   2001:db8::2
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

modprobe sitelink_espdev || skip_all "no sitelink_espdev"
modprobe sitelink_cryptoapi
modprobe -a esp4_offload esp6_offload

# espdev_sites [WORD...]: A and B; WORDs for A's device
espdev_sites() { espdev_ends A "$@"; }

# live_on NS DEVICE: that has NS' addresses, and the routes to the other's
live_on() {
	local me=1 you=2
	[ "$1" = A ] || me=2 you=1
	ip -n "$1" addr add 192.0.2.$me/24 dev "$2"
	ip -n "$1" addr add 2001:db8::$me/64 dev "$2" nodad
	ip -n "$1" addr replace 10.0.0.$me dev lo
	ip -n "$1" addr replace fd00::$me dev lo
	ip -n "$1" route add 10.0.0.$you via 192.0.2.$you src 10.0.0.$me
	ip -n "$1" -6 route add fd00::$you via 2001:db8::$you src fd00::$me
}

# espdev_ends "NS..." [WORD...]: A and B, with esp0 on wan in each NS, and WORDs
# for these
espdev_ends() {
	local ends=$1 n dev
	shift

	setup_ns A B
	ip link add wan netns A type veth peer name wan netns B
	for n in A B; do
		# or an orphaned socket keeps the namespace for minutes
		sysctl_ns $n net.ipv4.tcp_orphan_retries=1
		ip -n $n link set wan up
		dev=wan
		if [[ $ends == *$n* ]]; then
			dev=esp0
			ip -n $n link add link wan name esp0 type espdev "$@" ||
				return
			ip -n $n link set esp0 up
		fi
		live_on $n $dev
	done
	busywait 20 ping_ns A 192.0.2.2 && busywait 20 ping_ns A 2001:db8::2
}

# key OCTETS: hex, different bytes; as a word of `ip -batch`
key() {
	local i k=0x
	[ "$1" != 0 ] || k='""'
	for ((i = 1; i <= $1; i++)); do
		printf -v k '%s%02x' "$k" $((i * 37 & 255))
	done
	echo "$k"
}

# [SPI=20] [MORE="WORD..."] [ENDS="A B"] sas MODE FAMILY ESN ALGORITHM...: SAs and
# policies, A's offloaded
sas() {
	local mode=$1 net=192.0.2. in=10.0.0. len=32 n a src dst dir more sel
	local esn=$3
	[ "$2" = 4 ] || net=2001:db8:: in=fd00:: len=128
	shift 3
	for n in ${ENDS:-A B}; do
		{ echo xfrm policy flush; echo xfrm state flush; } >"$TMP/batch"
		for a in "1 2" "2 1"; do
			read -r src dst <<<"$a"
			dir=out
			[[ $n$src == A1 || $n$src == B2 ]] || dir=in
			more="replay-window 32"
			[ "$esn" = noesn ] || more="replay-window 128 flag esn"
			[ -z "${MORE:-}" ] || more+=" $MORE"
			[ "$n" = B ] || more+=" offload dev esp0 dir $dir"
			sel="src $in$src/$len dst $in$dst/$len"
			[ "$mode" = tunnel ] ||
				sel="src $net$src/$len dst $net$dst/$len"
			cat >&3 <<-EOF
				xfrm state add src $net$src dst $net$dst \
				proto esp spi 0x${SPI:-20}$src reqid 1 mode $mode $* $more
				xfrm policy add $sel dir $dir tmpl src $net$src \
				dst $net$dst proto esp reqid 1 mode $mode
			EOF
		done 3>>"$TMP/batch"
		# neighbour discovery goes on in clear
		[ "$mode$net" != transport2001:db8:: ] || cat >>"$TMP/batch" <<-EOF
			xfrm policy add src ::/0 dst ::/0 proto ipv6-icmp \
			type 135 dir out priority 1
			xfrm policy add src ::/0 dst ::/0 proto ipv6-icmp \
			type 136 dir out priority 1
			xfrm policy add src ::/0 dst ::/0 proto ipv6-icmp \
			type 135 dir in priority 1
			xfrm policy add src ::/0 dst ::/0 proto ipv6-icmp \
			type 136 dir in priority 1
		EOF
		ip -n "$n" -b "$TMP/batch" || return 1
	done
}

# far MODE FAMILY: where to ping
far() {
	case $1$2 in
	tunnel4) echo 10.0.0.2 ;;
	tunnel6) echo fd00::2 ;;
	transport4) echo 192.0.2.2 ;;
	transport6) echo 2001:db8::2 ;;
	esac
}

no_sas() {
	no_esp A
	no_esp B
}

# xfrm_stat NS [NAME]: all that went wrong, or one counter
xfrm_stat() {
	# shellcheck disable=SC2016 # awk's
	ip netns exec "$1" awk -v n="${2:-}" \
		'n == $1 { print $2 } !n && $2 { print $1, $2 }' \
		/proc/net/xfrm_stat
}

aead() { echo "aead $1 $(key "$2") $3"; }
authenc() { # HASH OCTETS BITS CIPHER OCTETS
	echo "auth-trunc $1 $(key "$2") $3 enc $4 $(key "$5")"
}

# simulated: as espdev_sites, and simulated engines
simulated() {
	modprobe sitelink_sim || skip_all "no sitelink_sim"
	SIM=/sys/kernel/debug/sitelink-sim
	espdev_sites engine auto
}

genl() { ip netns exec "${NS:-A}" "$BIN/genl" "$@"; }
# value NAME REQUEST...: of the one attribute
value() { genl "${@:2}" | sed -n "s/^$1 //p"; }

# engine NAME: of SAs to come; there are none
engine() {
	ip -n A xfrm state flush
	ip -n A link set esp0 type espdev engine "$1"
}

# offloaded NS: reqid and direction of each SA that the kernel says is
offloaded() {
	ip -n "$1" xfrm state | awk '/proto esp/ { r = $6 }
		/crypto offload/ { print r, $NF }'
}

# did ENGINE COUNT: what a simulated engine has done
did() { sed -n "s/^$2 //p" "$SIM/$1/stats"; }

# fault NAME NUMBER: of the simulated engine $E
fault() { echo "$2" >"$SIM/$E/$1"; }

LOADS=()
# load: TCP both ways in the background, until unload; and pings, which wait for nobody
# and whose payload is known
load() {
	iperf_server B
	ip netns exec A iperf3 -c 10.0.0.2 --bidir -b 3M -t 1000 \
		>"$TMP/load" 2>&1 &
	LOADS=("$!")
	ip netns exec A ping -q -i 0.05 -p deadbeef 10.0.0.2 >/dev/null 2>&1 &
	LOADS+=("$!")
	BACKGROUND+=("${LOADS[@]}")
}

unload() {
	local pids
	mapfile -t pids < <(ip netns pids A; ip netns pids B)
	[ ${#pids[@]} = 0 ] || kill -9 "${pids[@]}"
	[ ${#LOADS[@]} = 0 ] || wait "${LOADS[@]}"
	LOADS=()
} 2>/dev/null

# goes_on: TCP both ways, and a ping
goes_on() {
	local t r
	t=$(counter A esp0 tx_esp)
	r=$(counter A esp0 rx_esp)
	busywait 60 at_least $((t + 200)) counter A esp0 tx_esp &&
		busywait 60 at_least $((r + 200)) counter A esp0 rx_esp &&
		busywait 30 ping_ns A 10.0.0.2 && return
	tail -n 4 "$TMP/load"
	[ -z "${SIM:-}" ] || cat "$SIM/$E/stats"
	ip netns exec A ethtool -S esp0
	return 1
}
