#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -t 600
# Who two sites say that they are, and how they prove it: names of every kind,
# secrets as text and hexadecimal, certificates. Whoever is not meant stays outside.
. "$(dirname "$0")/ipsec_tunnel_lib.sh"
command -v openssl >/dev/null || skip_all "no openssl"

modprobe -a aesni_intel esp4
ipsec_sites 198.51.100.1 203.0.113.2 10.1.0 10.2.0
wan_begin

# identities NAME A's B's: what they are set to, and negotiated anew
identities() {
	check "$1: A" sl A "/ip ipsec identity set 0 $2"
	check "$1: B" sl B "/ip ipsec identity set 0 $3"
	for n in A B; do
		sl $n '/ip ipsec active-peers kill-connections' >/dev/null
	done
}
# outside NAME: A tries, and B will not have it. (If B begins, A may believe in it
# for the moment until B says so.)
outside() {
	local n
	busywait 20 not up B
	for n in 1 2 3; do
		check "$1: no answer, $n" not crosses A
	done
	is "$1: for B nobody is established" "" "$(peers B)"
	shows "$1: nor has it an SA" B installed-sa \
		'map(select(.state != "larval")) | length' 0
}

both_paste "at first"
carries "at first"

# --- names
while read -r a b; do
	identities "$a" "my-id=$a remote-id=$b" "my-id=$b remote-id=$a"
	carries "$a"
	is "$a: B sees it" "${a#*:}" \
		"$(of B active-peers '.[0].id' | sed 's/^.*@site/ops@site/')"
done <<'EOF'
fqdn:site-a.example fqdn:site-b.example
user-fqdn:ops@site-a.example user-fqdn:ops@site-b.example
key-id:left key-id:right
address:192.0.2.77 address:192.0.2.78
EOF
identities "another name" "my-id=fqdn:site-a.example remote-id=auto" \
	"my-id=fqdn:site-b.example remote-id=fqdn:site-c.example"
outside "another name"
identities "auto" "my-id=auto remote-id=auto" "my-id=auto remote-id=auto"
carries "auto"
identities "ignore" "my-id=fqdn:whoever remote-id=ignore" "remote-id=ignore"
carries "ignore"

# --- secrets; "of both", in octets
identities "0x" 'my-id=auto secret="of both"' "secret=0x6f6620626f7468"
carries "0x"
identities "0x, wrong" 'secret="of both"' "secret=0x6f6620626f7469"
outside "0x, wrong"
# what swanctl would take for base64, or lose
for odd in '0sb2YgYm90aA==' 'a\"b\\c d;#{}' "$(printf 'x%.0s' {1..128})"; do
	identities "secret $odd" "secret=\"$odd\"" "secret=\"$odd\""
	carries "secret ${odd:0:16}"
done

check "secret 0xnohex: refused" not sl A '/ip ipsec identity set 0 secret=0xnohex'

# --- what was let in by a secret ends with it
# old_one NS: the SA that was there
old_one() { [ "$(of "$1" active-peers '.[0].state')" = established ]; }
without() { ! old_one "$1"; }
identities "a secret" "secret=before" "secret=before"
carries "a secret"
check "a secret: another one at A" sl A '/ip ipsec identity set 0 secret=after'
check "a secret: who has the old one is out" busywait 20 without A
outside "a secret"
check "a secret: the new one at B" sl B '/ip ipsec identity set 0 secret=after'
carries "a secret, the new one"

# --- IKEv1, main mode: B waits, and A's name is not its address
for n in A B; do
	check "main mode: $n" sl $n '/ip ipsec peer set 0 exchange-mode=main'
done
check "main mode: B waits" sl B '/ip ipsec peer set 0 passive=yes'
identities "main mode" "my-id=address:192.0.2.77 remote-id=auto" \
	"my-id=auto remote-id=address:192.0.2.77"
carries "main mode"
for n in A B; do
	check "IKEv2 again: $n" sl $n \
		'/ip ipsec peer set 0 exchange-mode=ike2 passive=no'
done
identities "IKEv2 again" "my-id=auto" "remote-id=auto"

# --- certificates
ca=$TMP/ca
mkdir "$ca"
newkey="openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
$newkey -x509 -days 30 -subj "/CN=Company CA" -keyout "$ca/ca.key" -out "$ca/ca.crt" \
	-addext keyUsage=keyCertSign,cRLSign 2>/dev/null
$newkey -x509 -days 30 -subj "/CN=Another CA" -keyout "$ca/other.key" \
	-out "$ca/other.crt" -addext keyUsage=keyCertSign,cRLSign 2>/dev/null
# issue NS NAME SUBJECT ALT-NAME CA [WORD...]: into its store
issue() {
	local dir=/etc/netns/$1/sitelink/certificate name=$2
	$newkey -subj "/CN=$3" -keyout "$dir/$name.key" -out "$ca/req" 2>/dev/null
	openssl x509 -req -in "$ca/req" -CA "$ca/$5.crt" -CAkey "$ca/$5.key" \
		-CAcreateserial -out "$dir/$name.crt" -days 10 \
		-extfile <(echo "subjectAltName=$4") "${@:6}" 2>/dev/null
}
mkdir -p /etc/sitelink
for n in A B; do
	mkdir -p /etc/netns/$n/sitelink/certificate
	cp "$ca/ca.crt" /etc/netns/$n/sitelink/certificate/company-ca.crt
done
issue A site-a site-a.example "DNS:site-a.example" ca
issue B site-b site-b.example "DNS:site-b.example" ca
for n in A B; do
	check "$n: has a certificate" openssl verify -CAfile "$ca/ca.crt" \
		"/etc/netns/$n/sitelink/certificate/site-${n,}.crt"
done
signed="auth-method=digital-signature !secret my-id=auto"
identities "certificates" "$signed certificate=site-a remote-id=auto" \
	"$signed certificate=site-b remote-id=auto"
carries "certificates"
is "certificates: the name is the alternative one" site-a.example \
	"$(of B active-peers '.[0].id')"
identities "certificates: a name that is in it" "remote-id=fqdn:site-b.example" \
	"remote-id=fqdn:site-a.example"
carries "certificates: a name that is in it"
identities "certificates: a name that is not" "remote-id=fqdn:site-b.example" \
	"remote-id=fqdn:site-c.example"
outside "certificates: a name that is not"
cp /etc/netns/B/sitelink/certificate/site-b.crt /etc/netns/A/sitelink/certificate/peer.crt
identities "certificates: by subject" \
	"remote-id=auto remote-certificate=peer match-by=certificate" \
	"remote-id=auto"
carries "certificates: this very one"
identities "certificates: by subject, of any name" \
	"remote-id=fqdn:site-c.example" "remote-id=auto"
carries "certificates: this very one, of any name"
identities "certificates: any" \
	"remote-id=auto !remote-certificate match-by=remote-id" "remote-id=auto"
carries "certificates: any"
issue A stranger site-a.example "DNS:site-a.example" other
identities "certificates: of another authority" "certificate=stranger" "remote-id=auto"
outside "certificates: of another authority"
# the log's words of it are ipsec_log's
issue A late site-a.example "DNS:site-a.example" ca -days 0 2>/dev/null
identities "certificates: expired" "certificate=late" "remote-id=auto"
outside "certificates: expired"
check "certificates: none of that name" not sl A \
	'/ip ipsec identity set 0 certificate=nobody'
identities "certificates: valid again" "certificate=site-a" "remote-id=auto"
carries "certificates: valid again"
wan_clean "WAN"
ipsec_sites_gone
rm -r /etc/netns/A /etc/netns/B
finish
