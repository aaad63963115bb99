// SPDX-License-Identifier: GPL-2.0-only
/* /ip ipsec identity, mode-config, key, settings */
#include <string.h>

#include "ipsec_rows.h"
#include "ipsec_type.h"
#include "menu_ipsec.h"
#include "net_rows.h"
#include "type_service.h"

#define NO_ROAD_WARRIORS	"road warriors are not part of this version"
#define NO_RADIUS		"RADIUS is not part of this version"
#define NO_KEYS \
	"keys by themselves are not part of this version; auth-method=digital-signature with a certificate is"

static const char *const eap_methods[] = {
	"eap-mschapv2", "eap-peap", "eap-tls", "eap-ttls", NULL
};

static const char *const match_by[] = { "certificate", "remote-id", NULL };
static const char *const auto_ignore[] = { "auto", "ignore", NULL };

static const struct prop identity_rows[] = {
	DISABLED_ROW,
	{ DYNAMIC_OF("ipsec-secret of a tunnel, or secret of a peer") },
	{ .name = "peer", .rule = { &type_name }, .flags = PROP_REQUIRED,
	  .menu = "ip ipsec peer", .maps = "the connection that it is of",
	  .help = "Whose it is." },
	{ ROW_AUTH_METHOD, .def = "pre-shared-key" },
	{ ROW_MODE_CONFIG, .def = "none", .flags = PROP_UNSET },
	{ ROW_NOTRACK },
	{ ROW_SECRET("secrets.ike") },
	{ ROW_MY_ID, .def = "auto", .flags = PROP_UNSET },
	{ .name = "remote-id", .rule = { &type_ike_id, .words = auto_ignore },
	  .def = "auto", .flags = PROP_UNSET,
	  .maps = "remote id; auto, ignore: none",
	  .help = "What the other side must say that it is." },
	{ .name = "match-by", ONE_OF(match_by), .def = "remote-id",
	  .flags = PROP_UNSET,
	  .maps = "remote-id: remote id; certificate: remote certs alone",
	  .help = "What the other side is known by." },
	{ ROW_CERTIFICATE },
	{ ROW_REMOTE_CERTIFICATE },
	{ .name = "eap-methods", LIST_OF(eap_methods), .def = "eap-tls",
	  .flags = PROP_UNSET, .why = NO_ROAD_WARRIORS,
	  .help = "Of auth-method=eap." },
	{ .name = "username", .rule = { &type_line }, .flags = PROP_UNSET,
	  .why = NO_ROAD_WARRIORS, .help = "Of XAuth and EAP." },
	{ .name = "password", .rule = { &type_line },
	  .flags = PROP_UNSET | PROP_SECRET, .why = NO_ROAD_WARRIORS,
	  .help = "Of XAuth and EAP." },
	{ .name = "key", .rule = { &type_name }, .flags = PROP_UNSET,
	  .why = NO_KEYS, .help = "Private key of this side." },
	{ .name = "remote-key", .rule = { &type_name }, .flags = PROP_UNSET,
	  .why = NO_KEYS, .help = "Public key of the other side." },
	{ ROW_GENERATE, .def = "no" },
	{ ROW_TEMPLATE_GROUP, .def = IPSEC_DEFAULT, .flags = PROP_UNSET },
	COMMENT_ROW,
};

static const char *method_why(const char *method)
{
	if (!strcmp(method, "pre-shared-key") ||
	    !strcmp(method, "digital-signature"))
		return NULL;
	return strcmp(method, "rsa-key") ? NO_ROAD_WARRIORS : NO_KEYS;
}

static bool is_named(const struct item *item, const char *prop)
{
	const char *name = item_get(item, prop);

	return name && *name && strcmp(name, "none");
}

/* Without the octets that it is made of. */
void ipsec_check_secret(const struct config *c, const struct item *item,
			const char *prop)
{
	const char *secret = item_get(item, prop);
	size_t len;

	if (!secret || strncmp(secret, "0x", 2))
		return;
	len = strlen(secret) - 2;
	if (!len || len % 2 ||
	    strspn(secret + 2, "0123456789abcdefABCDEF") != len)
		item_error(c, item, prop,
			   "%s: behind 0x an even number of hexadecimal digits is expected",
			   prop);
}

static void check_identity(struct config *c, const struct item *item)
{
	const char *method = item_get(item, "auth-method");
	const char *why = method_why(method);
	const char *secret = item_get(item, "secret");

	if (why) {
		item_error(c, item, "auth-method", "auth-method=%s: %s", method,
			   why);
	} else if (!strcmp(method, "digital-signature")) {
		if (!is_named(item, "certificate"))
			item_error(c, item, "auth-method",
				   "auth-method=%s: certificate is missing",
				   method);
	} else if (!secret || !*secret) {
		item_error(c, item, "auth-method",
			   "auth-method=%s: secret is missing", method);
	} else {
		ipsec_check_secret(c, item, "secret");
	}
	if (!strcmp(item_get(item, "match-by"), "certificate") &&
	    !is_named(item, "remote-certificate"))
		item_error(c, item, "match-by",
			   "match-by=certificate: remote-certificate is missing");
}

const struct menu menu_ipsec_identity = {
	.path = "ip ipsec identity", TABLE_OF(identity_rows),
	.flags = MENU_DETAIL, .title = "IPsec, identities",
	.help = "How peers prove who they are.", .check = check_identity,
};

static const struct prop mode_config_rows[] = {
	FLAG_ROW("default", '*', "It is there by itself."),
	{ .name = "name", .rule = { &type_name, 1, 63 },
	  .flags = PROP_REQUIRED | PROP_NAME, .help = "What identities call it." },
	{ .name = "responder", .rule = { &type_bool }, .def = "yes",
	  .maps = "yes: pools; no: vips",
	  .help = "Give addresses; no: ask for them." },
	{ .name = "address", .rule = { .type = &type_ip, .words = ipsec_none },
	  .flags = PROP_UNSET, .of = "responder",
	  .maps = "addrs of a pool of one", .help = "Address that is given." },
	{ .name = "address-pool", .rule = { .type = &type_name,
	  .words = ipsec_none }, .def = "none", .flags = PROP_UNSET,
	  .of = "responder", .menu = "ip pool",
	  .maps = "addrs of pools, one for each range",
	  .help = "Of which addresses are given." },
	{ .name = "address-prefix-length", .rule = { &type_number, 1, 32 },
	  .flags = PROP_UNSET, .of = "responder",
	  .note = "has no effect: an address that is given stands alone",
	  .help = "Of the address." },
	{ .name = "split-include", .rule = { .type = &type_prefix, .list = true },
	  .def = "", .flags = PROP_UNSET, .of = "responder",
	  .maps = "IKEv2: subnet of the pool; IKEv1: split_include",
	  .help = "Networks that the other side shall reach through it." },
	{ .name = "split-dns", .rule = { .type = &type_domain, .list = true },
	  .def = "", .flags = PROP_UNSET, .why = NO_ROAD_WARRIORS,
	  .help = "Domains that are asked for there." },
	{ .name = "system-dns", .rule = { &type_bool }, .def = "no",
	  .flags = PROP_UNSET,
	  .why = NO_ROAD_WARRIORS "; static-dns says which",
	  .help = "Tell of this machine's servers of DNS." },
	{ .name = "static-dns", .rule = { .type = &type_any_ip, .list = true },
	  .def = "", .flags = PROP_UNSET, .of = "responder",
	  .maps = "dns of the pools",
	  .help = "Tell of these servers of DNS." },
	{ .name = "src-address-list", .rule = { &type_name },
	  .flags = PROP_UNSET, .why = NO_ROAD_WARRIORS,
	  .help = "Whose source becomes the address that was given." },
	COMMENT_ROW,
};

static void builtin_request(struct config *c, const struct menu *m)
{
	struct item *item = item_add(c, m, NULL);

	item->builtin = true;
	item_put(c, item, "default", "yes");
	item_put(c, item, "name", IPSEC_REQUEST);
	item_put(c, item, "responder", "no");
}

const struct menu menu_ipsec_mode_config = {
	.path = "ip ipsec mode-config", TABLE_OF(mode_config_rows),
	.flags = MENU_DETAIL, .stem = "cfg", .title = "IPsec, mode configs",
	.help = "Addresses that one side gives and the other asks for.",
	.builtin = builtin_request,
};

static const struct prop key_rows[] = {
	FLAG_ROW("private-key", 'P', "It is a private one."),
	FLAG_ROW("rsa", 'R', "It is of RSA."),
	{ .name = "name", .rule = { &type_name },
	  .flags = PROP_NAME | PROP_READ_ONLY, .help = "Name of the key." },
	{ .name = "key-size", .rule = { &type_number },
	  .flags = PROP_READ_ONLY, .help = "Bits of it." },
};

#define NOT_YET(_name) \
	{ .name = (_name), .why = NO_KEYS, .help = "not part of this version" }

static const struct menu_command key_commands[] = {
	NOT_YET("export-pub-key"), NOT_YET("generate-key"), NOT_YET("import"),
	{ .name = NULL },
};

const struct menu menu_ipsec_key = {
	.path = "ip ipsec key", TABLE_OF(key_rows), .flags = MENU_FIXED,
	.columns = "name key-size", .title = "IPsec, keys",
	.help = "A place: " NO_KEYS ".", .commands = key_commands,
};

static const struct prop settings_rows[] = {
	{ .name = "xauth-use-radius", .rule = { &type_bool }, .def = "no",
	  .why = NO_RADIUS, .help = "Ask RADIUS who a user of XAuth is." },
	{ .name = "accounting", .rule = { &type_bool }, .def = "yes",
	  .note = "has no effect: " NO_RADIUS,
	  .help = "Tell RADIUS of who comes and goes." },
	{ .name = "interim-update", .rule = { &type_time }, .def = "0s",
	  .note = "has no effect: " NO_RADIUS,
	  .help = "Time between two words of that." },
};

const struct menu menu_ipsec_settings = {
	.path = "ip ipsec settings", TABLE_OF(settings_rows),
	.flags = MENU_SINGLE, .title = "IPsec, settings",
	.help = "What is the same for all peers.",
};
