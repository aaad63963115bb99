#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -t 900
# What two sites agree upon, by one tunnel that is changed by `set`: every algorithm
# and group of the manuals that daemon and kernel have, in ESP, AH and IKE. What the
# kernel and strongSwan's own tool say of it counts, not what we print.
. "$(dirname "$0")/ipsec_tunnel_lib.sh"
command -v swanctl >/dev/null || skip_all "no swanctl"

modprobe -a aesni_intel esp4 ah4
ipsec_sites 198.51.100.1 203.0.113.2 10.1.0 10.2.0

# both COMMAND: at both sites
both() { sl A "$1" && sl B "$1"; }
# sas_are REGEX...: each of A's two SAs has all of these, and they carry
sas_are() {
	local r said
	said=$(ip -n A xfrm state)
	for r in "$@"; do
		[ "$(grep -cE "$r" <<<"$said")" = 2 ] || return
	done
	crosses A
}
# swan WORD...: strongSwan's tool, of A's daemon; all of its plugins take 4 s to load
printf 'swanctl {\n\tload = pem\n}\n' >"$TMP/swanctl.conf"
swan() {
	local conf
	conf=$(tr '\0' '\n' <"/proc/$(charon_of A)/environ" |
		sed -n 's/^STRONGSWAN_CONF=//p')
	STRONGSWAN_CONF=$TMP/swanctl.conf \
		swanctl "$@" --uri "unix://${conf%strongswan.conf}vici"
}
# ike_is REGEX: what it says of A's IKE SA or its child matches
ike_is() { swan --list-sas --raw | grep -qE "$1" && crosses A; }

both_paste "at first"
carries "at first"

# --- ESP: what the property says, and what the kernel calls it
mac() { echo "auth-trunc hmac\\($1\\) 0x[0-9a-f]+ $2\$"; }
key() { echo "$1 0x[0-9a-f]{$2}( |\$)"; }
esp() { # ENC AUTH REGEX...
	check "$1, $2" both "/ip ipsec proposal set site enc-algorithms=$1 auth-algorithms=$2"
	ipsec_check "$1, $2: agreed" busywait 60 sas_are "${@:3}"
}
esp aes-128-cbc sha1 "$(key 'enc cbc\(aes\)' 32)" "$(mac sha1 96)"
esp aes-192-cbc md5 "$(key 'enc cbc\(aes\)' 48)" "$(mac md5 96)"
esp aes-256-cbc sha256 "$(key 'enc cbc\(aes\)' 64)" "$(mac sha256 128)"
esp aes-128-ctr sha512 "$(key 'enc rfc3686\(ctr\(aes\)\)' 40)" "$(mac sha512 256)"
esp aes-192-ctr sha1 "$(key 'enc rfc3686\(ctr\(aes\)\)' 56)"
esp aes-256-ctr sha1 "$(key 'enc rfc3686\(ctr\(aes\)\)' 72)"
esp aes-128-gcm null "$(key 'aead rfc4106\(gcm\(aes\)\)' 40)"
esp aes-192-gcm null "$(key 'aead rfc4106\(gcm\(aes\)\)' 56)"
esp aes-256-gcm sha256 "$(key 'aead rfc4106\(gcm\(aes\)\)' 72)"
esp null sha256 'enc ecb\(cipher_null\)' "$(mac sha256 128)"
esp des md5 "$(key 'enc cbc\(des\)' 16)"
esp 3des sha1 "$(key 'enc cbc\(des3_ede\)' 48)"
esp blowfish sha1 "$(key 'enc cbc\(blowfish\)' 32)"
esp twofish sha1 "$(key 'enc cbc\(twofish\)' 32)"
esp camellia-128 sha1 "$(key 'enc cbc\(camellia\)' 32)"
esp camellia-192 sha1 "$(key 'enc cbc\(camellia\)' 48)"
esp camellia-256 sha512 "$(key 'enc cbc\(camellia\)' 64)" "$(mac sha512 256)"

# --- several, of which the other side has one
check "several: A" sl A "/ip ipsec proposal set site auth-algorithms=sha512,sha256 \
	enc-algorithms=aes-256-gcm,camellia-256,aes-128-cbc"
check "several: B" sl B "/ip ipsec proposal set site auth-algorithms=sha256 \
	enc-algorithms=3des,aes-128-cbc"
ipsec_check "several: the one of both" busywait 60 sas_are \
	"$(key 'enc cbc\(aes\)' 32)" "$(mac sha256 128)"
check "several: B has a second one" sl B "/ip ipsec proposal set site \
	enc-algorithms=aes-256-gcm,aes-128-cbc"
ipsec_check "several: the first of both" busywait 60 sas_are \
	"$(key 'aead rfc4106\(gcm\(aes\)\)' 72)"

# --- AH
wan_begin
check "AH" both '/ip ipsec policy set [find template=no] ipsec-protocols=ah'
for hash in "md5 96" "sha1 96" "sha256 128" "sha512 256"; do
	check "AH, ${hash% *}" both "/ip ipsec proposal set site auth-algorithms=${hash% *}"
	# shellcheck disable=SC2086 # words
	ipsec_check "AH, ${hash% *}: agreed" busywait 60 sas_are "proto ah " "$(mac $hash)"
done
shows "AH: installed-sa" A installed-sa 'map("\(.AH) \(.ESP)") | unique | join(",")' \
	"true false"
check "AH: on the WAN" busywait 20 has_packets "$TMP/wan.pcap" 8 "ip proto 51"
# it hides nothing
check "AH: in clear" busywait 20 at_least 1 found "$PAYLOAD"
capture_stop "$TMP/wan.pcap" 1
check "ESP again" both '/ip ipsec policy set [find template=no] ipsec-protocols=esp'

# --- IKE: cipher, hash, group; and as strongSwan calls them
while read -r enc hash dh said; do
	check "IKE: $enc, $hash, $dh" both "/ip ipsec profile set site \
		enc-algorithm=$enc hash-algorithm=$hash dh-group=$dh"
	ipsec_check "IKE: $enc, $hash, $dh: agreed" busywait 90 ike_is "$said"
done <<'EOF'
des md5 modp768 encr-alg=DES_CBC.*integ-alg=HMAC_MD5_96.*dh-group=MODP_768
3des sha1 modp1024 encr-alg=3DES_CBC.*integ-alg=HMAC_SHA1_96.*dh-group=MODP_1024 
aes-128 sha256 modp1536 encr-alg=AES_CBC.encr-keysize=128.integ-alg=HMAC_SHA2_256.*dh-group=MODP_1536
aes-192 sha512 modp2048 encr-keysize=192.integ-alg=HMAC_SHA2_512.*dh-group=MODP_2048 
aes-256 sha1 modp3072 encr-keysize=256.*dh-group=MODP_3072
camellia-128 sha1 modp4096 encr-alg=CAMELLIA_CBC.encr-keysize=128.*dh-group=MODP_4096
camellia-192 sha1 modp6144 encr-alg=CAMELLIA_CBC.encr-keysize=192.*dh-group=MODP_6144
camellia-256 sha1 modp8192 encr-alg=CAMELLIA_CBC.encr-keysize=256.*dh-group=MODP_8192
blowfish sha1 ecp256 encr-alg=BLOWFISH_CBC.*dh-group=ECP_256
aes-128 sha256 ecp384 dh-group=ECP_384
aes-128 sha256 ecp521 dh-group=ECP_521
EOF
check "IKE: several" sl A "/ip ipsec profile set site enc-algorithm=aes-256,3des,aes-128 \
	hash-algorithm=sha512,sha1 dh-group=ecp256,modp2048"
check "IKE: of which B has one" sl B "/ip ipsec profile set site enc-algorithm=aes-128 \
	hash-algorithm=sha1 dh-group=modp2048"
ipsec_check "IKE: several: the one of both" busywait 60 ike_is \
	'encr-keysize=128.integ-alg=HMAC_SHA1_96.*dh-group=MODP_2048 '

# --- IKEv1 has the group of phase 2 from the first SA on
check "IKEv1" both '/ip ipsec peer set site exchange-mode=main'
while read -r group said; do
	check "PFS, $group" both "/ip ipsec proposal set site \
		enc-algorithms=aes-128-cbc auth-algorithms=sha256 pfs-group=$group"
	ipsec_check "PFS, $group: agreed" busywait 90 ike_is "child-sas.*dh-group=$said "
done <<'EOF'
modp768 MODP_768
modp1024 MODP_1024
modp1536 MODP_1536
modp2048 MODP_2048
modp3072 MODP_3072
modp4096 MODP_4096
modp6144 MODP_6144
modp8192 MODP_8192
ecp256 ECP_256
ecp384 ECP_384
ecp521 ECP_521
EOF
check "PFS, none" both "/ip ipsec proposal set site pfs-group=none"
no_group() { ! ike_is 'child-sas.*dh-group='; }
ipsec_check "PFS, none: agreed" busywait 60 no_group
carries "PFS, none"

# --- what nobody has
for m in "profile set site dh-group=ec2n155" "proposal set site pfs-group=ec2n185"; do
	check "refused: $m" not sl A "/ip ipsec $m"
done
ipsec_sites_gone
finish
