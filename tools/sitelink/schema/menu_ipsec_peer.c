// SPDX-License-Identifier: GPL-2.0-only
/* /ip ipsec profile, peer */
#include <string.h>

#include "array.h"
#include "ipsec_rows.h"
#include "ipsec_type.h"
#include "menu_ipsec.h"
#include "net_rows.h"
#include "type_service.h"

const char *const ipsec_hashes[] = { "md5", "sha1", "sha256", "sha512", NULL };
const char *const ipsec_ciphers[] = {
	"3des", "aes-128", "aes-192", "aes-256", "blowfish", "camellia-128",
	"camellia-192", "camellia-256", "des", NULL
};

const char *const ipsec_dh_groups[] = {
	"modp768", "modp1024", "modp1536", "modp2048", "modp3072", "modp4096",
	"modp6144", "modp8192", "ecp256", "ecp384", "ecp521", "ec2n155",
	"ec2n185", NULL
};

const char *const ipsec_proposal_checks[] = {
	"claim", "exact", "obey", "strict", NULL
};

const char *const ipsec_disable_dpd[] = { "disable-dpd", NULL };
const char *const ipsec_auth_methods[] = {
	"digital-signature", "eap", "eap-radius", "pre-shared-key",
	"pre-shared-key-xauth", "rsa-key", "rsa-signature-hybrid", NULL
};

const char *const ipsec_generate[] = {
	"no", "port-override", "port-strict", NULL
};

const char *const ipsec_none[] = { "none", NULL };
const char *const ipsec_auto[] = { "auto", NULL };

void ipsec_builtin_default(struct config *c, const struct menu *m)
{
	struct item *item = item_add(c, m, NULL);

	item->builtin = true;
	item_put(c, item, "default", "yes");
	item_put(c, item, "name", IPSEC_DEFAULT);
}

static const struct prop profile_rows[] = {
	FLAG_ROW("default", '*', "It is there by itself."),
	{ .name = "name", .rule = { &type_name, 1, 63 },
	  .flags = PROP_REQUIRED | PROP_NAME, .help = "Name of the profile." },
	{ ROW_HASH, .def = "sha1" },
	{ ROW_ENC, .def = "aes-128" },
	{ ROW_DH, .def = "modp1024,modp2048" },
	{ ROW_LIFETIME("How long phase 1 lasts."), .def = "1d" },
	{ ROW_LIFEBYTES, .def = "0", .flags = PROP_UNSET },
	{ ROW_PROPOSAL_CHECK, .def = "obey" },
	{ ROW_NAT_T, .def = "yes" },
	{ ROW_DPD_INTERVAL, .def = "8s" },
	{ ROW_DPD_FAILURES, .def = "4" },
	COMMENT_ROW,
};

void ipsec_check_groups(const struct config *c, const struct item *item,
			const char *prop)
{
	static const char *const unknown[] = { "ec2n155", "ec2n185" };
	const char *list = item_get(item, prop);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(unknown); i++)
		if (list_has(list, unknown[i]))
			item_error(c, item, prop,
				   "%s=%s: the IKE daemon has no groups of the kind EC2N",
				   prop, unknown[i]);
}

static void check_profile(struct config *c, const struct item *item)
{
	ipsec_check_groups(c, item, "dh-group");
}

const struct menu menu_ipsec_profile = {
	.path = "ip ipsec profile", TABLE_OF(profile_rows),
	.flags = MENU_DETAIL, .stem = "profile", .title = "IPsec, profiles",
	.help = "What phase 1 is negotiated by.",
	.check = check_profile, .builtin = ipsec_builtin_default,
};

static const char *const exchange_modes[] = {
	"aggressive", "base", "ike1", "ike2", "main", NULL
};

#define OLD	PROP_UNSET

/* In the order in which RouterOS prints; below, what is of old. */
static const struct prop peer_rows[] = {
	DISABLED_ROW,
	{ DYNAMIC_OF("ipsec-secret of a tunnel") },
	FLAG_ROW("responder", 'R', "It waits for the other side to begin."),
	{ .name = "name", .rule = { &type_name, 1, 63 }, .flags = PROP_NAME,
	  .maps = "name of the connection", .help = "Name of the peer." },
	{ .name = "address", .rule = { &type_peer }, .def = "0.0.0.0/0",
	  .maps = "remote_addrs", .help = "Where it is, or may be." },
	{ .name = "local-address", .rule = { &type_any_ip },
	  .flags = PROP_UNSET, .maps = "local_addrs; without: by the route",
	  .help = "Address of this side." },
	{ .name = "port", .rule = { &type_number, 0, 65535 }, .def = "500",
	  .flags = PROP_UNSET, .maps = "remote_port",
	  .help = "Where its IKE daemon listens." },
	{ .name = "passive", .rule = { &type_bool }, .def = "no",
	  .flags = PROP_UNSET, .maps = "yes: start_action = none",
	  .help = "Never begin, only answer." },
	{ .name = "profile", .rule = { &type_name }, .def = IPSEC_DEFAULT,
	  .menu = "ip ipsec profile", .help = "What phase 1 is negotiated by." },
	{ .name = "exchange-mode", ONE_OF(exchange_modes), .def = "main",
	  .refuse = "base",
	  .why = "the daemon has main, aggressive and ike2",
	  .maps = "version, aggressive; ike1 is refused, it is main or aggressive",
	  .help = "Which IKE, and which way of it." },
	{ .name = "send-initial-contact", .rule = { &type_bool },
	  .def = "yes", .maps = "no: unique = never",
	  .help = "Say that what the peer had with this side before is void." },
	COMMENT_ROW,
	{ ROW_AUTH_METHOD, .flags = OLD, .def = "pre-shared-key" },
	{ ROW_SECRET("of a dynamic item of /ip ipsec identity") },
	{ ROW_HASH, .flags = OLD },
	{ ROW_ENC, .flags = OLD },
	{ ROW_DH, .flags = OLD },
	{ ROW_LIFETIME("How long phase 1 lasts."), .flags = OLD },
	{ ROW_LIFEBYTES, .flags = OLD, .def = "0" },
	{ ROW_PROPOSAL_CHECK, .flags = OLD, .def = "obey" },
	{ ROW_NAT_T, .flags = OLD, .def = "yes" },
	{ ROW_DPD_INTERVAL, .flags = OLD },
	{ ROW_DPD_FAILURES, .flags = OLD },
	{ ROW_GENERATE, .flags = OLD },
	{ ROW_TEMPLATE_GROUP, .flags = OLD },
	{ ROW_CERTIFICATE },
	{ ROW_REMOTE_CERTIFICATE },
	{ ROW_MY_ID, .flags = OLD },
	{ ROW_MODE_CONFIG, .flags = OLD },
	{ ROW_NOTRACK },
};

static void check_peer(struct config *c, const struct item *item)
{
	if (!strcmp(item_get(item, "exchange-mode"), "ike1"))
		item_error(c, item, "exchange-mode",
			   "exchange-mode=ike1: IKEv1 is called main, or aggressive");
	ipsec_check_groups(c, item, "dh-group");
}

const struct menu menu_ipsec_peer = {
	.path = "ip ipsec peer", TABLE_OF(peer_rows), .flags = MENU_DETAIL,
	.stem = "peer", .title = "IPsec, peers",
	.help = "Other ends of IKE; what is of profiles and identities is an old form.",
	.check = check_peer,
};
