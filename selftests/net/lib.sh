# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Namespaces and polling for the selftests; kselftest's conventions: exit 0 all
# passed, 1 something failed, 4 skipped as a whole.

KSFT_SKIP=4
NET_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$NET_DIR/../tap.sh"
# shellcheck disable=SC2034 # used by the tests
BIN=${SITELINK_BUILD:-$NET_DIR/../../build}/selftests
TMP=$(mktemp -d)
NAMESPACES=()
BACKGROUND=()

cleanup() {
	local p

	for p in "${BACKGROUND[@]}"; do
		kill "$p" 2>/dev/null
		wait "$p" 2>/dev/null
	done
	end_ns "${NAMESPACES[@]}" 2>/dev/null
	rm -rf "$TMP"
}

# end_ns NAME...: with the processes in it, which would keep it
end_ns() {
	local n
	for n in "$@"; do
		ip netns pids "$n" | xargs -r kill
		ip netns del "$n"
	done
}

# an exit before it is a failure
finish() {
	trap - EXIT
	cleanup
	tap_end
	exit
}

died() {
	fail "ran to its end"
	cleanup
	exit 1
}
trap died EXIT

skip_all() {
	echo "1..0 # SKIP $1"
	trap - EXIT
	cleanup
	exit $KSFT_SKIP
}

# busywait SECONDS COMMAND...: poll until COMMAND succeeds; ever more rarely, since
# what it waits for needs the machine, too
busywait() {
	local end=$((SECONDS + $1)) ms=50 pause
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || return 1
		printf -v pause '0.%03d' $ms
		sleep "$pause"
		[ $ms -gt 250 ] || ms=$((ms + ms / 2))
	done
}

# setup_ns NAME...: fresh namespaces, lo up
setup_ns() {
	local n
	[ -e /proc/self/ns/net ] || skip_all "no network namespaces"
	for n in "$@"; do
		# one of somebody else's is not ours to test in, or to delete
		ip netns add "$n" || exit 1
		NAMESPACES+=("$n")
		ip -n "$n" link set lo up
		# duplicate address detection would only cost time
		sysctl_ns "$n" net.ipv6.conf.default.accept_dad=0
	done
}

sysctl_ns() {
	ip netns exec "$1" sysctl -qw "$2"
}

# wan A B: two namespaces joined by a veth `wan` of 1500
wan() {
	ip link add wan netns "$1" type veth peer name wan netns "$2"
	ip -n "$1" addr add 192.0.2.1/24 dev wan
	ip -n "$2" addr add 192.0.2.2/24 dev wan
	ip -n "$1" addr add 2001:db8::1/64 dev wan nodad
	ip -n "$2" addr add 2001:db8::2/64 dev wan nodad
	ip -n "$1" link set wan up
	ip -n "$2" link set wan up
	busywait 10 ip netns exec "$1" ping -c1 -W1 192.0.2.2
	busywait 10 ip netns exec "$1" ping -c1 -W1 2001:db8::2
}

# wan_offload on|off: the WAN's devices take checksums and segments, or nothing
wan_offload() {
	local n
	for n in A B; do
		ip netns exec $n ethtool -K wan tx "$1" tso "$1" gso "$1" gro off \
			>/dev/null
	done
}

# no_unreachables NS: where the peer is a program the kernel has no tunnel, and
# would say so
no_unreachables() {
	ip netns exec "$1" nft add table ip quiet
	ip netns exec "$1" nft add chain ip quiet out \
		'{ type filter hook output priority 0; }'
	ip netns exec "$1" nft add rule ip quiet out \
		icmp type destination-unreachable drop
}

# ours KIND...: modules of kinds that have in-tree owners, too
ours() {
	local kind
	for kind in "$@"; do
		modprobe "sitelink_$kind" || skip_all "no sitelink_$kind"
	done
}

# tunnel NS NAME KIND ID [WORD...]: the far address is the WAN's other one; a
# kind without a tunnel-id gets RouterOS' defaults by one of its words
tunnel() {
	local ns=$1 name=$2 kind=$3 id=$4 me=1 you=2 net=192.0.2.
	shift 4
	[ "$kind" = eoip6 ] && net=2001:db8::
	[ "$ns" = B ] && me=2 you=1
	case $kind in
	eoip*) set -- tunnel-id "$id" "$@" ;;
	*) set -- allow-fast-path on "$@" ;;
	esac
	ip -n "$ns" link add "$name" type "$kind" local $net$me \
		remote $net$you "$@"
}

# sites [KIND [WORD...]]: namespaces A and B, a tunnel `tun` between them
sites() {
	local kind=${1:-eoip} ns me=1
	shift
	setup_ns A B
	wan A B
	for ns in A B; do
		tunnel $ns tun "$kind" 7 "$@" || return 1
		ip -n $ns addr add 10.0.0.$me/24 dev tun
		ip -n $ns addr add fd00::$me/64 dev tun nodad
		ip -n $ns link set tun up
		me=2
	done
}

# counter NS DEV NAME: from ethtool -S
counter() {
	ip netns exec "$1" ethtool -S "$2" |
		sed -n "s/^ *$3: //p"
}

# stat NS DEV NAME: from /sys/class/net
stat() {
	ip netns exec "$1" cat "/sys/class/net/$2/statistics/$3"
}

# at_least NUMBER COMMAND...: for busywait
at_least() {
	local n=$1
	shift
	[ "$("$@")" -ge "$n" ]
}

# snmp NS PROTOCOL FIELD: from /proc/net/snmp
snmp() {
	ip netns exec "$1" cat /proc/net/snmp | awk -v p="$2:" -v f="$3" '
		$1 == p && c { print $c }
		$1 == p { for (i = 2; i <= NF; i++) if ($i == f) c = i }'
}

mtu_of() { ip netns exec "$1" cat "/sys/class/net/$2/mtu"; }
mtu_is() { [ "$(mtu_of "$1" "$2")" = "$3" ]; }
carrier() { ip netns exec "$1" cat "/sys/class/net/$2/carrier"; }
carrier_is() { [ "$(carrier "$1" "$2")" = "$3" ]; }

ping_ns() { ip netns exec "$1" ping -q -c "${3:-1}" -i 0.2 -W 3 "$2"; }

# capture NS DEV FILE [FILTER]: tcpdump into FILE until capture_stop
capture() {
	# -s: a ring's slot is as big as that; 64 KiB ones are few
	ip netns exec "$1" tcpdump --immediate-mode -B 8192 -s 1600 -U \
		-i "$2" -w "$3" "${4:-}" 2>"$TMP/tcpdump" &
	CAPTURE=$!
	BACKGROUND+=("$CAPTURE")
	busywait 30 grep -q listening "$TMP/tcpdump"
}

# capture_stop FILE PACKETS [FILTER]: wait until FILE holds that many, stop
capture_stop() {
	busywait 20 has_packets "$@"
	kill -INT "$CAPTURE" 2>/dev/null
	wait "$CAPTURE" 2>/dev/null
}

has_packets() {
	[ "$(tcpdump -nr "$1" "${3:-}" 2>/dev/null | wc -l)" -ge "$2" ]
}

# hex FILE [FILTER]: packets of a capture as hex, one a line, from the IP header
hex() {
	tcpdump -nr "$1" -x "${2:-}" 2>/dev/null |
		awk '/^\t/ { sub(/^[^:]*: */, ""); gsub(/ /, "");
			     printf "%s", $0; next }
		     { if (n++) print "" }
		     END { print "" }'
}

# raw NS PROTOCOL HEX [SOURCE]: octets behind an IPv4 header, to the WAN's other
# end
raw() {
	local ns=$1 me=1 you=2
	[ "$ns" = B ] && me=2 you=1
	ip netns exec "$ns" "$BIN/eoip_peer" -p "$2" \
		-s "${4:-192.0.2.$me}" -x "$3" 192.0.2.$you 0
}

# answers NAME PROTOCOL WANT HEX [SOURCE]: when B has sent that raw, A sends one
# packet, all of which matches the regex WANT; none where it is ""
answers() {
	capture B wan "$TMP/a.pcap" "src 192.0.2.1 and proto $2"
	raw B "$2" "$4" "${5:-}"
	# what comes behind it has been through the same queue
	ip netns exec B ping -q -c1 -W5 192.0.2.1 >/dev/null
	[ -z "$3" ] || busywait 10 has_packets "$TMP/a.pcap" 1
	capture_stop "$TMP/a.pcap" 0
	like "$1" "^$3\$" "$(hex "$TMP/a.pcap")"
}

# mutated OPTION HOST...: 5,000 mutated packets of gre_peer OPTION to A from each
# of B's addresses 192.0.2.HOST
mutated() {
	local option=$1 h
	shift
	for h in "$@"; do
		check "5,000 mutated packets from 192.0.2.$h" \
			ip netns exec B "$BIN/gre_peer" ${option:+"$option"} \
			-s "192.0.2.$h" -f "5000,$h" 192.0.2.1
	done
}

# log_mark: from here on log_is_quiet looks
log_mark() {
	LOG_MARK="sitelink test $$ at $SECONDS s"
	echo "$LOG_MARK" >/dev/kmsg
}

# log_is_quiet: the kernel has said nothing, but how long a busy host has kept it
# waiting; a mark that its buffer has lost is no silence
log_is_quiet() {
	local late='clocksource: |(hrtimer|perf): interrupt took|'
	late+='workqueue: .* hogged CPU'
	is "not a word in the kernel's log" "$LOG_MARK" "$(dmesg |
		sed -n "/$LOG_MARK/,\$p" | sed "s/.*\($LOG_MARK\)/\1/" |
		grep -vE "\\] ($late)")"
}

# esp NS ADDR1 ADDR2 [PROTOCOL]: transport mode between the two for that
# protocol, EoIP's unless told; NS has ADDR1
esp() {
	local ns=$1 near=$2 far=$3 a src dst dir spi proto=${4:-47}

	[[ $near == *:* ]] && proto=97
	for a in "$near $far out" "$far $near in"; do
		read -r src dst dir <<<"$a"
		spi=0x10${src: -1}
		ip -n "$ns" xfrm state add src "$src" dst "$dst" proto esp \
			spi "$spi" mode transport \
			enc 'cbc(aes)' 0x00112233445566778899aabbccddeeff auth \
			'hmac(sha1)' 0x00112233445566778899aabbccddeeff00112233
		ip -n "$ns" xfrm policy add src "$src" dst "$dst" \
			proto "$proto" dir "$dir" tmpl src "$src" dst "$dst" \
			proto esp mode transport
	done
}

# [SPI=0x20] esp_sa NS SRC DST WORD...: the tunnel mode SA between the two of
# what has WORDs (mark 7, if_id 7)
esp_sa() {
	local spi=${SPI:-0x20}${2: -1}

	ip -n "$1" xfrm state add src "$2" dst "$3" proto esp \
		spi "$spi" reqid 1 mode tunnel "${@:4}" \
		flag af-unspec replay-window 32 aead 'rfc4106(gcm(aes))' \
		0x000102030405060708090a0b0c0d0e0f10111213 128
}

# [SPI=0x20] esp_tunnel NS ADDR1 ADDR2 WORD...: SAs and policies for it both
# ways, IPv4 and IPv6; NS has ADDR1
esp_tunnel() {
	local ns=$1 near=$2 far=$3 a src dst dir any
	shift 3
	for a in "$near $far out" "$far $near in"; do
		read -r src dst dir <<<"$a"
		esp_sa "$ns" "$src" "$dst" "$@"
		for any in 0.0.0.0/0 ::/0; do
			ip -n "$ns" xfrm policy add src $any dst $any \
				dir "$dir" "$@" tmpl src "$src" dst "$dst" \
				proto esp reqid 1 mode tunnel
		done
	done
}

no_esp() {
	ip -n "$1" xfrm policy flush
	ip -n "$1" xfrm state flush
}

# lan NS NAME: a LAN host's namespace NAME behind NS, its port `lan` there
lan() {
	setup_ns "$2"
	ip link add lan netns "$1" type veth peer name eth0 netns "$2"
	ip -n "$1" link set lan up
	ip -n "$2" link set eth0 up
}

# iperf_server NS [OPTION...]: iperf3 in the background, listening
iperf_server() {
	ip netns exec "$1" iperf3 -s -D "${@:2}" >/dev/null
	busywait 30 listens "$1" 5201
}
# goodput FILE: what iperf3 -J says that was received, Mbit/s
goodput() {
	awk '/"sum_received"/ { on = 1 }
		on && /bits_per_second/ { gsub(/[^0-9.e+]/, "", $2);
			printf "%.1f\n", $2 / 1e6; exit }' "$1"
}
listens() { ip netns exec "$1" ss -Hltn | grep -q ":$2 "; }
