#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 400
# vti whose packets are decrypted asynchronously, as by a crypto engine: what
# arrives, and SA, device, namespace and module that go while packets are in
# decryption. A machine of its own: pcrypt stays the first choice. (cryptd of
# 6.1.192 does not pass its own test.)
#
#	A  tun, decrypts at once -- wan ------ wan -- tun, pcrypt  B
. "$(dirname "$0")/lib.sh"

modprobe sitelink_vti || skip_all "no sitelink_vti"
{ modprobe pcrypt && modprobe algif_aead; } || skip_all "no pcrypt"

# fresh WHEN: B anew, its SAs asynchronous, and A's inbound one, which otherwise
# takes B's sequence numbers for a replay
fresh() {
	setup_ns B
	wan A B
	end B 2 1
	esp_tunnel B 192.0.2.2 192.0.2.1 mark 7
	ip -n A xfrm state delete src 192.0.2.2 dst 192.0.2.1 proto esp \
		spi 0x202 mark 7
	esp_sa A 192.0.2.2 192.0.2.1 mark 7
	busywait 10 ping_ns A 10.0.0.2 || fail "$1: a ping before"
}
end() { # NS ME YOU
	ip -n "$1" link add tun type vti local "192.0.2.$2" \
		remote "192.0.2.$3" key 7
	ip -n "$1" addr add "10.0.0.$2/24" dev tun
	ip -n "$1" addr add "fd00::$2/64" dev tun nodad
	ip -n "$1" link set tun up
}

# goes NAME COMMAND...: COMMAND ends, well. A device with wrong reference
# counts never goes, and who waits for that cannot be killed.
ended() { ! kill -0 "$1"; }
goes() {
	"${@:2}" &
	ends "$1" $!
}
ends() {
	if busywait 60 ended "$2" && wait "$2"; then
		pass "$1"
	else
		fail "$1" "$(dmesg | tail -n 3)"
		exit 1
	fi
}

# in_flight: packets that B's pcrypt has and does not decrypt until `release`:
# while something of a higher priority runs its worker does not. What brings
# packets there has one that is higher still.
if [ -e /sys/kernel/debug/sched/fair_server ]; then
	echo 0 | tee /sys/kernel/debug/sched/fair_server/cpu*/runtime >/dev/null
fi
sysctl -qw kernel.sched_rt_runtime_us=-1
for p in $(pgrep '^ksoftirqd/'); do
	chrt -f -p 50 "$p"
done
# Not `ip netns exec` then, nor `ip -n`: their mounts wait for RCU.
inside() { nsenter "--net=/run/netns/$1" "${@:2}"; }
delivered() { # outer packets and those that came out of the tunnel
	# shellcheck disable=SC2016 # awk's
	inside B awk '$1 == "Ip:" && c { print $c }
		$1 == "Ip:" { for (i = 2; i <= NF; i++)
				if ($i == "InDelivers") c = i }' /proc/net/snmp
	# shellcheck disable=SC2016
	inside B awk '$1 == "tun:" { print $3 }' /proc/net/dev
}
in_flight() { # WHEN
	local was now

	mapfile -t was < <(delivered)
	chrt -f -p 50 $$
	# it ends by itself, too: what this script waits for may wait for others
	rm -f "$TMP/hog"
	# shellcheck disable=SC2016 # its own
	chrt -f 1 bash -c ': >"$1"; while [ $SECONDS -lt 20 ]; do :; done' \
		hog "$TMP/hog" &
	HOG=$!
	busywait 10 [ -e "$TMP/hog" ]
	inside A "$BIN/gso_send" udp 10.0.0.2 10007 1000
	mapfile -t now < <(delivered)
	is "$1: packets in decryption" "11 0" \
		"$((now[0] - was[0])) $((now[1] - was[1]))"
}
release() {
	kill "$HOG"
	wait "$HOG" 2>/dev/null
	chrt -o -p 0 $$
}

setup_ns A
end A 1 2
# made before pcrypt's
esp_tunnel A 192.0.2.1 192.0.2.2 mark 7
driver() { # that who asks for the cipher now gets
	awk '$1 == "name" { n = $3 }
		$1 == "driver" { d = $3 }
		$1 == "priority" && n == "rfc4106(gcm(aes))" && $3 > p {
			p = $3
			best = d
		}
		END { print best }' /proc/crypto
}
plain=$(driver)
check "pcrypt($plain)" "$BIN/alg" aead "pcrypt($plain)"
is "is the first choice" "pcrypt($plain)" "$(driver)"
mark="sitelink async $$"
echo "$mark" >/dev/kmsg

fresh "traffic"
tx=$(stat A tun tx_packets) rx=$(stat B tun rx_packets)
check "ping" ping_ns A 10.0.0.2 3
check "ping, IPv6" ping_ns A fd00::2 3
iperf_server B
check "TCP" ip netns exec A iperf3 -c 10.0.0.2 -n 300003
check "TCP, IPv6" ip netns exec A iperf3 -c fd00::2 -n 300003
ip netns pids B | xargs -r kill
is "both count what went" $(($(stat A tun tx_packets) - tx)) \
	$(($(stat B tun rx_packets) - rx))
in_flight "traffic"
release
check "they arrive" busywait 20 at_least $(($(stat A tun tx_packets) - tx + \
	rx)) stat B tun rx_packets
is "none was refused" "0 0" "$(counter B tun rx_sa) $(counter B tun rx_policy)"
goes "the link goes" ip -n B link del wan
goes "and the tunnel" ip -n B link del tun
ip netns del B

fresh "its SA"
rx=$(stat B tun rx_packets) sa=$(counter B tun rx_sa)
in_flight "its SA"
inside B ip xfrm state deleteall
release
check "its SA went: each is counted" busywait 20 at_least $((sa + 11)) \
	counter B tun rx_sa
is "its SA went: none comes through" "$rx" "$(stat B tun rx_packets)"
goes "its SA went: and so can the tunnel" ip -n B link del tun
goes "its SA went: and the link" ip -n B link del wan
ip netns del B

fresh "the tunnel"
in_flight "the tunnel"
inside B ip link del tun &
p=$!
release
ends "the tunnel goes" $p
goes "and the link" ip -n B link del wan
ip netns del B

fresh "the link"
in_flight "the link"
inside B ip link del wan &
p=$!
release
ends "the link goes" $p
goes "and the tunnel" ip -n B link del tun
ip netns del B

fresh "the namespace"
in_flight "the namespace"
ip netns del B &
p=$!
release
ends "the namespace goes" $p

# it waits for all namespaces that go, too
fresh "the module"
in_flight "the module"
rmmod sitelink_vti &
p=$!
release
ends "the module goes" $p
is "the kernel's log has no wrong reference count" "" "$(dmesg |
	sed "0,/$mark/d" | grep -E 'waiting for|refcount|sitelink_')"
finish
