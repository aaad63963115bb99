#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# loop-protect: the frame, a loop found, the disable time, and its end.
#
#	A  tun, tun2 ==== tun, tun2 in one bridge  B
. "$(dirname "$0")/lib.sh"

status() {
	ip -n A -d -j link show "$1" |
		sed -n 's/.*"loop-protect-status":"\([a-z]*\)".*/\1/p'
}
status_is() { [ "$(status "$1")" = "$2" ]; }

sites eoip
for n in A B; do
	tunnel $n tun2 eoip 8
	ip -n $n link set tun2 up
done
is "off by default" off "$(status tun)"
capture B tun "$TMP/off.pcap" "ether proto 0x9003"
ip -n A link set tun2 type eoip loop-protect on \
	loop-protect-send-interval 1
capture B tun2 "$TMP/on.pcap" "ether proto 0x9003"
capture_stop "$TMP/on.pcap" 2
mac=$(ip netns exec A cat /sys/class/net/tun2/address)
is "the frame: broadcast, our address, 0x9003, 60 octets" \
	"ffffffffffff${mac//:/}9003$(printf '%092d' 0)" \
	"$(tcpdump -c1 -nr "$TMP/on.pcap" -xx 2>/dev/null |
		sed -n 's/^\t0x[0-9a-f]*: *//p' | tr -d ' \n')"
check "no frames on the tunnel that is off" \
	[ "$(tcpdump -nr "$TMP/off.pcap" 2>/dev/null | wc -l)" = 0 ]
is "on" on "$(status tun2)"
is "no loop, no drop" 1 "$(carrier A tun2)"

# the loop: B sends out of tun2 what came in by tun
ip -n A link set tun type eoip loop-protect on loop-protect-send-interval 1 \
	loop-protect-disable-time 3
ip -n A link set tun2 type eoip loop-protect-disable-time 3
ip -n B link add br0 type bridge
ip -n B link set br0 up
ip -n B link set tun master br0
ip -n B link set tun2 master br0
either() { status_is tun disable || status_is tun2 disable; }
check "a loop is found" busywait 20 either
status_is tun disable && hit=tun || hit=tun2
is "and takes the carrier" 0 "$(carrier A "$hit")"
ip -n B link set tun2 nomaster
check "it comes back after the disable time" busywait 20 carrier_is A "$hit" 1
check "on again" busywait 20 status_is "$hit" on
check "dropped frames are counted" [ "$(counter A "$hit" rx_loop)" -ge 1 ]

# a disable time ends in time, however long the interval
for d in tun tun2; do
	ip -n A link set $d type eoip loop-protect-send-interval 600 \
		loop-protect-disable-time 5
done
ip -n B link set tun2 master br0
other=5
probe() { # a change begins anew, with a frame
	other=$((11 - other))
	ip -n A link set tun type eoip loop-protect-disable-time "$other"
	busywait 2 status_is tun2 disable
}
check "a loop, between two frames far apart" busywait 20 probe
ip -n B link set tun2 nomaster
check "it comes back after the disable time" busywait 60 carrier_is A tun2 1
for d in tun tun2; do
	ip -n A link set $d type eoip loop-protect-send-interval 1
done

# disable time 0: for good, until the administrator acts
for d in tun tun2; do
	ip -n A link set $d type eoip loop-protect-disable-time 0
done
ip -n B link set tun2 master br0
check "a loop is found again" busywait 20 either
status_is tun disable && hit=tun || hit=tun2
ip -n B link set tun2 nomaster
sleep 4
is "disable time 0: stays" "disable 0" "$(status "$hit") $(carrier A "$hit")"
ip -n A link set "$hit" down
ip -n A link set "$hit" up
check "down and up ends it" busywait 10 carrier_is A "$hit" 1
ip -n A link set "$hit" type eoip loop-protect off
is "and off is off" off "$(status "$hit")"
finish
