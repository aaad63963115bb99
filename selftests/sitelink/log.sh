#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# What the log makes of the IKE daemon's lines. charon_ike1.txt and charon_ike2.txt
# are real ones of strongSwan 5.9.8, of both ends A and B, for each thing that goes
# wrong; A begins. On the host; sanitizers watch. SITELINK_FUZZ: seconds of mutated
# lines (10).
set -u
. "$(dirname "$0")/../vm/lib.sh"
. "$(dirname "$0")/../tap.sh"

"$VM_DIR/deps" build || exit 125
bin=$SITELINK_BUILD/selftests
made selftests/sitelink selftests || exit 125
dir=$SITELINK_TOP/selftests/sitelink
tmp=$(mktemp -d) || exit 125
trap 'rm -rf "$tmp"' EXIT

# lines VERSION KIND END: of the daemon
lines() {
	sed -n "/^== $2 $3\$/,/^==/p" "$dir/charon_ike$1.txt" | grep -v '^=='
}
# tells VERSION KIND END NAME WANT: all that the log says in words of its own
tells() {
	is "IKEv$1: $4, at $3" "$5" "$(lines "$1" "$2" "$3" |
		"$bin/log_lines" 2>&1 | grep -v '^ipsec ')"
}
# fails VERSION KIND END NAME WANT: the one error
fails() {
	is "IKEv$1: $4, at $3" "ipsec,error $5" "$(lines "$1" "$2" "$3" |
		"$bin/log_lines" 2>&1 | grep -v '^ipsec \|^ipsec,info ')"
}

A="192.0.2.1[500]" B="192.0.2.2[500]"
A4="192.0.2.1[4500]" B4="192.0.2.2[4500]"
begun="new phase 1 (Identity Protection):"
trns="DB(prop#1:trns#1):Peer(prop#1:trns#1) ="
differ="rejected enctype: $trns AES-128:AES-256, "
differ+="rejected hashtype: $trns SHA1:SHA256"
groups=", rejected dh_group: $trns modp1024:modp2048"
secrets="the secrets of the two differ"
old='certificate "CN=site-X" has expired, it was valid until Jan 01 00:00:00 2021'
store="can't verify peer's certificate from store"
wrong="parsing packet failed, possible cause: wrong password"

tells 1 ok A "all goes well, and twice" \
	"ipsec,info initiate $begun site-B $A<=>$B
ipsec,info ISAKMP-SA established site-B $A-$B
ipsec,info initiate $begun site-B $A<=>$B
ipsec,info ISAKMP-SA established site-B $A-$B
ipsec,info ISAKMP-SA deleted site-B $A-$B
ipsec,info ISAKMP-SA deleted site-B $A-$B"
tells 1 ok B "all goes well, and twice" \
	"ipsec,info respond $begun $B<=>$A
ipsec,info ISAKMP-SA established site-A $B-$A
ipsec,info respond $begun $B<=>$A
ipsec,info ISAKMP-SA established site-A $B-$A
ipsec,info ISAKMP-SA deleted site-A $B-$A
ipsec,info ISAKMP-SA deleted site-A $B-$A"
tells 2 ok A "all goes well, and is rekeyed" \
	"ipsec,info new ike2 SA (I): site-B $A-$B
ipsec,info peer authorized: site-B $A4-$B4
ipsec,info rekeyed ike2 SA: site-B $A4-$B4
ipsec,info killing ike2 SA: site-B $A4-$B4
ipsec,info killing ike2 SA: site-B $A4-$B4"
tells 2 ok B "all goes well, and is rekeyed" \
	"ipsec,info new ike2 SA (R): $B4-$A4
ipsec,info peer authorized: site-A $B4-$A4
ipsec,info rekeyed ike2 SA: site-A $B4-$A4
ipsec,info killing ike2 SA: site-A $B4-$A4
ipsec,info killing ike2 SA: site-A $B4-$A4"

fails 1 psk A "another secret" "$wrong site-B $A<=>$B: $secrets"
fails 1 psk B "another secret" "$wrong $B<=>$A: $secrets"
fails 2 psk A "another secret" \
	"got fatal error: AUTHENTICATION_FAILED site-B $A4<=>$B4"
fails 2 psk B "another secret" \
	"peer failed to authorize: AUTH mismatch site-A $B4<=>$A4: $secrets (1 tried for the peer's ID 192.0.2.1)"

fails 1 ph1 A "another proposal of phase 1" \
	"fatal NO-PROPOSAL-CHOSEN notify message, phase1 should be deleted site-B $A<=>$B"
fails 2 ph1 A "another proposal of phase 1" \
	"got fatal error: NO_PROPOSAL_CHOSEN site-B $A<=>$B"
for v in 1 2; do
	fails $v ph1 B "another proposal of phase 1" \
		"no suitable proposal found $B<=>$A: $differ$groups"
done
like "with all rejections before it" "^ipsec ${trns//[^ ]*/}rejected enctype: .*
ipsec rejected hashtype: .*
ipsec rejected dh_group: [^ ]* = modp1024:modp2048
ipsec,error no suitable" "$(lines 1 ph1 B | "$bin/log_lines" |
	grep 'rejected\|error')"

none="failed to pre-process ph2 packet, no suitable proposal found site-A"
fails 1 ph2 A "another proposal of phase 2" \
	"fatal NO-PROPOSAL-CHOSEN notify message site-B $A<=>$B: of phase 2"
fails 2 ph2 A "another proposal of phase 2" \
	"got fatal error: NO_PROPOSAL_CHOSEN site-B $A4<=>$B4: of phase 2"
fails 1 ph2 B "another proposal of phase 2" "$none $B<=>$A: $differ$groups"
# which has no group in IKE_AUTH
fails 2 ph2 B "another proposal of phase 2" "$none $B4<=>$A4: $differ"

none="failed to pre-process ph2 packet, got unacceptable selectors site-A"
asks="the peer asks for 10.2.0.0/24 === 10.1.0.0/24, which no policy is for"
fails 1 ts A "other selectors" \
	"fatal INVALID-ID-INFORMATION notify message site-B $A<=>$B: of phase 2"
fails 2 ts A "other selectors" \
	"got fatal error: TS_UNACCEPTABLE site-B $A4<=>$B4: of phase 2"
fails 1 ts B "other selectors" "$none $B<=>$A: $asks"
fails 2 ts B "other selectors" "$none $B4<=>$A4: $asks"

fails 1 id A "another identity" \
	"fatal AUTHENTICATION-FAILED notify message, phase1 should be deleted site-B $A<=>$B"
fails 2 id A "another identity" \
	"got fatal error: AUTHENTICATION_FAILED site-B $A4<=>$B4"
fails 1 id B "another identity" \
	"no matching identity found $B<=>$A: the peer's ID is 192.0.2.1, its authentication pre-shared key"
fails 2 id B "another identity" \
	"no matching identity found $B4<=>$A4: the peer's ID is 192.0.2.1, the one it wants of us 192.0.2.2"

fails 1 peer A "no such peer" \
	"fatal NO-PROPOSAL-CHOSEN notify message, phase1 should be deleted site-B $A<=>$B"
fails 2 peer A "no such peer" \
	"got fatal error: NO_PROPOSAL_CHOSEN site-B $A<=>$B"
for v in 1 2; do
	fails $v peer B "no such peer" \
		"no peer config for this address $B<=>$A: from 192.0.2.1 to 192.0.2.2"
	fails $v silent A "nobody there" \
		"phase1 negotiation failed due to time up site-B $A<=>192.0.2.3[500]"
done

gone="the peer does not answer"
fails 1 dpd A "a cut link" "dpd failure site-B $A<=>$B: $gone"
fails 2 dpd A "a cut link" "dpd failure site-B $A4<=>$B4: $gone"
fails 2 dpd B "a cut link" "dpd failure site-A $B4<=>$A4: $gone"

fails 1 expr A "B's certificate has expired" "$store site-B $A<=>$B: $old"
fails 2 expr A "B's certificate has expired" "$store site-B $A4<=>$B4: $old"
fails 1 expr B "its certificate has expired" \
	"phase1 deleted by the peer site-A $B<=>$A: before phase 2, as it does who refuses our identity or certificate"
fails 2 expr B "its certificate has expired" \
	"got fatal error: AUTHENTICATION_FAILED site-A $B4<=>$A4"
fails 1 expi A "its certificate has expired" \
	"fatal AUTHENTICATION-FAILED notify message, phase1 should be deleted site-B $A<=>$B"
fails 2 expi A "its certificate has expired" \
	"got fatal error: AUTHENTICATION_FAILED site-B $A4<=>$B4"
fails 1 expi B "A's certificate has expired" "$store site-A $B<=>$A: $old"
fails 2 expi B "A's certificate has expired" "$store site-A $B4<=>$A4: $old"

# attempts after another one, of a daemon that begins anew with its numbers
is "each attempt is told once, and each one is" 3 \
	"$({ lines 2 psk B; lines 2 psk B | sed 's/|1>/|2>/; s/<1>/<2>/'
	echo "00[JOB1] spawning 16 worker threads"
	lines 2 psk B; } | "$bin/log_lines" | grep -c error)"
is "also of phase 2 in one SA" 2 "$(lines 1 ph2 B |
	awk '/parsed QUICK/ { on = 1 } /DELETE/ { on = 0 }
		on { again = again $0 "\n" } { print }
		END { gsub(/2006105611/, 7, again); printf "%s", again }' |
	"$bin/log_lines" | grep -c error)"

# made NAME WANT LINE...: lines by hand
made() {
	local name=$1 want=$2
	shift 2
	is "$name" "$want" "$(printf '%b\n' "$@" | "$bin/log_lines")"
}
made "levels are topics" "ipsec one
ipsec,debug two
ipsec,debug,packet    0: 00 01
ipsec no level
ipsec of a library" '05[IKE1] <x|1> one' '05[IKE2] <x|1> two' \
	'05[ENC3] <x|1>    0: 00 01' '05[IKE] no level' 'of a library'
made "what moves cursors does not" 'ipsec a\1B[31m\C3\A9\00' \
	'05[IKE1] a\0033[31mé\0000'
made "a connection's name may have anything" \
	"ipsec IKE_SA a> <b|2>[7] established between x
ipsec,info peer authorized: a> <b|2> ?-?" \
	'05[IKE0] <a> <b|2>|7> IKE_SA a> <b|2>[7] established between x'
is "a line is cut" 2045 "$(printf '05[IKE1] %05000d\n' 0 |
	"$bin/log_lines" | wc -c)"
made "a retransmit" "ipsec received packet: from 192.0.2.2[500] to 192.0.2.1[500] (1 bytes)
ipsec received retransmit of request with ID 1, retransmitting response
ipsec the packet is retransmitted by $B." \
	"05[NET1] <x|1> received packet: from $B to $A (1 bytes)" \
	'05[IKE1] <x|1> received retransmit of request with ID 1, retransmitting response'

# keeps NAME WANT SETTINGS: of three topics, in the file
keeps() {
	rm -f "$tmp/log"
	printf '%s\n' '05[IKE1] plain' '05[IKE2] debug' '05[ENC3] 0: 00' \
		'05[IKE1] <x|1> establishing IKE_SA failed, peer not responding' |
		"$bin/log_lines" -k "$tmp/log" "$3"
	is "$1" "$2" "$(cut -d' ' -f2- "$tmp/log" | cut -c1-40)"
}
# rules TOPICS MORE
rules() {
	echo "{\"rules\":[{\"memory\":true,\"topics\":\"$1\"${2:+,$2}}]}"
}
failed="ipsec,error phase1 negotiation failed du"
keeps "without a word of what: errors and good news" "$failed" ""
keeps "topics=error" "$failed" "$(rules error)"
keeps "topics=ipsec,!packet" "ipsec plain
ipsec,debug debug
ipsec establishing IKE_SA failed, peer n
$failed" "$(rules 'ipsec,!packet')"
keeps "topics=ipsec,!debug" "ipsec plain
ipsec establishing IKE_SA failed, peer n
$failed" "$(rules 'ipsec,!debug')"
keeps "topics=ipsec,debug" "ipsec,debug debug
ipsec,debug,packet 0: 00" "$(rules ipsec,debug)"
keeps "the last of many topics counts" "$failed" \
	"$(rules "$(printf '!%s,' a b c d e f g h i j k l m n o p q)error")"
keeps "topics=ospf" "" "$(rules ospf)"
keeps "prefix, regex" "ipsec P: plain" \
	"$(rules ipsec '"prefix":"P","regex":"^pl"')"
keeps "an action that is no memory" "" \
	'{"rules":[{"memory":false,"topics":"ipsec"}]}'
is "only root reads it" 600 "$(stat -c %a "$tmp/log")"

# many NUMBER SETTINGS: lines of the file after so many
many() {
	seq -f "05[IKE1] line %.0f" "$1" |
		"$bin/log_lines" -k "$tmp/log" "$(rules ipsec |
			sed "s/^{/{$2,/")"
	wc -l <"$tmp/log"
}
rm -f "$tmp/log"
at_most() { [ "$1" -le "$2" ]; }
check "the file is no longer than a quarter more" \
	at_most "$(many 1000 '"lines":100')" 126
like "and ends with the newest" 'ipsec line 1000$' "$(tail -n 1 "$tmp/log")"
is "it goes on where it was" 'line 1001' "$(seq 1001 1001 |
	sed 's/^/05[IKE1] line /' | "$bin/log_lines" -k "$tmp/log" \
		"$(rules ipsec | sed 's/^{/{"lines":100,/')"
	tail -n 1 "$tmp/log" | cut -d' ' -f3-)"
is "and has no more than it may when it is told less" 10 \
	"$(many 0 '"lines":10')"
rm -f "$tmp/log"
# a file to shorten it into that is full, /dev/full's
if mknod "$tmp/log.new" c 1 7 2>/dev/null; then
	check "nor is it when there was no place to shorten it" \
		at_most "$(many 1000 '"lines":100')" 126
	rm -f "$tmp/log.new"
fi
rm -f "$tmp/log"
is "memory-stop-on-full keeps the oldest" "100 line 100" \
	"$(many 1000 '"lines":100,"full":"stop"') $(tail -n 1 "$tmp/log" |
		cut -d' ' -f3-)"

seed=$RANDOM
cat "$dir"/charon_ike?.txt >"$tmp/lines"
check "mutated lines, seed $seed" \
	"$bin/log_lines" -f "${SITELINK_FUZZ:-10}" "$seed" <"$tmp/lines"
tap_end
