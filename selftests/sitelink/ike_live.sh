#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# What is made of what the IKE daemon has: print, rules of notrack-chain, the agent's
# log. On the host: ike_fake.c is the daemon.
. "$(dirname "$0")/script_lib.sh"

here=$SITELINK_TOP/selftests/sitelink
IKE_FAKE=$tmp/run
mkdir "$IKE_FAKE"
# linked NAME SOURCE_OR_OBJECT...: the first definition of a name counts
linked() {
	local flags rooms objects
	read -r -a flags <<<"$CFLAGS"
	mapfile -t rooms < <(find "$SITELINK_TOP/tools/sitelink" -type d \
		-printf '-I%p\n')
	mapfile -t objects < <(find "$asan/sitelink.o" -type f -name '*.o' \
		! -name main.o)
	cc "${flags[@]}" -std=gnu11 -Wall -Wextra -Werror "${rooms[@]}" \
		-Wl,--allow-multiple-definition -o "$tmp/$1" "${@:2}" \
		"${objects[@]}" -lmnl -lnftables -ljson-c -lcrypto
}
check "the command with that daemon" linked fake "$here/ike_fake.c" \
	"$asan/sitelink.o/main.o"
check "parts of the agent" linked parts "$here/ike_parts.c" "$here/ike_fake.c"
export IKE_FAKE ASAN_OPTIONS=detect_leaks=0

# shown COMMAND: of the script in t.rsc
shown() { (cd "$tmp" && "$tmp/fake" -f t.rsc "$1" 2>&1 | sed 's/^ *//'); }
# ike STATE MORE CHILDREN: an SA of site-b
ike() {
	printf '{"site-b":{"state":"%s","local-host":"192.0.2.1","remote-port":"4500","remote-host":"192.0.2.2","remote-id":"b",%s,"child-sas":{%s}}}' \
		"$1" "$2" "$3"
}
# child NAME STATE LOCAL REMOTE MORE
child() {
	printf '"%s-1":{"name":"%s","state":"%s","mode":"TUNNEL","protocol":"ESP","local-ts":["%s"],"remote-ts":["%s"]%s}' \
		"$1" "$1" "$2" "$3" "$4" "${5:+,$5}"
}

# --- /ip ipsec active-peers
: >"$tmp/t.rsc"
nets=(10.1.0.0/24 10.2.0.0/24)
use='"bytes-in":"10","packets-in":"1","bytes-out":"20","packets-out":"2"'
{
	echo '['
	ike ESTABLISHED '"initiator":"yes","established":"600"' \
		"$(child a INSTALLED "${nets[@]}" "$use,\"use-in\":\"7\",\"install-time\":\"90\"")"
	echo ,
	# a phase 1 made anew, of a child that has been silent for longer
	ike ESTABLISHED '"nat-any":"yes","established":"30"' \
		"$(child a INSTALLED "${nets[@]}" '"use-in":"500","install-time":"550"')"
	echo ,
	ike ESTABLISHED '"established":"600"' \
		"$(child a INSTALLED "${nets[@]}" '"install-time":"20"')"
	echo ,
	ike REKEYING '"established":"4000"' \
		"$(child a REKEYING "${nets[@]}" '"use-in":"1","install-time":"9"')"
	echo ,
	ike CONNECTING '"initiator":"yes"' ''
	echo ']'
} >"$IKE_FAKE/sas"
same='id=b local-address=192.0.2.1 port=4500 remote-address=192.0.2.2 state=established'
is "who is there, since when, and what was heard last" \
	"0    $same side=initiator uptime=10m last-seen=7s ph2-total=1
1 RN $same side=responder uptime=30s last-seen=30s ph2-total=1
2 R  $same side=responder uptime=10m last-seen=20s ph2-total=1
3 R  $same side=responder uptime=1h6m40s last-seen=1s ph2-total=1" \
	"$(shown '/ip ipsec active-peers print terse')"
like "what came and went" \
	'10 +1 +20 +2$' \
	"$(shown '/ip ipsec active-peers print stats' | grep '^0')"

echo '{"parts":{"conn/site-b":{"message":{},"offload":"no","why":"not by it"}}}' \
	>"$IKE_FAKE/ike"
is "what the agent has found out" 4 \
	"$(shown '/ip ipsec active-peers print detail' | grep -c ';;; not by it')"

# --- policies
cat >"$tmp/t.rsc" <<'EOF'
/ip ipsec peer add name=site-b address=192.0.2.2
/ip ipsec peer add name=off address=192.0.2.3 disabled=yes
/ip ipsec policy add peer=site-b tunnel=yes src-address=10.1.0.0/24 dst-address=10.2.0.0/24
/ip ipsec policy add peer=off tunnel=yes src-address=10.1.0.0/24 dst-address=10.3.0.0/24
EOF
ike ESTABLISHED '"established":"600"' \
	"$(child 10.1.0.0/24-10.2.0.0/24 INSTALLED "${nets[@]}" "$use")" |
	sed 's/^/[/; s/$/]/' >"$IKE_FAKE/sas"
like "of a peer that is there" \
	'^1 +A .* sa-src-address=192.0.2.1 sa-dst-address=192.0.2.2 .*ph2-count=1 ph2-state=established' \
	"$(shown '/ip ipsec policy print terse' | grep '^1')"
like "of one that is disabled, which is not active" \
	'^2 +peer=off .*ph2-count=0 ph2-state=no-phase2' \
	"$(shown '/ip ipsec policy print terse' | grep '^2')"

# --- policies that peers have asked for
cat >"$tmp/t.rsc" <<'EOF'
/ip ipsec peer add name=site-b address=192.0.2.2
/ip ipsec identity add peer=site-b secret=x generate-policy=port-strict
EOF
generated() { # LOCAL REMOTE
	ike ESTABLISHED '"established":"1"' \
		"$(child default:::/0-::/0 INSTALLED "$1" "$2")" |
		sed 's/^/[/; s/$/]/' >"$IKE_FAKE/sas"
	shown '/ip ipsec policy print terse' | grep '^1' |
		grep -o 'src-address=.* protocol=[^ ]*'
}
to='dst-address=10.2.0.1/32'
is "of all" "src-address=10.1.0.1/32 src-port=any $to dst-port=any protocol=all" \
	"$(generated 10.1.0.1/32 10.2.0.1/32)"
is "of a port that has a name" \
	"src-address=10.1.0.1/32 src-port=any $to dst-port=53 protocol=udp" \
	"$(generated '10.1.0.1/32[udp]' '10.2.0.1/32[udp/domain]')"
is "of a protocol, by RouterOS' name" \
	"src-address=10.1.0.1/32 src-port=any $to dst-port=any protocol=ipsec-ah" \
	"$(generated '10.1.0.1/32[ah]' '10.2.0.1/32[ah]')"
is "by a number" \
	"src-address=10.1.0.1/32 src-port=any $to dst-port=any protocol=253" \
	"$(generated '10.1.0.1/32[253]' '10.2.0.1/32[253]')"
is "of ICMP: type and code" \
	"src-address=10.1.0.1/32 src-port=3 $to dst-port=4 protocol=icmp" \
	"$(generated '10.1.0.1/32[icmp/3(4)]' '10.2.0.1/32[icmp/3(4)]')"
is "of ICMPv6" \
	"src-address=fd00::1/128 src-port=128 dst-address=fd00::2/128 dst-port=any protocol=icmpv6" \
	"$(generated 'fd00::1/128[ipv6-icmp/128]' 'fd00::2/128[ipv6-icmp/128]')"

# --- notrack-chain of generated policies: also while keys are made anew
message='"message":{"site-b":{"children":{"t":{"hw_offload":"no"}}}}'
echo "{\"parts\":{\"conn/site-b\":{$message,\"notrack\":\"raw1\"}}}" \
	>"$IKE_FAKE/ike"
net1=10.1.0.0-10.1.0.255 net2=10.2.0.0-10.2.0.255
both="add rule ip sitelink notrack-raw1 ip saddr $net1 ip daddr $net2 counter notrack
add rule ip sitelink notrack-raw1 ip saddr $net2 ip daddr $net1 counter notrack"
for state in INSTALLED REKEYING REKEYED; do
	ike ESTABLISHED '"established":"1"' "$(child t $state "${nets[@]}")" |
		sed 's/^/[/; s/$/]/' >"$IKE_FAKE/sas"
	[ $state != REKEYED ] || both=
	is "notrack-chain, $state" "$both" "$("$tmp/parts" notrack 2>&1 |
		sed 's/ comment .*//' | sort)"
done

# --- the daemon begins anew: so does the question whether the kernel offloads
refused="{$message,\"offload\":\"no\",\"why\":\"NAT\"}"
echo "{\"parts\":{\"conn/site-b\":$refused,\"conn/c\":{$message}}}" \
	>"$IKE_FAKE/ike"
is "what was refused is asked for, what was never wanted is not" "yes
no" "$("$tmp/parts" load 2>&1 | sed -n 's/^load-conn .*"hw_offload": "\([a-z]*\)".*/\1/p')"
is "and nothing is said of it any more" 0 \
	"$(grep -c 'why\|"offload"' "$IKE_FAKE/ike")"

echo '{"parts":{"conn/x":{"message":{"x":{"children":{"t":"?"}}},"offload":"no","why":"y"}}}' \
	>"$IKE_FAKE/ike"
like "a child that is none" '^load-conn ' "$("$tmp/parts" load 2>&1)"

# --- it was killed: its policies and SAs go, ours and those of others stay
message='"message":{"site-b":{"children":{"t":{"priority":"1000"}}}}'
echo "{\"parts\":{\"conn/site-b\":{$message}}}" >"$IKE_FAKE/ike"
is "what it leaves in the kernel" "policy 8
SA 300" "$("$tmp/parts" sweep 2>&1)"

# --- whose a connection is: of peers with names like these, too
is "connections of one peer" "a
a
a identity 2
a#2
a identity x
 identity
a identity " "$("$tmp/parts" peers <<-'EOF'
	a
	a identity 2
	a identity 2 identity 3
	a#2
	a identity x
	 identity
	a identity 
EOF
)"

# --- policies of ours in the kernel: none is for more than is known
ours() { # SCRIPT
	printf '%b' "/ip ipsec peer add name=b address=192.0.2.2\n$1" |
		"$tmp/parts" rules | grep -v ': note: '
}
policy='/ip ipsec policy add peer=b tunnel=yes'
is "from where is not known, to everywhere: no guard" "" \
	"$(ours "$policy dst-address=0.0.0.0/0")"
is "nor the other way round" "" "$(ours "/ip ipsec peer add name=any passive=yes
/ip ipsec policy add peer=any tunnel=yes src-address=0.0.0.0/0")"
is "to a network" "discard in clear: 0.0.0.0/0 to 10.2.0.0/24" \
	"$(ours "$policy dst-address=10.2.0.0/24")"
is "from an address" "discard in clear: 192.0.2.1/32 to 0.0.0.0/0" \
	"$(ours "$policy dst-address=0.0.0.0/0 sa-src-address=192.0.2.1")"

# --- what the daemon is loaded with
loaded() { # SCRIPT FILTER
	printf '%b' "$1" | "$tmp/parts" state | grep '^{' | jq -rc "$2"
}
profile='/ip ipsec profile add name=p dpd-maximum-failures=9'
two='/ip ipsec peer add name=b address=192.0.2.2 exchange-mode=ike2 profile=p
/ip ipsec peer add name=c address=192.0.2.3 exchange-mode=ike2'
is "retries: those of a peer that is asked whether it lives" 4 \
	"$(loaded "$profile dpd-interval=disable-dpd\\n$two" .retries)"

named='/ip ipsec peer add name=b address=192.0.2.2
/ip ipsec identity add peer=b secret=x remote-id=fqdn:b.example
/ip ipsec peer add name=c address=192.0.2.3
/ip ipsec identity add peer=c secret=y'
owners='.parts["shared/b"].message.owners'
is "main mode: a secret is looked up by the address, too" \
	'["fqdn:b.example","192.0.2.2"]' "$(loaded "$named" "$owners")"
is "IKEv2: by the name only" '["fqdn:b.example"]' \
	"$(loaded "$named\\n/ip ipsec peer set b exchange-mode=ike2" "$owners")"
is "main mode, from anywhere: by any" '["fqdn:b.example","%any"]' \
	"$(loaded "$named\\n/ip ipsec peer set b address=0.0.0.0/0 passive=yes" "$owners")"

is "a policy's sa-src-address is the peer's, if it has none" \
	'["192.0.2.1"]' "$(loaded "/ip ipsec peer add name=b address=192.0.2.2
/ip ipsec identity add peer=b secret=x
/ip ipsec policy add peer=b tunnel=yes sa-src-address=192.0.2.1 src-address=10.1.0.0/24 dst-address=10.2.0.0/24" \
		'.parts["conn/b"].message.b.local_addrs')"

road='/ip ipsec peer add name=b address=192.0.2.2
/ip ipsec identity add peer=b secret=x generate-policy=port-strict'
children='.parts["conn/b"].message.b.children | length'
is "a template" 1 "$(loaded "$road" "$children")"
is "but not by a proposal that is disabled" 0 \
	"$(loaded "$road\\n/ip ipsec proposal set default disabled=yes" "$children")"

# --- what was let in by what has changed ends, and nothing else
parts() { # SECRET OWNER AUTHORITY
	local kind name
	for name in b c; do
		printf '"shared/%s":{"message":{"id":"%s","data":"%s","owners":["%s"]}},' \
			$name $name "$([ $name = b ] && echo "$1" || echo same)" "$2"
	done
	for kind in b:psk c:psk d:pubkey; do
		printf '"conn/%s":{"message":{"%s":{"remote":{"auth":"%s"},"children":{}}}},' \
			"${kind%:*}" "${kind%:*}" "${kind#*:}"
	done
	printf '"cert/ca":{"message":{"data":"%s"}}' "$3"
}
ended() { # SECRET OWNER AUTHORITY: connections
	echo "{\"parts\":{$(parts old any ca)}}" >"$IKE_FAKE/ike"
	echo "{\"parts\":{$(parts "$@")}}" >"$IKE_FAKE/want"
	"$tmp/parts" change | sed -n 's/^terminate .*"ike": "\([^"]*\)".*/\1/p'
}
is "a secret that is another" b "$(ended new any ca)"
is "one that is for another name" "" "$(ended old some ca)"
is "an authority" d "$(ended old any other)"
is "nothing" "" "$(ended old any ca)"

# --- an ESP device, and a peer of whose address there is no telling
offers() { # PEERS
	printf '%b' "$1
/ip ipsec identity add peer=hub secret=x
/ip ipsec policy add peer=hub tunnel=yes src-address=10.1.0.0/24 dst-address=10.2.0.0/24" |
		"$tmp/parts" offload
}
hub='/ip ipsec peer add name=hub passive=yes'
like "what its SAs need is told" \
	':1:16: note: peer hub: say local-address, so that its SAs can be offered to esp0' \
	"$(offers "$hub")"
like "with it they are" '"hw_offload":"yes"' "$(offers "$hub local-address=192.0.2.1")"

# --- its words
forged='00[IKE1] <x|1> IKE_SA x[1] established between '
is "of a line that is too long the rest is no line" "good" \
	"$({ printf '05[IKE1] %08183d' 0
	echo "$forged$(printf '%09000d' 0)"
	echo 'good'; } | "$tmp/parts" log 2>&1)"
is "of which nothing was kept" 0 \
	"$(grep -c "peer authorized" "$IKE_FAKE/ipsec.log")"
is "nothing in the last one moves a cursor" 'a\1B[31m' \
	"$(printf 'a\033[31m\n' | "$tmp/parts" log 2>&1)"

# --- /log print: as many as the memory has, though the file has some more
echo '/system logging action set memory memory-lines=3' >"$tmp/t.rsc"
for n in 1 2 3 4; do
	echo "1700000000 ipsec,info line $n"
done >"$IKE_FAKE/ipsec.log"
is "the newest lines" "line 2 line 3 line 4" \
	"$(shown '/log print' | grep -o 'line .*' | paste -sd ' ')"
tap_end
