#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -c 2
# Changing every property under traffic loses nothing; remote, local and
# tunnel-id lose at most what was on the way.
. "$(dirname "$0")/lib.sh"

# under_load NAME MAX_LOST COMMAND...: numbered packets both ways meanwhile
under_load() {
	local name=$1 max=$2 pids=() n lost=0 sent=0 got out
	shift 2
	for n in "A 10.0.0.2" "B 10.0.0.1"; do
		ip netns exec "${n% *}" ping -q -i 0.002 -c 150 -W 5 "${n#* }" \
			>"$TMP/load.${n% *}" 2>&1 &
		pids+=($!)
	done
	while kill -0 "${pids[0]}" 2>/dev/null; do
		if ! out=$("$@" 2>&1); then
			fail "$name" "$* said: $out"
			wait "${pids[@]}"
			return
		fi
	done
	wait "${pids[@]}"
	for n in A B; do
		read -r s got < <(awk '/transmitted/ { print $1, $4 }' \
			"$TMP/load.$n")
		sent=$((sent + s))
		lost=$((lost + s - got))
	done
	if [ "$sent" -ge 250 ] && [ "$lost" -le "$max" ]; then
		pass "$name ($sent sent, $lost lost)"
	else
		fail "$name" "$sent sent, $lost lost"
	fi
}

set_both() {
	ip -n A link set tun type "$kind" "$@" &&
		ip -n B link set tun type "$kind" "$@"
}

# there and back again
# shellcheck disable=SC2086 # words
toggle() {
	set_both $1 || return 1
	set_both $2
}

# Timestamps stay on: each ping would patch the kernel's code when it comes and
# goes, and QEMU's two vCPUs do not always agree on the breakpoint meanwhile.
ping -q -i 3600 127.0.0.1 >/dev/null &
BACKGROUND+=($!)

for kind in eoip eoip6; do
	sites $kind
	for n in "A 1" "B 2"; do
		ip -n "${n% *}" addr add "192.0.2.10${n#* }/24" dev wan
		ip -n "${n% *}" addr add "2001:db8::10${n#* }/64" dev wan nodad
	done
	busywait 10 ping_ns A 10.0.0.2
	for p in "keepalive 1,3:keepalive off" \
		"clamp-tcp-mss off:clamp-tcp-mss on" \
		"dont-fragment inherit:dont-fragment no" \
		"dscp 10:dscp inherit" "ttl 100:ttl 255" \
		"loop-protect on:loop-protect off" \
		"loop-protect-send-interval 1:loop-protect-send-interval 5" \
		"loop-protect-disable-time 1:loop-protect-disable-time 300" \
		"allow-fast-path off:allow-fast-path on" \
		"dev wan:ttl 255"; do
		under_load "$kind: ${p%%:*}" 0 toggle "${p%%:*}" "${p#*:}"
	done
	mtu_toggle() {
		ip -n A link set tun mtu 1300 && ip -n A link set tun mtu 0
	}
	under_load "$kind: mtu" 0 mtu_toggle

	# the key: what is on the way finds nobody; once, not all the time
	once() {
		if [ ! -e "$TMP/once" ]; then
			"$@" && touch "$TMP/once"
		fi
		sleep 0.1
	}
	under_load "$kind: tunnel-id" 100 once set_both tunnel-id 9
	rm -f "$TMP/once"
	[ $kind = eoip ] && net=192.0.2. || net=2001:db8::
	both_ends() {
		ip -n A link set tun type "$kind" local "${net}"101 \
			remote "${net}"102 &&
			ip -n B link set tun type "$kind" local "${net}"102 \
				remote "${net}"101
	}
	under_load "$kind: remote and local" 100 once both_ends
	rm -f "$TMP/once"
	check "$kind: the new key carries" ping_ns A 10.0.0.2 3
	ip netns del A
	ip netns del B
done
finish
