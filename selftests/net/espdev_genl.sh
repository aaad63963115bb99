#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# espdev's generic netlink family: engines and SAs as they are, who may see
# them, each refusal's sentence, events; and never a key.
. "$(dirname "$0")/espdev_lib.sh"

MONITOR=${SITELINK_BUILD:-$NET_DIR/../../build}/tools/sitelink-monitor
GCM='rfc4106(gcm(aes))'
gcm=$(aead "$GCM" 20 128)

# nothing else loads what the CPU has
modprobe aesni_intel
espdev_sites || exit 1
setup_ns C
ip link add other netns A type veth peer name other netns B
ip -n A link add link other name esp1 type espdev engine nosuch
ip -n A addr add 198.51.100.1/24 dev esp1
ip -n A link set other up
ip -n A link set esp1 up
index() { ip netns exec A cat "/sys/class/net/$1/ifindex"; }
esp0=$(index esp0)
esp1=$(index esp1)

# engines
out=$(genl engines)
is "engine: state" "$(printf '%s\n' "name cryptoapi" "priority 0" "failed 0" \
	"resets 0" "errors 0" "sas 0" "load 0")" "$(head -n 7 <<<"$out")"
is "engine: all that IKE daemons ask for" 29 "$(grep -c '^algorithm ' <<<"$out")"
is "engine: each with a driver" 29 "$(grep -c '^driver .' <<<"$out")"
is "engine: each once" "" "$(grep '^algorithm ' <<<"$out" | sort | uniq -d)"
like "engine: the CPU's instructions, at once" \
	"algorithm rfc4106\(gcm\(aes\)\) esn 1 async 0 driver rfc4106-gcm-aesni" \
	"$(xargs <<<"$out")"
like "engine: with authenc, too" \
	"algorithm authenc\(hmac\(sha256\),cbc\(aes\)\) esn 1 " "$(xargs <<<"$out")"
is "engine: the same by its name" "$out" "$(genl engine name=cryptoapi)"

# who hands packets over to others answers later, whoever the others are
# shellcheck disable=SC2086 # words
pair() { sas tunnel 4 noesn $gcm; }
is "engine: what comes later is found" \
	"1 async 1 driver pcrypt(rfc4106-gcm-aesni)" "$(
	"$BIN/alg" aead 'pcrypt(rfc4106-gcm-aesni)' && genl engines |
		sed -n "/^algorithm $GCM/,/driver/p" | tail -n +2 | xargs |
		sed 's/^esn //')"
pair
check "and carries" busywait 20 ping_ns A 10.0.0.2
no_sas
check "and goes" busywait 20 rmmod pcrypt

# SAs; only those that are offloaded
is "no SA: an empty list" "" "$(genl sas)"
pair
HASH=0x$(printf '%02x' {64..95})
ip -n A xfrm state add src 2001:db8::1 dst 2001:db8::2 proto esp spi 0x601 \
	mode transport auth-trunc 'hmac(sha256)' "$HASH" 128 \
	enc 'cbc(aes)' "0x${HASH:34}" replay-window 64 flag esn \
	offload dev esp0 dir out
SPI=0x30 esp_sa A 192.0.2.1 192.0.2.9
SPI=0x40 esp_sa A 198.51.100.1 198.51.100.2 offload dev esp1 dir out
# 6.1 refuses it before espdev is asked
SPI=0x50 esp_sa A 2001:db8::1 2001:db8::9 encap espinudp 4500 4500 :: \
	offload dev esp0 dir out 2>/dev/null
# who is not on it works all the same
check "an SA that no engine takes is the stack's" \
	ip -n A xfrm state get dst 198.51.100.2 proto esp spi 0x401
spis() { genl sas "$@" | sed -n 's/^spi //p' | sort | xargs; }
is "dump: offloaded ones, each once" "0x00000201 0x00000202 0x00000601" \
	"$(spis)"
is "dump: of one device" "0x00000201 0x00000202 0x00000601" \
	"$(spis ifindex="$esp0")"
is "dump: none of another" "" "$(spis ifindex="$esp1")"
name=(ifindex="$esp0" direction=1 spi=0x201 destination=192.0.2.2)
is "get: all of it" "$(printf '%s\n' "ifindex $esp0" "direction 1" \
	"spi 0x00000201" "destination 192.0.2.2" "ifname esp0" "family 2" \
	"source 192.0.2.1" "mode 1" "algorithm $GCM" "packets 0" "bytes 0" \
	"esn 0" "engine cryptoapi" "hw-aead 1" "in-flight 0" "malformed 0" \
	"no-memory 0" "full 0" "not-done 0" "bad-icv 0" \
	"policy 0")" "$(genl sa "${name[@]}")"
name6=(ifindex="$esp0" direction=1 spi=0x601 destination=2001:db8::2)
is "get: IPv6, transport mode, its hash is another's" "$(printf '%s\n' \
	"family 10" "source 2001:db8::1" "mode 0" \
	"algorithm authenc(hmac(sha256),cbc(aes))" "esn 1" "hw-aead 0")" \
	"$(genl sa "${name6[@]}" | grep -E '^(fam|sou|mode|alg|esn|hw)')"
is "engine: works for three" 3 "$(value sas engines)"

# what went through, and as the stack counts it without espdev; the first
# packets only find their way
check "they carry" busywait 20 ping_ns A 10.0.0.2
lifetime() { # NS SPI: packets and bytes of `ip -s xfrm state`
	ip -n "$1" -s xfrm state list spi "$2" | awk '/lifetime current/ {
		getline; gsub(/[^0-9,]/, ""); split($0, n, ",")
		print n[2], n[1] }'
}
seen() { genl sa "$@" | sed -n 's/^\(packets\|bytes\) //p' | xargs; }
packets() { lifetime "$@" | cut -d ' ' -f 1; }
was=$(packets A 0x201) far=$(packets B 0x202)
ip netns exec A ping -q -c 20 -i 0.05 -s 700 -W 5 10.0.0.2 >/dev/null
ip netns exec A ping -q -c 3 -i 0.05 -s 4000 -W 5 10.0.0.2 >/dev/null
is "every packet is counted, once" "$((was + 23)) $((far + 23))" \
	"$(packets A 0x201) $(packets B 0x202)"
for a in "1 0x201 192.0.2.2 0x202" "0 0x202 192.0.2.1 0x201"; do
	read -r dir spi dst other <<<"$a"
	is "spi $spi: ip -s xfrm state says the same" "$(lifetime A "$spi")" \
		"$(seen ifindex="$esp0" direction="$dir" spi="$spi" \
			destination="$dst")"
	is "spi $spi: so does the stack without espdev" \
		"$(lifetime B "$other")" "$(lifetime A "$spi")"
done
bad_icv() { [ "$(value bad-icv sa ifindex="$esp0" direction=0 spi=0x202 \
	destination=192.0.2.1)" = "$1" ]; }
for n in 1 2; do
	raw B 50 "00000202000010000000000000000000$(printf '%064x' "$n")"
done
check "drops: by reason" busywait 10 bad_icv 2

# refusals
while IFS='|' read -r words sentence; do
	# shellcheck disable=SC2086 # words
	like "refused: $words" "^E[A-Z]*: $sentence" "$(genl $words)"
done <<-END
	engine|name: which engine
	engine name=nosuch|name: no engine is called so
	engine name=$(printf 'x%.0s' {1..64})|
	engine name=cryptoapi #2=00000000|Unknown attribute type
	engine #99=00|Unknown attribute type
	engines name=cryptoapi|a dump takes no attributes
	sa|name an SA by ifindex, direction, spi and destination
	sa ${name[*]:1}|name an SA by
	sa ${name[*]:0:3}|name an SA by
	sa ${name[*]} spi=0x203|the device has no such SA offloaded
	sa ${name[*]} direction=0|the device has no such SA offloaded
	sa ${name[*]} destination=192.0.2.3|the device has no such SA offloaded
	sa ${name[*]} direction=2|integer out of range
	sa ${name[*]} #4=0102030405|destination: 4 octets for IPv4, 16 for IPv6
	sa ${name[*]} #4=|destination: 4 octets
	sa ${name[*]} #3=000002|invalid attribute length
	sa ${name[*]} #5=c0000201|Unknown attribute type
	sa ${name[*]} ifindex=9999|ifindex: no device of this namespace
	sa ${name[*]} ifindex=$(index wan)|ifindex: the device must be an espdev
	sas ifindex=9999|ifindex: no device of this namespace
	sas ifindex=$(index wan)|ifindex: the device must be an espdev
	sas direction=1|a dump takes no attribute but ifindex
	sas spi=0x201|a dump takes no attribute but ifindex
	sas #99=00|Unknown attribute type
	END

# who may
drop() { ip netns exec A setpriv --bounding-set=-all "$@"; }
is "unprivileged: engines" cryptoapi \
	"$(drop "$BIN/genl" engines | sed -n 's/^name //p')"
is "unprivileged: an engine" cryptoapi \
	"$(drop "$BIN/genl" engine name=cryptoapi | sed -n 's/^name //p')"
like "unprivileged: no SAs" EPERM "$(drop "$BIN/genl" sas)"
like "unprivileged: no SA" EPERM "$(drop "$BIN/genl" sa "${name[@]}")"
drop "$MONITOR" >"$TMP/drop" 2>&1 &
BACKGROUND+=($!)
check "unprivileged: no events, SPIs are among them" busywait 10 \
	grep -q "sitelink-espdev: Operation not permitted" "$TMP/drop"

# other namespaces
is "elsewhere: the engines" cryptoapi "$(NS=C value name engines)"
is "elsewhere: no SAs" "" "$(NS=C genl sas)"
like "elsewhere: not by its index" ENODEV "$(NS=C genl sas ifindex="$esp0")"
like "elsewhere: nor one" ENODEV "$(NS=C genl sa "${name[@]}")"

# keys: four octets in a row of one, in any answer
export SITELINK_RAW=$TMP/raw
for words in engines "engine name=cryptoapi" sas "sa ${name[*]}" \
	"sa ${name6[*]}"; do
	# shellcheck disable=SC2086 # words
	genl $words >/dev/null
done
unset SITELINK_RAW
octets() { od -An -v -tx1 "$TMP/raw" | tr -d '\n '; }
like "answers: all there" "00000201.*$(printf 'cryptoapi' | od -An -tx1 |
	tr -d ' \n')" "$(octets)"
fours() { # HEX...: as alternatives
	local k i
	for k in "${@#0x}"; do
		for ((i = 0; i + 8 <= ${#k}; i += 2)); do
			printf '%s|' "${k:i:8}"
		done
	done
}
is "answers: nothing of a key" "" \
	"$(octets | grep -oE "$(fours "$(key 20)" "$HASH")nothing")"

# a dump is of one moment, or says that it is not
many() { # add|del
	local i
	for ((i = 0; i < 100; i++)); do
		printf 'xfrm state %s src 192.0.2.1 dst 192.0.2.%d proto esp' \
			"$1" $((100 + i))
		printf ' spi 0x%x' $((0x1000 + i))
		[ "$1" = del ] || printf ' %s' mode tunnel aead "$GCM" \
			0x000102030405060708090a0b0c0d0e0f10111213 128 \
			offload dev esp0 dir out
		echo
	done | ip -n A -batch -
}
many add
out=$(genl slow-sas true)
is "dump: in parts, all of them" 103 "$(grep '^spi ' <<<"$out" | sort -u |
	wc -l)"
is "dump: nothing happened" "" "$(grep interrupted <<<"$out")"
add="ip xfrm state add src 192.0.2.1 dst 192.0.2.77 proto esp spi 0x77 mode tunnel aead $GCM 0x000102030405060708090a0b0c0d0e0f10111213 128"
add=${add//[()]/\\&}
del="ip xfrm state del src 192.0.2.1 dst 192.0.2.77 proto esp spi 0x77"
is "dump: not by an SA of the stack's" "" \
	"$(genl slow-sas "$add; $del" | grep interrupted)"
is "dump: interrupted by a new one" interrupted \
	"$(genl slow-sas "$add offload dev esp0 dir out" | tail -n 1)"
is "dump: interrupted by one that goes" interrupted \
	"$(genl slow-sas "$del" | tail -n 1)"
is "dump: not by what happens elsewhere" "" "$(genl slow-sas \
	"ip netns exec B ip link add link wan name esp0 type espdev; ip netns exec B $add offload dev esp0 dir out; ip netns exec B ip link del esp0" |
	grep interrupted)"

# while they come and go
come_and_go() {
	while :; do
		many del
		many add
	done
}
come_and_go 2>/dev/null &
BACKGROUND+=($!)
wrong=0 whole=0
for ((i = 0; i < 60; i++)); do
	out=$(genl sas) || wrong=$((wrong + 1))
	grep -q interrupted <<<"$out" && continue
	whole=$((whole + 1))
	[ "$(grep -cE '^spi 0x00000(201|202|601)' <<<"$out")" = 3 ] ||
		wrong=$((wrong + 1))
	[ -z "$(grep '^spi' <<<"$out" | sort | uniq -d)" ] ||
		wrong=$((wrong + 1))
done
kill $!
wait $! 2>/dev/null
is "dumps under way: what is whole is right (of 60: $whole)" 0 $wrong

# engines, as listeners see it
monitor() { # NS FILE
	ip netns exec "$1" "$MONITOR" "${@:3}" >"$2" 2>"$2.err" &
	BACKGROUND+=($!)
	busywait 10 grep -q listening "$2.err"
}
monitor A "$TMP/A"
first=$!
monitor C "$TMP/C" -j
ip -n A xfrm state flush
is "flushed: none" "" "$(genl sas)"
check "the engine's module goes" busywait 30 rmmod sitelink_cryptoapi
is "no engine" "" "$(genl engines)"
like "nor by its name" "ENOENT" "$(genl engine name=cryptoapi)"
modprobe sitelink_cryptoapi
check "events: the engine has gone, and come" busywait 10 \
	grep -q engine-add "$TMP/A"
is "in one namespace" "$(printf '%s\n' "engine-del cryptoapi" \
	"engine-add cryptoapi")" "$(cat "$TMP/A")"
is "and in another" "$(printf '{"event":"engine-%s","engine":"cryptoapi"}\n' \
	del add)" "$(cat "$TMP/C")"

# such that fail, and what works for the SAs then
modprobe sitelink_sim
SIM=/sys/kernel/debug/sitelink-sim
cbc=$(authenc 'hmac(sha256)' 32 128 'cbc(aes)' 16)
# by_engine SOC: SAs by it, and listeners
by_engine() {
	E=sim-$1
	engine "$E"
	# shellcheck disable=SC2086 # words
	sas tunnel 4 noesn $cbc
	is "$E: works for both" "$E $E" "$(value engine sas | xargs)"
	monitor A "$TMP/$E"
	monitor C "$TMP/$E.C"
}
# what_of ENGINE: lines about both SAs
what_of() {
	echo "sa-engine esp0 $esp0 out 0x00000201 192.0.2.2 $1"
	echo "sa-engine esp0 $esp0 in 0x00000202 192.0.2.1 $1"
}
lines() { [ "$(wc -l <"$TMP/$E")" -ge "$1" ]; }
# told NAME LINE...: all that was told so far; elsewhere nothing of SAs
told() {
	check "$E, $1: in time" busywait 60 lines $(($# - 1))
	is "$E, $1: told" "$(printf '%s\n' "${@:2}")" "$(cat "$TMP/$E")"
	is "$E, $1: elsewhere" "$(printf '%s\n' "${@:2}" | grep -v ^sa-)" \
		"$(cat "$TMP/$E.C")"
}
state_of() { genl engine "name=$E" | sed -n 's/^\(failed\|resets\|sas\) //p' | xargs; }

by_engine TLR4
fault dead 1
ip netns exec A ping -q -c 3 -i 0.2 -W 1 10.0.0.2 >/dev/null
mapfile -t want < <(echo "engine-fail $E"; what_of cryptoapi)
told dead "${want[@]}"
is "$E: has failed, works for none" "1 0 0" "$(state_of)"
is "$E: another one does" "cryptoapi cryptoapi" "$(value engine sas | xargs)"
check "$E: traffic goes on" busywait 20 ping_ns A 10.0.0.2
fault remove 1
told remove "${want[@]}" "engine-del $E"

by_engine IPQ-4018
fault reset 1
ip netns exec A ping -q -c 3 -i 0.2 -W 1 10.0.0.2 >/dev/null
told reset "engine-reset $E"
is "$E: was reset, works for both" "0 1 2" "$(state_of)"
check "nobody else is there" busywait 30 rmmod sitelink_cryptoapi
fault remove 1
mapfile -t want < <(echo "engine-reset $E"; echo "engine-del cryptoapi"
	echo "engine-del $E"; what_of none)
told remove "${want[@]}"
is "$E: nobody works for them" "" "$(value engine sas)"
modprobe sitelink_cryptoapi
mapfile -t -O ${#want[@]} want < <(echo "engine-add cryptoapi"
	what_of cryptoapi)
told "one comes" "${want[@]}"
check "$E: traffic goes on" busywait 20 ping_ns A 10.0.0.2
no_sas
check "simulated engines go" busywait 30 rmmod sitelink_sim

monitor A "$TMP/late"
modprobe sitelink_eoip
check "another module that tells: joined" busywait 10 eval \
	"ip -n A link add e type eoip remote 192.0.2.9 tunnel-id 1; ip -n A link del e; grep -q '^add e ' '$TMP/late'"
for n in A B; do
	ip netns del $n
done
check "the modules go under listeners" busywait 60 \
	rmmod sitelink_cryptoapi sitelink_espdev
check "all of them" rmmod sitelink_eoip sitelink
wait "$first"
is "whose monitor ends with them" 1 $?
like "and says so" "no module is left" "$(cat "$TMP/A.err")"
finish
