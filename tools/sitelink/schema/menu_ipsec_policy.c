// SPDX-License-Identifier: GPL-2.0-only
/* /ip ipsec proposal, policy group, policy */
#include <string.h>

#include "array.h"
#include "ipsec_live.h"
#include "ipsec_rows.h"
#include "ipsec_type.h"
#include "menu_ipsec.h"
#include "net_rows.h"
#include "type_service.h"

static const char *const auths[] = {
	"md5", "null", "sha1", "sha256", "sha512", NULL
};

static const char *const ciphers[] = {
	"null", "des", "3des", "aes-128-cbc", "aes-192-cbc", "aes-256-cbc",
	"aes-128-ctr", "aes-192-ctr", "aes-256-ctr", "aes-128-gcm",
	"aes-192-gcm", "aes-256-gcm", "blowfish", "camellia-128",
	"camellia-192", "camellia-256", "twofish", NULL
};

static const char *const pfs_groups[] = {
	"none", "modp768", "modp1024", "modp1536", "modp2048", "modp3072",
	"modp4096", "modp6144", "modp8192", "ecp256", "ecp384", "ecp521",
	"ec2n155", "ec2n185", NULL
};

static const struct prop proposal_rows[] = {
	DISABLED_ROW,
	FLAG_ROW("default", '*', "It is there by itself."),
	{ .name = "name", .rule = { &type_name, 1, 63 },
	  .flags = PROP_REQUIRED | PROP_NAME, .help = "Name of the proposal." },
	{ .name = "auth-algorithms", LIST_OF(auths), .def = "sha1",
	  .maps = "esp_proposals, ah_proposals; of an AEAD none is needed",
	  .help = "What tells that packets are genuine." },
	{ .name = "enc-algorithms",
	  .rule = { .type = &type_esp, .words = ciphers, .list = true },
	  .def = "aes-256-cbc,aes-192-cbc,aes-128-cbc",
	  .maps = "esp_proposals; AEADs and all others are two of them",
	  .help = "What packets are encrypted by." },
	{ ROW_LIFETIME("How long an SA lasts."), .def = "30m" },
	{ .name = "pfs-group", LIST_OF(pfs_groups), .def = "modp1024",
	  .maps = "esp_proposals; of IKEv2 for new keys; ec2n155, ec2n185 are refused",
	  .help = "Diffie-Hellman group of an SA's own." },
	COMMENT_ROW,
};

static bool only(const char *list, const char *word)
{
	return !strcmp(list, word);
}

static void check_proposal(struct config *c, const struct item *item)
{
	const char *groups = item_get(item, "pfs-group");

	ipsec_check_groups(c, item, "pfs-group");
	if (list_has(groups, "none") && !only(groups, "none"))
		item_error(c, item, "pfs-group",
			   "pfs-group=%s: none stands alone", groups);
	if (only(item_get(item, "enc-algorithms"), "null") &&
	    only(item_get(item, "auth-algorithms"), "null"))
		item_error(c, item, "auth-algorithms",
			   "auth-algorithms=null: with enc-algorithms=null nothing is protected");
}

const struct menu menu_ipsec_proposal = {
	.path = "ip ipsec proposal", TABLE_OF(proposal_rows),
	.flags = MENU_DETAIL, .stem = "proposal", .title = "IPsec, proposals",
	.help = "What SAs are negotiated by.",
	.check = check_proposal, .builtin = ipsec_builtin_default,
};

static const struct prop group_rows[] = {
	FLAG_ROW("default", '*', "It is there by itself."),
	{ .name = "name", .rule = { &type_name, 1, 63 },
	  .flags = PROP_REQUIRED | PROP_NAME, .help = "Name of the group." },
	COMMENT_ROW,
};

const struct menu menu_ipsec_policy_group = {
	.path = "ip ipsec policy group", TABLE_OF(group_rows),
	.columns = "name", .stem = "group", .title = "IPsec, policy groups",
	.help = "Groups of templates of policies.",
	.builtin = ipsec_builtin_default,
};

static const char *const any[] = { "any", NULL };
static const char *const all[] = { "all", NULL };
static const char *const actions[] = { "discard", "encrypt", "none", NULL };
static const char *const levels[] = { "require", "unique", "use", NULL };
static const char *const transforms[] = { "ah", "esp", NULL };
static const char *const states[] = {
	"expired", "no-phase2", "established", NULL
};

#define PORT(_name, _maps, _help) \
	.name = (_name), .rule = { &type_number, 0, 65535, any }, \
	.def = "any", .of = "!template", .maps = (_maps), .help = (_help)

#define SELECTOR(_name, _maps, _help) \
	.name = (_name), .rule = { &type_any_prefix }, .def = "0.0.0.0/32", \
	.maps = (_maps "; 0.0.0.0/32: that of the connection"), \
	.help = (_help)

#define OUTER(_name, _maps, _help) \
	.name = (_name), .rule = { &type_any_ip }, .def = "::", \
	.of = "!template", .maps = (_maps), .help = (_help)

#define COUNTER(_name, _help) \
	.name = (_name), .rule = { &type_number }, \
	.flags = PROP_READ_ONLY | PROP_STATS, .help = (_help)

static const struct prop policy_rows[] = {
	{ .name = "template", .rule = { &type_bool }, .def = "no",
	  .letter = 'T', .flags = PROP_FLAG | PROP_SHOWN, .of = "template",
	  .maps = "a child of identities with generate-policy",
	  .help = "Not a policy, but what those are like that the peer asks for." },
	DISABLED_ROW,
	{ DYNAMIC_OF("ipsec-secret of a tunnel, or of a template") },
	FLAG_ROW("invalid", 'I', "It says the same as one before."),
	FLAG_ROW("active", 'A', "It is in use."),
	FLAG_ROW("default", '*', "It is there by itself."),
	{ .name = "peer", .rule = { &type_name }, .flags = PROP_UNSET,
	  .menu = "ip ipsec peer", .of = "!template",
	  .maps = "connection that it is a child of; without: by sa-dst-address",
	  .help = "Whose policy it is." },
	{ .name = "tunnel", .rule = { &type_bool }, .def = "no",
	  .of = "!template", .maps = "mode = tunnel, transport",
	  .help = "In tunnel mode." },
	{ .name = "group", .rule = { &type_name }, .def = IPSEC_DEFAULT,
	  .menu = "ip ipsec policy group", .of = "template",
	  .help = "Of the templates of which identities." },
	{ SELECTOR("src-address", "local_ts", "Where packets are from.") },
	{ PORT("src-port", "local_ts", "Port they are from.") },
	{ SELECTOR("dst-address", "remote_ts", "Where packets go.") },
	{ PORT("dst-port", "remote_ts", "Port they go to.") },
	{ .name = "protocol", .rule = { &type_carried, .words = all },
	  .def = "all", .maps = "local_ts, remote_ts",
	  .help = "What is in them." },
	{ .name = "action", ONE_OF(actions), .def = "encrypt",
	  .of = "!template", .maps = "a child; discard, none: a policy of ours",
	  .help = "What is done with them." },
	{ .name = "level", ONE_OF(levels), .def = "require",
	  .of = "!template",
	  .maps = "unique: an SA of its own; use: a policy that needs none",
	  .help = "What is done without an SA." },
	{ .name = "ipsec-protocols", ONE_OF(transforms), .def = "esp",
	  .of = "!template", .maps = "esp_proposals, ah_proposals",
	  .help = "How packets are protected." },
	{ OUTER("sa-src-address", "local_addrs",
		"Address of this side; without: the peer's.") },
	{ OUTER("sa-dst-address", "remote_addrs",
		"Address of the other side; without: the peer's.") },
	{ .name = "proposal", .rule = { &type_name }, .def = IPSEC_DEFAULT,
	  .menu = "ip ipsec proposal", .help = "What SAs are negotiated by." },
	{ .name = "ph2-count", .rule = { &type_number },
	  .flags = PROP_READ_ONLY, .of = "!template",
	  .help = "SAs that it has, of one direction." },
	{ .name = "ph2-state", ONE_OF(states), .flags = PROP_READ_ONLY,
	  .of = "!template", .help = "How far it is." },
	{ .name = "manual-sa", .rule = { &type_name }, .def = "none",
	  .flags = PROP_UNSET,
	  .why = "SAs without IKE are not supported, nor are they by RouterOS any more",
	  .help = "An old form." },
	{ .name = "priority", .rule = { &type_number }, .def = "0",
	  .flags = PROP_UNSET,
	  .note = "has no effect, as in RouterOS since 6.40: the order counts",
	  .help = "An old form." },
	{ .name = "place-before", .rule = { &type_text },
	  .flags = PROP_POSITION, .help = "Policy that it is put before." },
	COMMENT_ROW,
	{ COUNTER("in-bytes", "Octets that came.") },
	{ COUNTER("in-packets", "Packets that came.") },
	{ COUNTER("out-bytes", "Octets that went.") },
	{ COUNTER("out-packets", "Packets that went.") },
};

static void builtin_template(struct config *c, const struct menu *m)
{
	struct item *item = item_add(c, m, NULL);

	item->builtin = true;
	item_put(c, item, "default", "yes");
	item_put(c, item, "template", "yes");
	item_put(c, item, "src-address", "::/0");
	item_put(c, item, "dst-address", "::/0");
}

static bool has_ports(const struct item *item)
{
	static const char *const protocols[] = {
		"tcp", "udp", "dccp", "sctp", "udp-lite",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(protocols); i++)
		if (!strcmp(item_get(item, "protocol"), protocols[i]))
			return true;
	return false;
}

static void check_port(struct config *c, const struct item *item,
		       const char *prop)
{
	if (strcmp(item_get(item, prop), "any") && !has_ports(item))
		item_error(c, item, prop,
			   "%s=%s: protocol=%s has no ports; tcp, udp, dccp, sctp and udp-lite have",
			   prop, item_get(item, prop),
			   item_get(item, "protocol"));
}

static void check_ah(struct config *c, const struct item *item)
{
	const struct item *proposal = item_by_name(c, "ip ipsec proposal",
						   item_get(item, "proposal"));

	if (proposal && !strcmp(item_get(item, "ipsec-protocols"), "ah") &&
	    only(item_get(proposal, "auth-algorithms"), "null"))
		item_error(c, item, "ipsec-protocols",
			   "ipsec-protocols=ah: proposal %s has auth-algorithms=null, as ciphers with authentication of their own want it; AH has no cipher",
			   item_name(proposal));
}

/* What a template does not say is not passed over: it would take more than it seems. */
static void check_template(struct config *c, const struct item *item)
{
	static const struct {
		const char *name, *none;
	} no[] = {
		{ "src-port", "any" }, { "dst-port", "any" }, { "action", "encrypt" },
	};
	const char *level = item_get(item, "level");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(no); i++)
		if (strcmp(item_get(item, no[i].name), no[i].none))
			item_error(c, item, no[i].name,
				   "%s=%s: a template has only group, src-address, dst-address, protocol and proposal",
				   no[i].name, item_get(item, no[i].name));
	if (strcmp(level, "require"))
		diag_note(c->diag, item->at,
			  "level=%s: has no effect on a template: what is made by it has an SA of its own, and ends with that",
			  level);
	if (item_get(item, "peer"))
		item_error(c, item, "peer",
			   "peer=%s: a template is of a group, which identities name",
			   item_get(item, "peer"));
}

static void check_policy(struct config *c, const struct item *item)
{
	check_port(c, item, "src-port");
	check_port(c, item, "dst-port");
	if (item_is(item, "template"))
		check_template(c, item);
	check_ah(c, item);
}

const struct menu menu_ipsec_policy = {
	.path = "ip ipsec policy", TABLE_OF(policy_rows),
	.flags = MENU_ORDERED,
	.columns = "peer tunnel src-address dst-address protocol action level ph2-count",
	.title = "IPsec, policies",
	.help = "Which packets are protected, and how. The first that fits counts.",
	.check = check_policy, .builtin = builtin_template,
	.others = ipsec_others_policy,
};
