#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.1
# vm: -c 2 -t 900
# Every demo, to its end: the first thing a new user runs, and the last that
# anybody else does.
. "$(dirname "$0")/lib.sh"

# demo NAME REGEX PROGRAM [KIND]: ends well, and shows what it is for
demo() {
	local name=$1 out status
	out=$("$NET_DIR/../demo/$3" "${@:4}" 2>&1)
	status=$?
	[ $status = 0 ] || printf '%s\n' "$out" | sed 's/^/# /'
	is "$name: ends well" 0 $status
	like "$name: shows it" "$2" "$out"
	# to a demo its machine's end is the end of its sites
	ip -all netns del
}

for kind in eoip gre ipip 6to4; do
	demo $kind 'TCP goodput +[0-9.]+ [MG]bits/sec' guest $kind
done
demo esp 'espdev +[0-9.]+ Mbit/s' esp
demo routeros '192.168.88.20: icmp_seq=3 .*0% packet loss' routeros
for kind in site-to-site vti gre-ipsec eoip-ipsec; do
	demo $kind 'established.*ESP: [1-9].*said: 0' ipsec $kind
done
finish
