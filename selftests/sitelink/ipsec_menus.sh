#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# /ip ipsec: what is refused and why, what follows from other items, print and
# export. On the host: nothing is applied.
. "$(dirname "$0")/script_lib.sh"

# prints NAME SCRIPT COMMAND WANT: without blanks at the lines' beginnings
prints() {
	is "$1" "$4" "$(run "$2" -f t.rsc "$3" | sed 's/^ *//')"
}

profile='/ip ipsec profile add name=p'
peer='/ip ipsec peer add name=site-b address=203.0.113.2'
policy='/ip ipsec policy add src-address=10.1.0.0/24 dst-address=10.2.0.0/24'

# right NAME SCRIPT
right() { check "$1" run "$2" check --offline t.rsc; }

# --- seeds/000's site A: right, and the same again from its export
site='/ip ipsec profile add name=ike2-profile hash-algorithm=sha256 \\
    enc-algorithm=aes-256,aes-128 dh-group=modp2048 dpd-interval=30s \\
    dpd-maximum-failures=5
/ip ipsec peer add name=peer-site-b address=203.0.113.2/32 \\
    exchange-mode=ike2 profile=ike2-profile local-address=198.51.100.1
/ip ipsec identity add peer=peer-site-b auth-method=pre-shared-key \\
    secret="StrongSharedSecret!"
/ip ipsec proposal add name=ph2-proposal auth-algorithms=sha256 \\
    enc-algorithms=aes-256-cbc pfs-group=modp2048
/ip ipsec policy add src-address=10.10.10.0/24 dst-address=10.20.20.0/24 \\
    sa-src-address=198.51.100.1 sa-dst-address=203.0.113.2 tunnel=yes \\
    action=encrypt proposal=ph2-proposal peer=peer-site-b'
exported='/ip ipsec profile
add dh-group=modp2048 dpd-interval=30s dpd-maximum-failures=5 \
    enc-algorithm=aes-256,aes-128 hash-algorithm=sha256 name=ike2-profile
/ip ipsec peer
add address=203.0.113.2/32 exchange-mode=ike2 local-address=198.51.100.1 \
    name=peer-site-b profile=ike2-profile
/ip ipsec proposal
add auth-algorithms=sha256 enc-algorithms=aes-256-cbc name=ph2-proposal \
    pfs-group=modp2048
/ip ipsec policy
add dst-address=10.20.20.0/24 peer=peer-site-b proposal=ph2-proposal \
    sa-dst-address=203.0.113.2 sa-src-address=198.51.100.1 \
    src-address=10.10.10.0/24 tunnel=yes
/ip ipsec identity
add peer=peer-site-b'
makes "a site" "$site" "$exported"
sensitive=$(run "$site" -f t.rsc '/export show-sensitive')
like "its secret, if asked for" 'secret=StrongSharedSecret!' "$sensitive"
# run() reads escapes
is "the export makes the same" "$sensitive" \
	"$(run "${sensitive//\\/\\\\}" -f t.rsc '/export show-sensitive')"
verbose=$(run "$site" -f t.rsc '/export verbose show-sensitive')
like "verbose: defaults" 'action=encrypt' "$verbose"
is "which make the same, of what is there by itself, too" "$sensitive" \
	"$(run "${verbose//\\/\\\\}" -f t.rsc '/export show-sensitive')"
prints "its policies" "$site" '/ip ipsec policy print' \
	'Flags: T - TEMPLATE; A - ACTIVE; * - DEFAULT
Columns: PEER, TUNNEL, SRC-ADDRESS, DST-ADDRESS, PROTOCOL, ACTION, LEVEL,
PH2-COUNT
#     PEER         TUNNEL  SRC-ADDRESS    DST-ADDRESS    PROTOCOL  ACTION   LEVEL    PH2-COUNT
0 T *                      ::/0           ::/0           all
1  A  peer-site-b  yes     10.10.10.0/24  10.20.20.0/24  all       encrypt  require          0'
prints "the template, as the manual has it" '' \
	'/ip ipsec policy print detail' \
	'Flags: T - template; X - disabled; D - dynamic; I - invalid, A - active;
* - default
0 T   * group=default src-address=::/0 dst-address=::/0 protocol=all
proposal=default template=yes'
prints "no secret is printed" "$site" '/ip ipsec identity print' \
	'Flags: X - disabled; D - dynamic
0    peer=peer-site-b auth-method=pre-shared-key secret="*****"
generate-policy=no'
prints "the profile that is there" '' '/ip ipsec profile print' \
	'Flags: * - default
0 * name="default" hash-algorithm=sha1 enc-algorithm=aes-128
dh-group=modp1024,modp2048 lifetime=1d proposal-check=obey
nat-traversal=yes dpd-interval=8s dpd-maximum-failures=4'
prints "the proposal that is there" '' '/ip ipsec proposal print' \
	'Flags: X - disabled; * - default
0  * name="default" auth-algorithms=sha1
enc-algorithms=aes-256-cbc,aes-192-cbc,aes-128-cbc lifetime=30m
pfs-group=modp1024'

# --- what is there by itself
for what in profile proposal 'policy group'; do
	says "removal of $what default" "/ip ipsec $what remove default" \
		'default is there by itself'
done
says "removal of the template" '/ip ipsec policy remove [find default=yes]' \
	'there by itself'
makes "it can be set, by any name" '/ip ipsec
profile set default enc-algorithm=aes-256
profile set [find default=yes] lifetime=8h
proposal set [find name=default] pfs-group=none
policy set 0 disabled=yes
mode-config set [ find name="request-only" ] comment=c' \
	'/ip ipsec profile
set [ find name=default ] enc-algorithm=aes-256 lifetime=8h
/ip ipsec proposal
set [ find name=default ] pfs-group=none
/ip ipsec mode-config
set [ find name=request-only ] comment=c
/ip ipsec policy
set [ find default=yes ] disabled=yes'
above='/ip ipsec policy
add action=discard dst-address=0.0.0.0/0 protocol=udp src-address=1.1.1.1/32 \
    src-port=1701 place-before=[ find default=yes ]
add action=none dst-address=10.2.0.0/16 src-address=10.1.0.0/16'
makes "what stands above the template" '/ip ipsec policy
add src-address=10.1.0.0/16 dst-address=10.2.0.0/16 action=none
add src-address=1.1.1.1 dst-address=0.0.0.0/0 protocol=udp src-port=1701 action=discard place-before=0' \
	"$above"
makes "is put there again" "${above//\\/\\\\}" "$above"

# --- values
makes "one address is a prefix, a name is none" \
	"$peer\\n/ip ipsec peer\\nadd address=VPN.example.com\\nadd address=2001:DB8::1\\nadd address=10.1.2.3/8" \
	'/ip ipsec peer
add address=203.0.113.2/32 name=site-b
add address=vpn.example.com name=peer1
add address=2001:db8::1/128 name=peer2
add address=10.0.0.0/8 name=peer3'
makes "the manual's misprint" '/ip ipsec proposal add name=x enc-algorithms=aes-128gcm,3des' \
	'/ip ipsec proposal
add enc-algorithms=aes-128-gcm,3des name=x'
makes "a protocol" "$peer\\n$policy peer=site-b tunnel=yes protocol=17 dst-port=53" \
	'/ip ipsec peer
add address=203.0.113.2/32 name=site-b
/ip ipsec policy
add dst-address=10.2.0.0/24 dst-port=53 peer=site-b protocol=udp \
    src-address=10.1.0.0/24 tunnel=yes'
says "an address mistyped" '/ip ipsec peer add address=10.0.0.300' \
	'address=10.0.0.300: expected IP or IPv6 prefix, or DNS name'
says "an id" "$peer\\n/ip ipsec identity add peer=site-b secret=x my-id=fqdn" \
	'my-id=fqdn: expected auto \| \(address\|fqdn'
says "ike1" "$peer exchange-mode=ike1" 'IKEv1 is called main'
says "base" "$peer exchange-mode=base" 'main, aggressive and ike2'
says "EC2N" "$profile dh-group=modp2048,ec2n155" 'ec2n155: the IKE daemon has no'
says "EC2N of phase 2" '/ip ipsec proposal add name=x pfs-group=ec2n185' \
	'pfs-group=ec2n185: '
says "no group and one" '/ip ipsec proposal add name=x pfs-group=none,modp1024' \
	'none stands alone'
says "nothing protected" '/ip ipsec proposal add name=x enc-algorithms=null auth-algorithms=null' \
	'nothing is protected'
says "a secret's digits" "$peer\\n/ip ipsec identity add peer=site-b secret=0x12hidden" \
	'hexadecimal digits'
check "which are not said" not grep -q hidden <<<"$(run \
	"$peer\\n/ip ipsec identity add peer=site-b secret=0x12hidden" \
	check --offline t.rsc)"
for method in eap eap-radius pre-shared-key-xauth rsa-signature-hybrid; do
	says "$method" "$peer\\n/ip ipsec identity add peer=site-b auth-method=$method" \
		"auth-method=$method: road warriors"
done
says "rsa-key" "$peer\\n/ip ipsec identity add peer=site-b auth-method=rsa-key" \
	'auth-method=rsa-key: keys by themselves'
says "no secret" "$peer\\n/ip ipsec identity add peer=site-b" 'secret is missing'
says "no certificate" "$peer\\n/ip ipsec identity add peer=site-b auth-method=digital-signature" \
	'certificate is missing'
like "no equivalent: a note" 'note: nat-traversal=no: has no effect' \
	"$(run "$profile nat-traversal=no" check --offline t.rsc)"
says "keys" '/ip ipsec key generate-key name=k key-size=2048' \
	'nothing that a script makes'
like "of which there are none" 'auth-method=digital-signature with a certificate is' \
	"$(run '' -f t.rsc '/ip ipsec key generate-key name=k key-size=2048')"

# --- what only all of it shows
says "networks without tunnel" "$peer\\n$policy peer=site-b" \
	'2:34: src-address=10.1.0.0/24: tunnel=no is for .* networks need tunnel=yes'
says "hosts that are not the ends" \
	"$peer\\n/ip ipsec policy add dst-address=203.0.113.9/32 peer=site-b" \
	"dst-address=203.0.113.9/32: .* that end's own address, 203.0.113.2"
makes "hosts that are" \
	"$peer\\n/ip ipsec policy add dst-address=203.0.113.2/32 peer=site-b protocol=gre" \
	'/ip ipsec peer
add address=203.0.113.2/32 name=site-b
/ip ipsec policy
add dst-address=203.0.113.2/32 peer=site-b protocol=gre'
says "a policy of no peer" "$peer\\n$policy tunnel=yes sa-dst-address=203.0.113.9" \
	'sa-dst-address= of one that /ip ipsec peer has'
makes "of the peer at sa-dst-address" "$peer\\n$policy tunnel=yes sa-dst-address=203.0.113.2" \
	'/ip ipsec peer
add address=203.0.113.2/32 name=site-b
/ip ipsec policy
add dst-address=10.2.0.0/24 sa-dst-address=203.0.113.2 \
    src-address=10.1.0.0/24 tunnel=yes'
says "another address than the peer's" \
	"$peer\\n$policy tunnel=yes sa-dst-address=203.0.113.9 peer=site-b" \
	'sa-dst-address=203.0.113.9: peer site-b has 203.0.113.2'
says "another end than the peer's" \
	"$peer local-address=198.51.100.1\\n$policy tunnel=yes sa-src-address=198.51.100.9 peer=site-b" \
	'sa-src-address=198.51.100.9: peer site-b has 198.51.100.1'
says "two policies' ends of one peer" \
	"$peer\\n$policy tunnel=yes peer=site-b sa-src-address=198.51.100.1
/ip ipsec policy add peer=site-b tunnel=yes src-address=10.1.0.0/24 dst-address=10.3.0.0/24 sa-src-address=198.51.100.9" \
	'3:[0-9]*: sa-src-address=198.51.100.9: peer site-b has 198.51.100.1'
all='/ip ipsec policy add peer=site-b tunnel=yes src-address=0.0.0.0/0 dst-address=0.0.0.0/0 sa-src-address=198.51.100.1'
says "everything" "$peer\\n$all" \
	'/interface vti add local-address=198.51.100.1 remote-address=203.0.113.2'
says "everything of a protocol" "$peer\\n$all protocol=gre" \
	"protocol=gre: a policy from everywhere to everywhere has to be a VTI's"
like "the half that is not known, to everything, is told" \
	'note: the addresses of peer site-b are not known here: .* unless src-address is said' \
	"$(run "$peer\\n/ip ipsec identity add peer=site-b secret=x
/ip ipsec policy add peer=site-b tunnel=yes dst-address=0.0.0.0/0" \
		check --offline t.rsc)"
use='/ip ipsec policy add peer=site-b tunnel=yes level=use dst-address=10.2.0.0/24'
says "in clear from who knows where" "$peer\\n$use" \
	"2:51: level=use: it needs src-address, or the peer's local-address"
right "from what is said" "$peer\\n$use src-address=10.1.0.0/24"
right "from the peer's address" "$peer local-address=198.51.100.1\\n$use"
says "in clear to who knows where" "/ip ipsec peer add name=a address=a.example.com
/ip ipsec policy add peer=a tunnel=yes level=use src-address=10.1.0.0/24" \
	"level=use: it needs dst-address, or the peer's address"
right "everything, by a VTI" "$peer
/interface vti add local-address=198.51.100.1 remote-address=203.0.113.2
$all"
says "ports of no protocol" "$peer\\n$policy peer=site-b tunnel=yes dst-port=80" \
	'dst-port=80: protocol=all has no ports'
says "ICMP's type and code, which are no ports" \
	"$peer\\n$policy peer=site-b tunnel=yes protocol=icmp src-port=8" \
	'src-port=8: protocol=icmp has no ports; tcp, udp'
right "ICMP of IPv6" "$peer
/ip ipsec policy add peer=site-b tunnel=yes src-address=fd00:1::/64 dst-address=fd00:2::/64 protocol=icmpv6"
says "two families" "$peer\\n/ip ipsec policy add peer=site-b tunnel=yes src-address=10.1.0.0/24 dst-address=2001:db8::/64" \
	'the other family'
says "a packet of anywhere" '/ip ipsec policy add src-address=10.1.0.0/24 action=discard' \
	'action=discard: dst-address is missing'
says "AH without authentication" "$peer\\n/ip ipsec proposal add name=gcm auth-algorithms=null enc-algorithms=aes-128-gcm
$policy peer=site-b tunnel=yes proposal=gcm ipsec-protocols=ah" \
	'AH has no cipher'
says "a template of a peer" "$peer\\n/ip ipsec policy add template=yes peer=site-b" \
	'a template is of a group'
says "two peers at one address" "$peer\\n/ip ipsec peer add name=b address=203.0.113.2/32" \
	'peer b: peer site-b has the same address'
right "but for another exchange-mode" "$peer
/ip ipsec peer add name=b address=203.0.113.2/32 exchange-mode=ike2"
# secrets: SECRET WORD... of two identities
same_end='/ip ipsec peer add name=a address=203.0.113.2 local-address=198.51.100.1
/ip ipsec peer add name=b address=203.0.113.2 local-address=198.51.100.2'
roads='/ip ipsec peer add name=a address=10.0.0.0/8
/ip ipsec peer add name=b passive=yes'
ids() { # PEERS A B
	printf '%s\n' "$1" "/ip ipsec identity add peer=a secret=$2" \
		"/ip ipsec identity add peer=b secret=$3"
}
ike2=' exchange-mode=ike2'
says "two secrets of one address" "$(ids "$same_end" x y)" \
	'4:38: peer b: peer a has the same address and another secret; main mode tells'
ike2_ends=${same_end// local/$ike2 local}
says "of IKEv2" "$(ids "$ike2_ends" x y)" \
	'peer b: peer a has the same .* by remote-id only'
right "one that both have" "$(ids "$same_end" x x)"
right "names, of IKEv2" "$(ids "$ike2_ends" x 'y remote-id=fqdn:b.example')"
says "names, of main mode" "$(ids "$same_end" x 'y remote-id=address:10.1.1.1')" \
	'main mode tells them apart by address only'
says "a tunnel's secret" "$peer secret=x
/interface gre add remote-address=203.0.113.2 local-address=198.51.100.1 ipsec-secret=y" \
	'2:.*: peer gre-tunnel1: peer site-b has the same address and another secret'
says "of who may be anywhere" "$(ids "$roads" x y)" \
	'peer b: peer a, too, may have any address, and has another secret'
says "of two names of the DNS" "$(ids '/ip ipsec peer add name=a address=a.example.com
/ip ipsec peer add name=b address=b.example.com' x y)" 'peer b: peer a, too, may'
hub='/ip ipsec peer add name=a passive=yes exchange-mode=ike2
/ip ipsec identity add peer=a secret=x'
says "of one hub" "$hub\\n/ip ipsec identity add peer=a secret=y" \
	'peer a: another identity of it has another secret; the daemon'
says "one for any name, one for a certain one" \
	"$hub\\n/ip ipsec identity add peer=a secret=y remote-id=fqdn:b.example" \
	'3:50: remote-id=fqdn:b.example: who has the other secret, of peer a, could'
right "for two certain ones" "$hub remote-id=fqdn:a.example
/ip ipsec identity add peer=a secret=y remote-id=fqdn:b.example"
failures="$profile dpd-maximum-failures=5
$peer exchange-mode=ike2 profile=p
/ip ipsec peer add name=c address=203.0.113.3"
says "failures that differ" "$failures exchange-mode=ike2" \
	'dpd-maximum-failures=4, of peer c: .* peer site-b has 5'
right "of IKEv1 they may" "$failures"
right "without DPD, too" "$failures exchange-mode=ike2 dpd-interval=disable-dpd"
like "a policy twice is invalid" '^2 I ' "$(run "$peer\\n$policy peer=site-b tunnel=yes
$policy peer=site-b tunnel=yes" -f t.rsc '/ip ipsec policy print' | tail -1 | sed 's/^2 *I/2 I/')"

is "of peers that have names, one for each" 0 \
	"$(run '/ip ipsec peer add name=a address=a.example.com
/ip ipsec peer add name=b address=b.example.com
/ip ipsec policy add peer=a protocol=gre
/ip ipsec policy add peer=b protocol=gre' -f t.rsc '/ip ipsec policy print' |
		grep -c '^. *I')"

like "what nothing can keep from going in clear is told" \
	'3:18: note: the addresses of peer a are not known here' \
	"$(run '/ip ipsec peer add name=a address=a.example.com
/ip ipsec identity add peer=a secret=x
/ip ipsec policy add peer=a protocol=gre' check --offline t.rsc)"
is "and not of what is" "" \
	"$(run '/ip ipsec peer add name=a address=a.example.com
/ip ipsec identity add peer=a secret=x
/ip ipsec policy add peer=a tunnel=yes src-address=10.1.0.0/24 dst-address=10.2.0.0/24' \
	check --offline t.rsc)"

# --- what follows from other items
tunnels='/interface eoip add name=e1 remote-address=192.0.2.2 local-address=192.0.2.1 tunnel-id=1 ipsec-secret=abc
/interface eoip add name=e2 remote-address=192.0.2.2 local-address=192.0.2.1 tunnel-id=2 ipsec-secret=abc
/interface eoipv6 add name=e6 remote-address=2001:db8::2 tunnel-id=3 ipsec-secret=six
/interface gre add name=g1 remote-address=192.0.2.3 ipsec-secret=def
/interface gre add name=off remote-address=192.0.2.9 ipsec-secret=x disabled=yes
/interface ipip add name=i1 remote-address=192.0.2.2 local-address=192.0.2.1 ipsec-secret=abc
/interface 6to4 add name=s1 remote-address=192.0.2.3 ipsec-secret=def
/ip ipsec peer add name=g1 address=10.1.1.1 secret=old enc-algorithm=aes-256'
prints "peers of tunnels" "$tunnels" '/ip ipsec peer print' \
	'Flags: X - disabled; D - dynamic; R - responder
0     name="g1" address=10.1.1.1/32 profile=default exchange-mode=main
send-initial-contact=yes secret="*****" enc-algorithm=aes-256

1  D  name="e1" address=192.0.2.2/32 local-address=192.0.2.1 profile=default
exchange-mode=main send-initial-contact=yes

2  D  name="e6" address=2001:db8::2/128 profile=default exchange-mode=main
send-initial-contact=yes

3  D  name="g1-1" address=192.0.2.3/32 profile=default exchange-mode=main
send-initial-contact=yes'
prints "identities" "$tunnels" '/ip ipsec identity print terse show-sensitive' \
	'0  D peer=g1 auth-method=pre-shared-key secret=old generate-policy=no
1  D peer=e1 auth-method=pre-shared-key secret=abc generate-policy=no
2  D peer=e6 auth-method=pre-shared-key secret=six generate-policy=no
3  D peer=g1-1 auth-method=pre-shared-key secret=def generate-policy=no'
prints "policies, behind the template" "$tunnels" '/ip ipsec policy print' \
	'Flags: T - TEMPLATE; D - DYNAMIC; A - ACTIVE; * - DEFAULT
Columns: PEER, TUNNEL, SRC-ADDRESS, DST-ADDRESS, PROTOCOL, ACTION, LEVEL,
PH2-COUNT
#      PEER  TUNNEL  SRC-ADDRESS   DST-ADDRESS      PROTOCOL    ACTION   LEVEL    PH2-COUNT
0 T  *               ::/0          ::/0             all
1  DA  e1    no      192.0.2.1/32  192.0.2.2/32     gre         encrypt  require          0
2  DA  e6    no      0.0.0.0/32    2001:db8::2/128  etherip     encrypt  require          0
3  DA  g1-1  no      0.0.0.0/32    192.0.2.3/32     gre         encrypt  require          0
4  DA  e1    no      192.0.2.1/32  192.0.2.2/32     ipencap     encrypt  require          0
5  DA  g1-1  no      0.0.0.0/32    192.0.2.3/32     ipv6-encap  encrypt  require          0'
is "none is exported" '/ip ipsec peer
add address=10.1.1.1/32 enc-algorithm=aes-256 name=g1' \
	"$(run "$tunnels" -f t.rsc '/ip ipsec export' | grep -v '^#')"
says "another secret between the same two" \
	"$tunnels\\n/interface gre add remote-address=192.0.2.2 local-address=192.0.2.1 ipsec-secret=other" \
	'9:82: ipsec-secret: another than that of /interface eoip e1'
like "a fast path with a secret: a note" \
	'1:.*: note: allow-fast-path=yes: RouterOS does not take it' \
	"$(run '/interface gre add remote-address=192.0.2.2 ipsec-secret=x allow-fast-path=yes' \
		check --offline t.rsc)"
is "unless nobody has said it" "" \
	"$(run '/interface gre add remote-address=192.0.2.2 ipsec-secret=x' \
		check --offline t.rsc)"
says "a secret with nobody" '/interface 6to4 add ipsec-secret=x' \
	'no remote-address to share it with'
like "a dynamic one is not set" 'follows from /interface eoip e1; set that one' \
	"$(run "$tunnels" -f t.rsc '/ip ipsec peer set e1 port=4500')"
like "nor removed" 'follows from /interface eoip e1; remove that one' \
	"$(run "$tunnels" -f t.rsc '/ip ipsec policy remove [find dynamic=yes]')"
like "nor that of an old peer" 'follows from /ip ipsec peer g1; disable that one' \
	"$(run "$tunnels" -f t.rsc '/ip ipsec identity disable 0')"
# s1 had shared the peer
check "a change makes it anew" not grep -q 'another than' <<<"$(run "$tunnels" \
	-f t.rsc -n '/interface gre set g1 remote-address=192.0.2.8 ipsec-secret=new')"
like "a template of everything" 'src-address=::/0 dst-address=::/0' \
	"$(run '/ip ipsec policy group add name=g
/ip ipsec policy add group=g template=yes' -f t.rsc '/ip ipsec policy print terse' | tail -1)"
like "who waits" '0   R name="road" address=0.0.0.0/0 passive=yes' \
	"$(run '/ip ipsec peer add name=road passive=yes' -f t.rsc '/ip ipsec peer print')"

# --- proposals that are disabled
off='/ip ipsec proposal add name=off disabled=yes'
says "a policy's" "$off\\n$peer\\n$policy peer=site-b tunnel=yes proposal=off" \
	'3:[0-9]*: proposal=off: it is disabled'
says "a tunnel's" '/ip ipsec proposal set default disabled=yes
/interface gre add remote-address=192.0.2.3 ipsec-secret=def' \
	'2:.*: proposal=default: it is disabled'
says "a template's" "$off\\n/ip ipsec policy add template=yes src-address=10.1.0.0/24 proposal=off" \
	'proposal=off: it is disabled'
says "that of the template that is there" "$off\\n/ip ipsec policy set 0 proposal=off" \
	'proposal=off: it is disabled'
right "that template, untouched" '/ip ipsec proposal set default disabled=yes'
right "a policy that is disabled, too" "$off
$peer\\n$policy peer=site-b tunnel=yes proposal=off disabled=yes"

# --- templates
template='/ip ipsec policy add template=yes'
says "a template of a port" "$template protocol=udp dst-port=1701" \
	'dst-port=1701: a template has only group, src-address'
says "that drops" "$template action=discard" 'action=discard: a template has only'
told() { # NAME SCRIPT NOTE
	like "$1" "note: $3" "$(run "$2" check --offline t.rsc)"
}
told "a level of its own" "$template level=unique" 'level=unique: has no effect'
told "any port" "$peer
/ip ipsec identity add peer=site-b secret=x generate-policy=port-override" \
	'generate-policy=port-override: as port-strict'

told "a name that is in no certificate" "$peer
/ip ipsec identity add peer=site-b auth-method=digital-signature certificate=c remote-id=ignore" \
	'remote-id=ignore: as auto'

# --- notrack-chain: nothing that is for all packets
notrack() { # SCRIPT
	run "$peer\\n/ip ipsec identity add peer=site-b secret=x notrack-chain=raw1
$1" -f t.rsc '/ip firewall raw print terse' | grep -c action=notrack
}
is "a policy's rules" 2 "$(notrack "$policy peer=site-b tunnel=yes")"
is "none of a VTI's" 0 "$(notrack "/interface vti add local-address=198.51.100.1 remote-address=203.0.113.2
$all")"
is "none where one end is not known, the other all" 0 \
	"$(notrack '/ip ipsec policy add peer=site-b tunnel=yes dst-address=0.0.0.0/0')"

# --- no daemon, no kernel: places
for command in 'active-peers print' 'remote-peers print' \
	'active-peers kill-connections' 'remote-peers kill-connections'; do
	is "$command" "" "$(run '' -f t.rsc "/ip ipsec $command")"
done
says "settings of RADIUS" '/ip ipsec settings set xauth-use-radius=yes' \
	'RADIUS is not part of this version'
tap_end
