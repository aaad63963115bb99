#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -i -t 1500
# 4,096 tunnels in one namespace: one remote with 4,096 ids, then 4,096
# remotes with one id, traffic on all of them. A packet costs at most 5 % more
# instructions than with one tunnel.
. "$(dirname "$0")/lib.sh"

N=4096
PACKETS=4096

# links NS FROM TO: tunnels tFROM to t(TO - 1), one remote, each an id of its
# own, as `ip -batch` lines
links() {
	local me=10.1.0.1 you=10.1.0.2 i
	[ "$1" = B ] && me=10.1.0.2 you=10.1.0.1
	for ((i = $2; i < $3; i++)); do
		echo "link add name t$i mtu 1400 up type eoip local $me remote $you tunnel-id $i keepalive off"
	done
}

# other_remotes NS: give each a remote of its own, and all of them one id
other_remotes() {
	local who=remote i
	[ "$1" = B ] && who=local
	for ((i = 0; i < N; i++)); do
		echo "link set t$i type eoip $who 10.2.$((i >> 8)).$((i & 255)) tunnel-id 7"
	done
}

# both COMMAND [ARG...]: what it says for A and B is done there
both() {
	local n
	for n in A B; do
		"$1" $n "${@:2}" | ip -n $n -batch - || fail "$* in $n"
	done
}

received() {
	ip netns exec B sh -c 'cat /sys/class/net/t*/statistics/rx_packets'
}

# measure NAME COUNT: spray over COUNT tunnels; each must receive its share
measure() {
	local share=$((1 + PACKETS / $2))
	received >"$TMP/before"
	result[$1]=$(ip netns exec A "$BIN/spray" t "$2" $PACKETS)
	is "$1: $share packets arrived on each tunnel" "$2" 		"$(received | paste - "$TMP/before" |
			awk -v share=$share '$1 - $2 == share { n++ }
				END { print n }')"
	[ "$1" = one ] && return
	check "$1: $2 tunnels, ${result[$1]} instructions a packet; one: ${result[one]}" \
		[ $((result[$1] * 1000 / result[one])) -le 1050 ]
}

setup_ns A B
ip link add wan netns A type veth peer name wan netns B
ip -n A addr add 10.1.0.1/24 dev wan
ip -n B addr add 10.1.0.2/24 dev wan
for n in A B; do
	sysctl_ns $n net.ipv6.conf.default.disable_ipv6=1
	ip -n $n link set wan up
done
# every address of 10.2/16 is B's, one neighbour for A
ip -n B route add local 10.2.0.0/16 dev lo
ip -n A route add 10.2.0.0/16 via 10.1.0.2
ip netns exec A ping -q -c1 10.1.0.2 >/dev/null

declare -A result
both links 0 1
measure one 1
both links 1 $N
measure ids $N
both other_remotes
measure remotes $N
finish
