/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows that menus of IPsec share; a peer has, from times when it was all in one,
 * those of profiles and identities. Initializers of struct prop without the braces.
 */
#ifndef SITELINK_IPSEC_ROWS_H
#define SITELINK_IPSEC_ROWS_H

#include "schema.h"

#define LIST_OF(_words)	\
	.rule = { .type = &type_word, .words = (_words), .list = true }
#define ONE_OF(_words)	.rule = { .type = &type_word, .words = (_words) }

#define DYNAMIC_OF(_what) \
	.name = "dynamic", .rule = { &type_bool }, .def = "no", \
	.flags = PROP_FLAG | PROP_READ_ONLY, .letter = 'D', \
	.help = "Made of " _what ", not of the configuration."

#define ROW_HASH \
	.name = "hash-algorithm", LIST_OF(ipsec_hashes), \
	.maps = "proposals", .help = "What tells that IKE's messages are genuine."

#define ROW_ENC \
	.name = "enc-algorithm", LIST_OF(ipsec_ciphers), \
	.maps = "proposals", .help = "What IKE's messages are encrypted by."

#define ROW_DH \
	.name = "dh-group", LIST_OF(ipsec_dh_groups), \
	.maps = "proposals; ec2n155 and ec2n185 are refused, the daemon has none", \
	.help = "Diffie-Hellman groups."

#define ROW_LIFETIME(_help) \
	.name = "lifetime", .rule = { &type_time, 1, 31536000 }, \
	.maps = "life_time, over_time: hard; new keys are made before", \
	.help = (_help)

#define ROW_LIFEBYTES \
	.name = "lifebytes", .rule = { &type_number, 0, 4294967295 }, \
	.note = "has no effect: the daemon's proposals say nothing of octets", \
	.help = "Octets after which phase 1 ends; only said, never done."

#define ROW_PROPOSAL_CHECK \
	.name = "proposal-check", ONE_OF(ipsec_proposal_checks), \
	.note = "has no effect: the daemon obeys, each side keeps its own lifetime", \
	.help = "What is done if lifetimes differ; of IKEv1."

#define ROW_NAT_T \
	.name = "nat-traversal", .rule = { &type_bool }, \
	.note = "has no effect: ESP goes in UDP if there is NAT between, and only then", \
	.help = "ESP in UDP through NAT; of IKEv1."

#define ROW_DPD_INTERVAL \
	.name = "dpd-interval", \
	.rule = { &type_time, 1, 86400, ipsec_disable_dpd }, \
	.maps = "dpd_delay", \
	.help = "Time of silence after which a peer is asked whether it lives."

#define ROW_DPD_FAILURES \
	.name = "dpd-maximum-failures", .rule = { &type_number, 1, 100 }, \
	.maps = "dpd_timeout; of IKEv2 charon.retransmit_tries, one for all", \
	.help = "So many questions without an answer: it is dead."

#define ROW_AUTH_METHOD \
	.name = "auth-method", ONE_OF(ipsec_auth_methods), \
	.maps = "auth = psk, pubkey; all others are refused", \
	.help = "How the two know each other."

#define ROW_SECRET(_maps) \
	.name = "secret", .rule = { &type_text, 0, 1024 }, \
	.flags = PROP_SECRET | PROP_UNSET, .maps = (_maps), \
	.help = "Pre-shared key; 0x...: hexadecimal."

#define ROW_CERTIFICATE \
	.name = "certificate", .rule = { &type_line, 1, 255 }, \
	.flags = PROP_UNSET, \
	.maps = "local certs: NAME.crt, NAME.key of /etc/sitelink/certificate", \
	.help = "Certificate of this side."

#define ROW_REMOTE_CERTIFICATE \
	.name = "remote-certificate", .rule = { &type_line, 1, 255 }, \
	.flags = PROP_UNSET, .maps = "remote certs: NAME.crt, there, too", \
	.help = "Certificate of the other side; none: any of a CA that is trusted."

#define ROW_GENERATE \
	.name = "generate-policy", ONE_OF(ipsec_generate), \
	.maps = "children by the templates of policy-template-group", \
	.help = "Whether the peer may ask for policies that are not there."

#define ROW_TEMPLATE_GROUP \
	.name = "policy-template-group", \
	.rule = { .type = &type_name, .words = ipsec_none }, \
	.menu = "ip ipsec policy group", \
	.help = "Whose templates what the peer asks for must fit in."

#define ROW_NOTRACK \
	.name = "notrack-chain", .rule = { &type_name, 1, 63 }, \
	.flags = PROP_UNSET, \
	.maps = "rules of /ip firewall raw: notrack for what has a policy", \
	.help = "Chain of /ip firewall raw that gets rules for the policies."

#define ROW_MY_ID \
	.name = "my-id", \
	.rule = { &type_ike_id, .words = ipsec_auto }, \
	.maps = "local id", .help = "What this side says that it is."

#define ROW_MODE_CONFIG \
	.name = "mode-config", \
	.rule = { .type = &type_name, .words = ipsec_none }, \
	.menu = "ip ipsec mode-config", .maps = "vips, pools", \
	.help = "Addresses that are asked for or given."

extern const char *const ipsec_hashes[], *const ipsec_ciphers[];
extern const char *const ipsec_dh_groups[], *const ipsec_proposal_checks[];
extern const char *const ipsec_disable_dpd[], *const ipsec_auth_methods[];
extern const char *const ipsec_generate[], *const ipsec_none[];
extern const char *const ipsec_auto[];

struct config;

/* A secret that begins with 0x goes on in hexadecimal. */
void ipsec_check_secret(const struct config *c, const struct item *item,
			const char *prop);

/* Of a list of groups: which the daemon has none of. */
void ipsec_check_groups(const struct config *c, const struct item *item,
			const char *prop);

#endif /* SITELINK_IPSEC_ROWS_H */
