# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# TAP, namespaces and polling for the selftests; kselftest's conventions:
# exit 0 all passed, 1 something failed, 4 skipped as a whole.

KSFT_SKIP=4
TAP_N=0
TAP_FAILED=0
NET_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034 # used by the tests
BIN=${SITELINK_BUILD:-$NET_DIR/../../build}/selftests
TMP=$(mktemp -d)
NAMESPACES=()
BACKGROUND=()

cleanup() {
	local p n

	for p in "${BACKGROUND[@]}"; do
		kill "$p" 2>/dev/null
		wait "$p" 2>/dev/null
	done
	for n in "${NAMESPACES[@]}"; do
		ip netns del "$n" 2>/dev/null
	done
	rm -rf "$TMP"
}

# The plan comes last; an exit before it is a failure.
finish() {
	trap - EXIT
	cleanup
	echo "1..$TAP_N"
	[ "$TAP_FAILED" = 0 ]
	exit
}

died() {
	TAP_N=$((TAP_N + 1))
	echo "not ok $TAP_N - ran to its end"
	cleanup
	exit 1
}
trap died EXIT

pass() {
	TAP_N=$((TAP_N + 1))
	echo "ok $TAP_N - $1"
}

fail() {
	TAP_N=$((TAP_N + 1))
	TAP_FAILED=$((TAP_FAILED + 1))
	echo "not ok $TAP_N - $1"
	[ -z "${2:-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}

# check NAME COMMAND...: COMMAND succeeds
check() {
	local name=$1 out
	shift
	if out=$("$@" 2>&1); then
		pass "$name"
	else
		fail "$name" "$* said: $out"
	fi
}

# is NAME WANT GOT
is() {
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1" "wanted: $2
got:    $3"
	fi
}

# like NAME REGEX TEXT
like() {
	if [[ $3 =~ $2 ]]; then
		pass "$1"
	else
		fail "$1" "wanted a match of: $2
got: $3"
	fi
}

skip_all() {
	echo "1..0 # SKIP $1"
	trap - EXIT
	cleanup
	exit $KSFT_SKIP
}

# busywait SECONDS COMMAND...: poll until COMMAND succeeds
busywait() {
	local end=$((SECONDS + $1))
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.05
	done
}

# setup_ns NAME...: fresh namespaces, lo up
setup_ns() {
	local n
	for n in "$@"; do
		ip netns add "$n" || skip_all "no network namespaces"
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

# tunnel NS NAME KIND ID [WORD...]: the far address is the WAN's other one
tunnel() {
	local ns=$1 name=$2 kind=$3 id=$4 me=1 you=2 net=192.0.2.
	shift 4
	[ "$kind" = eoip6 ] && net=2001:db8::
	[ "$ns" = B ] && me=2 you=1
	ip -n "$ns" link add "$name" type "$kind" local $net$me \
		remote $net$you tunnel-id "$id" "$@"
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

# esp NS ADDR1 ADDR2: transport mode between the two for everything but
# neighbour discovery; NS has ADDR1
esp() {
	local ns=$1 near=$2 far=$3 a src dst dir spi proto=47

	[[ $near == *:* ]] && proto=97
	for a in "$near $far out" "$far $near in"; do
		read -r src dst dir <<<"$a"
		spi=0x10${src: -1}
		ip -n "$ns" xfrm state add src "$src" dst "$dst" proto esp \
			spi "$spi" mode transport \
			enc 'cbc(aes)' 0x00112233445566778899aabbccddeeff auth \
			'hmac(sha1)' 0x00112233445566778899aabbccddeeff00112233
		ip -n "$ns" xfrm policy add src "$src" dst "$dst" \
			proto $proto dir "$dir" tmpl src "$src" dst "$dst" \
			proto esp mode transport
	done
}

# esp_tunnel NS ADDR1 ADDR2 WORD...: tunnel mode between the two for all that
# has WORDs (mark 7, if_id 7), IPv4 and IPv6; NS has ADDR1
esp_tunnel() {
	local ns=$1 near=$2 far=$3 a src dst dir any
	shift 3
	for a in "$near $far out" "$far $near in"; do
		read -r src dst dir <<<"$a"
		ip -n "$ns" xfrm state add src "$src" dst "$dst" proto esp \
			spi "0x20${src: -1}" reqid 1 mode tunnel "$@" \
			flag af-unspec replay-window 32 aead 'rfc4106(gcm(aes))' \
			0x000102030405060708090a0b0c0d0e0f10111213 128
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
listens() { ip netns exec "$1" ss -Hltn | grep -q ":$2 "; }
