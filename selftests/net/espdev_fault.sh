#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -c 2 -t 900
# Faults of a simulated engine under load, with a stock peer: traffic goes on,
# in order, nothing in clear, and everything can be torn down meanwhile.
. "$(dirname "$0")/espdev_lib.sh"

log_mark
simulated
# what was is of an engine's own, so each fault has one
cbc=$(authenc 'hmac(sha256)' 32 128 'cbc(aes)' 16)

# new_sas: with SPIs of their own; packets on their way would move the window of
# successors with the same ones
SPI=20
new_sas() {
	SPI=$((SPI + 1))
	# shellcheck disable=SC2086 # words
	sas tunnel 4 noesn $cbc
}

# under_load SOC: SAs by it, and a TCP stream each way
under_load() {
	E=sim-$1
	unload
	engine "$E"
	new_sas
	load
	check "$E: load" goes_on
}

did_it() { did "$E" "$1"; }
held_is() { [ "$(did_it held)" = "$1" ]; }
said() { dmesg | sed "1,/$LOG_MARK/d" | grep -q "engine $E $1"; }

# watch: what leaves A from now on (B's tcpdump sees what B has decrypted, too);
# seen: it was all ESP, and the payload of load's pings not seen
watch() {
	capture A wan "$TMP/clear.pcap" \
		"less 300 and (src 192.0.2.1 or src 10.0.0.1)"
	busywait 30 has_packets "$TMP/clear.pcap" 10
}
seen() {
	capture_stop "$TMP/clear.pcap" 10
	check "$E, $1: traffic was seen" has_packets "$TMP/clear.pcap" 10
	is "$E, $1: nothing in clear" 0 "$(tcpdump -nr "$TMP/clear.pcap" -x \
		2>/dev/null | grep -c 'dead beef dead beef\|adbe efde adbe efde')"
	is "$E, $1: nothing but ESP" 0 "$(tcpdump -nr "$TMP/clear.pcap" \
		'ip and not proto 50' 2>/dev/null | wc -l)"
}

under_load 88F7040
bad=$(counter A esp0 rx_bad_icv)
stat=$(xfrm_stat A XfrmInStateProtoError)
fault bad-icv 30
check "wrong ICVs" busywait 60 at_least 30 did_it bad-icv
check "are counted" busywait 20 at_least $((bad + 30)) counter A esp0 rx_bad_icv
is "by the stack, too" $((stat + 30)) "$(xfrm_stat A XfrmInStateProtoError)"
check "$E, bad-icv: traffic goes on" goes_on

# one process on one CPU: the stack numbers packets before it queues them
unload
late=$(xfrm_stat A XfrmInStateSeqError)
capture B wan "$TMP/order.pcap" "src 192.0.2.1 and proto 50"
fault reorder 500
check "completions in another order" \
	ip netns exec A taskset -c 0 ping -q -f -l 30 -c 600 -W 10 10.0.0.2
check "many" at_least 500 did_it reordered
capture_stop "$TMP/order.pcap" 600
is "were sent in order all the same" "600 " \
	"$(tcpdump -nr "$TMP/order.pcap" 2>/dev/null |
		sed 's/.*seq=0x\([0-9a-f]*\).*/\1/' >"$TMP/order"
	wc -l <"$TMP/order") $(awk '{ printf "%8s\n", $1 }' "$TMP/order" |
		LC_ALL=C sort -c 2>&1)"
is "and received in order" "$late" "$(xfrm_stat A XfrmInStateSeqError)"

under_load 88F7040
# where it says "full" nothing else is to be done, and the qdisc waits
was=$(($(counter A esp0 tx_engine) + $(counter A esp0 rx_engine)))
fault full 50
check "a full queue" busywait 60 at_least 50 did_it rejected
is "is counted" $((was + 50)) \
	"$(($(counter A esp0 tx_engine) + $(counter A esp0 rx_engine)))"
check "$E, full: traffic goes on" goes_on
fault latency 200000
fault depth 2
ip netns exec A ping -q -f -l 50 -c 200 10.0.0.2 >/dev/null 2>&1 &
BACKGROUND+=($!)
backlog() {
	ip netns exec A tc -s qdisc show dev esp0 |
		awk '/backlog/ { if ($3 + 0 > n) n = $3 + 0 } END { print n + 0 }'
}
check "a short queue: packets wait in the qdisc" \
	busywait 60 at_least 2 backlog
fault latency 100
fault depth 1024
check "$E, depth: traffic goes on" goes_on

# as drivers that use vector registers, and find them in use
E=sim-IPQ-4019
fault at-once 1
under_load IPQ-4019
check "$E: an answer that nobody expects" at_least 100 did_it encrypted
check "$E, at-once: traffic goes on" goes_on
check "$E: it has all been given back" eval \
	'unload; ip -n A xfrm state flush; busywait 30 held_is 0'

under_load AL21400
watch
fault lost 20
check "lost completions" busywait 60 at_least 20 did_it lost
check "an engine that does not answer is reset" \
	busywait 60 said "did not answer and was reset"
seen lost
check "$E, lost: traffic goes on" goes_on
is "by the same engine" "works 1" "$(did_it state) $(did_it resets)"

under_load IPQ-4018
watch
fault reset 1
check "an engine that hangs is reset" \
	busywait 60 said "did not answer and was reset"
seen reset
check "$E, reset: traffic goes on" goes_on
is "by the same engine" "works" "$(did_it state)"
# and once more within five minutes: it will not get better
fault reset 1
check "twice is too often" busywait 60 said "has failed"
check "$E, twice: traffic goes on" goes_on
fault remove 1
fault insert 1

under_load TLR4
watch
fault dead 1
check "a dead engine" busywait 60 said "has failed"
check "$E, dead: traffic goes on" goes_on
seen dead
is "its SAs are others' now" 2 "$(offloaded A | wc -l)"
check "it has kept something" at_least 1 did_it held
new_sas
is "it gets no new SA" "" "$(offloaded A)"
fault remove 1
is "until it is pulled out" "removed 0" "$(did_it state) $(did_it held)"
fault insert 1
new_sas
is "and in" "works 2" "$(did_it state) $(offloaded A | wc -l)"
check "$E, insert: it works" busywait 20 ping_ns A 10.0.0.2

under_load EN7562CT
watch
check "pulled out" fault remove 1
check "$E, remove: traffic goes on" goes_on
seen remove
is "all was given back" "removed 0" "$(did_it state) $(did_it held)"
check "not twice" not fault remove 1
check "put back" fault insert 1
was=$(did_it encrypted)
new_sas
busywait 20 ping_ns A 10.0.0.2
check "an SA made then is its" at_least $((was + 1)) did_it encrypted

# and when there is nobody else
unload
engine auto
rmmod sitelink_cryptoapi
under_load IPQ-5018
watch
check "pulled out, and no other engine" fault remove 1
was=$(counter A esp0 tx_engine)
check "packets are dropped and counted" \
	busywait 30 at_least $((was + 10)) counter A esp0 tx_engine
modprobe sitelink_cryptoapi
check "$E: one comes, traffic goes on" goes_on
seen "no engine"

# Teardown while requests are lost. States go first, and policies stay.
under_load AL32400
watch
fault lost 1000
check "many are lost" busywait 60 at_least 5 did_it held
ip -n A xfrm state flush
check "states gone: all is given back" busywait 60 held_is 0
seen flush
under_load AL52400
fault lost 1000
check "many are lost again" busywait 60 at_least 5 did_it held
check "the device gone" timeout 60 ip -n A link del esp0
unload
gone() { busywait 60 rmmod "$@" || { lsmod; cat "$SIM/$E/stats"; false; }; }
check "the engine's module, too" gone sitelink_sim

modprobe sitelink_sim
ip -n A link add link wan name esp0 type espdev
ip -n A addr add 192.0.2.1/24 dev esp0
ip -n A link set esp0 up
ip -n A route add 10.0.0.2 via 192.0.2.2 src 10.0.0.1
under_load AL73400
fault dead 1
check "dead" busywait 60 said "has failed"
check "with what it had" at_least 1 did_it held
check "the device gone that it had it for" timeout 60 ip -n A link del esp0
unload
check "a module stays whose engine has packets" not rmmod sitelink_sim
check "pulled out" fault remove 1
check "it goes" gone sitelink_sim
check "and the others" rmmod sitelink_cryptoapi sitelink_espdev
is "the kernel complains of nothing" "" "$(dmesg | sed "1,/$LOG_MARK/d" |
	grep -E 'WARNING|BUG|waiting for|refcount|stall|blocked')"
finish
