# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# One tunnel between the LANs of two sites, to any of whose lines a test may add; and
# the processes behind it.

. "$(dirname "${BASH_SOURCE[0]}")/ipsec_lib.sh"

declare -A SETTING
# where the other site is from here, if not at its own address
FAR=

# settings peer|identity|profile|proposal|policy [WORD...]: for scripts from here on
settings() {
	local what=$1
	shift
	SETTING[$what]=$*
}

# site NS: its script, of what the other's is the mirror
site() {
	local near=$WAN_A far=$WAN_B here=10.1.0.0/24 there=10.2.0.0/24
	[ "$1" = A ] || near=$WAN_B far=$WAN_A here=10.2.0.0/24 there=10.1.0.0/24
	cat <<-EOF
		/ip ipsec profile
		add name=site ${SETTING[profile]:-}
		/ip ipsec proposal
		add name=site ${SETTING[proposal]:-}
		/ip ipsec peer
		add name=site address=${FAR:-$far}/32 local-address=$near profile=site \
			${SETTING[peer]:-exchange-mode=ike2}
		/ip ipsec identity
		add peer=site ${SETTING[identity]:-secret=ofboth}
		/ip ipsec policy
		add peer=site tunnel=yes proposal=site src-address=$here \
			dst-address=$there ${SETTING[policy]:-}
	EOF
}

# site_paste NS [MORE]
site_paste() {
	{ site "$1"; echo "${2:-}"; } | paste "$1"
}
# both_paste NAME: at both, which is to work
both_paste() {
	local n
	for n in A B; do
		check "$1: $n" site_paste $n
	done
}

# crosses NS: a ping from its host to the other's
crosses() {
	local to=$HOST_B
	[ "$1" = A ] || to=$HOST_A
	lan_ping "H$1" "$to"
}
# carries NAME: soon, both ways
carries() {
	ipsec_check "$1: it carries" busywait 90 crosses A
	ipsec_check "$1: and back" busywait 10 crosses B
}

# tunnel NS KIND [WORD...]: the lines of another script: a tunnel between the
# routers, and an address on it
tunnel() {
	local ns=$1 kind=$2 near=$WAN_A far=$WAN_B me=1 id=
	shift 2
	[ "$ns" = A ] || near=$WAN_B far=$WAN_A me=2
	[ "$kind" != eoip ] || id=tunnel-id=7
	# as RouterOS wants it with a secret
	[ "$kind" = 6to4 ] || id+=" allow-fast-path=no"
	echo "/interface $kind add name=tun local-address=$near" \
		"remote-address=$far $id keepalive=1s,3 $*"
	if [ "$kind" = 6to4 ]; then
		echo "/ipv6 address add address=2001:db8:9::$me/64 interface=tun advertise=no"
	else
		echo "/ip address add address=10.0.0.$me/24 interface=tun"
	fi
}
# shellcheck disable=SC2034 # the tests'
secret='ipsec-secret="of both"'

# through NS [WORD...]: a ping to the other end of the tunnel of $kind
through() {
	local to=2 net=10.0.0.
	[ "$1" = A ] || to=1
	[ "$kind" != 6to4 ] || net=2001:db8:9::
	lan_ping "$1" $net$to "$PAYLOAD" "${@:2}"
}
# of NS MENU EXPRESSION: jq's, of all items of a menu below /ip ipsec
of() { sl "$1" -j "/ip ipsec $2 print" | jq -r "$3"; }
# shows NAME NS MENU EXPRESSION WANT
shows() { is "$1" "$5" "$(of "$2" "$3" "$4")"; }

# processes of ours there
charon_of() { pids_of "$1" 'charon-systemd'; }
agent_of() { pids_of "$1" 'ike-agent'; }
daemons() { pids_of "$1" 'charon-systemd|ike-agent'; }
no_daemons() { [ -z "$(daemons "$1")" ]; }
pids_of() { # NS REGEX
	local p
	for p in $(ip netns pids "$1"); do
		! tr '\0' ' ' <"/proc/$p/cmdline" 2>/dev/null | grep -qE "$2" ||
			echo "$p"
	done
}
# another FUNCTION NS PID: there is one, and not that
another() {
	local now
	now=$($1 "$2") && [ -n "$now" ] && [ "$now" != "$3" ]
}
# slain NS: its daemons, without a word to anybody
slain() {
	local pids
	mapfile -t pids < <(daemons "$1")
	kill -9 "${pids[@]}"
	busywait 10 no_daemons "$1"
}

# spis NS: of its SAs, but for those that were only asked for
spis() {
	ip -n "$1" xfrm state | sed -n 's/.* spi \(0x[0-9a-f]*\).*/\1/p' |
		grep -v 0x00000000 | sort
}
no_ipsec() { [ -z "$(ip -n "$1" xfrm state; ip -n "$1" xfrm policy)" ]; }
