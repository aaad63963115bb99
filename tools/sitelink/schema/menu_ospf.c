// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <string.h>

#include "array.h"
#include "menu_service.h"
#include "net_rows.h"
#include "ospf.h"
#include "type_service.h"

#define NO_FILTER	"filters of routes are not supported"
#define NO_VLINK	"virtual links are not supported"

static const char *const main_words[] = { "main", NULL };
static const char *const all_words[] = { "all", NULL };
static const char *const versions[] = { "2", "3", NULL };
static const char *const originate[] = {
	"never", "always", "if-installed", NULL
};

static const char *const sources[] = {
	"connected", "static", "bgp", "bgp-mpls-vpn", "copy", "dhcp",
	"fantasy", "modem", "ospf", "rip", "slaac", "vpn", NULL
};

static const struct prop instance_rows[] = {
	DISABLED_ROW,
	{ .name = "name", .rule = { &type_name },
	  .flags = PROP_REQUIRED | PROP_NAME, .help = "Name of the instance." },
	{ .name = "version", .rule = { .type = &type_word, .words = versions },
	  .def = "2", .maps = "2: ospfd, 3: ospf6d; one instance of each",
	  .help = "2 is for IPv4, 3 for IPv6." },
	{ .name = "vrf", .rule = { &type_text }, .def = "main",
	  .why = "only main is there", .help = "Routing table." },
	{ .name = "router-id", .rule = { .type = &type_ip, .words = main_words },
	  .def = "main", .maps = "ospf router-id; main: of an address",
	  .help = "What this router is known by." },
	{ .name = "routing-table", .rule = { &type_text }, .def = "main",
	  .why = "only main is there", .help = "Where routes go." },
	{ .name = "originate-default",
	  .rule = { .type = &type_word, .words = originate }, .def = "never",
	  .maps = "default-information originate [always]",
	  .help = "Tell others of a default route." },
	{ .name = "redistribute",
	  .rule = { .type = &type_word, .words = sources, .list = true },
	  .def = "",
	  .maps = "redistribute connected; static: kernel, all that no daemon made",
	  .help = "Routes that others are told of." },
	{ .name = "in-filter-chain", .rule = { &type_text }, .def = "",
	  .why = NO_FILTER, .help = "Of routes learnt." },
	{ .name = "out-filter-chain", .rule = { &type_text }, .def = "",
	  .why = NO_FILTER, .help = "Of routes told." },
	{ .name = "out-filter-select", .rule = { &type_text }, .def = "",
	  .why = NO_FILTER, .help = "Of routes told." },
	COMMENT_ROW,
};

/* One ospfd, one ospf6d: each knows one instance in a network namespace. */
static void check_instance(struct config *c, const struct item *item)
{
	static const char *const done[] = { "connected", "static", NULL };
	const char *list = item_get(item, "redistribute");
	const struct item *other;
	char source[32];

	while (list && *list && list_next(&list, source, sizeof(source)))
		if (!word_match(done, source))
			item_error(c, item, "redistribute",
				   "redistribute=%s: not supported; connected and static are",
				   source);
	if (item_is(item, "disabled"))
		return;
	for (other = item->prev; other; other = other->prev) {
		if (item_is(other, "disabled") ||
		    strcmp(item_get(other, "version"),
			   item_get(item, "version")))
			continue;
		item_error(c, item, "version",
			   "version=%s: FRR has one instance of a version, which is %s",
			   item_get(item, "version"), item_get(other, "name"));
		return;
	}
}

const struct menu menu_routing_ospf_instance = {
	.path = "routing ospf instance", TABLE_OF(instance_rows),
	.stem = "ospf-instance-", .title = "OSPF, instances",
	.help = "Routers of OSPF on this machine, with FRR.",
	.check = check_instance,
};

static const char *const area_types[] = { "default", "stub", "nssa", NULL };
static const char *const translators[] = { "candidate", "no", "yes", NULL };

static const struct prop area_rows[] = {
	DISABLED_ROW,
	{ .name = "name", .rule = { &type_name },
	  .flags = PROP_REQUIRED | PROP_NAME, .help = "Name of the area." },
	{ .name = "instance", .rule = { &type_name },
	  .flags = PROP_REQUIRED, .menu = "routing ospf instance",
	  .help = "Whose area." },
	{ .name = "area-id", .rule = { &type_ip }, .def = "0.0.0.0",
	  .help = "What the area is known by." },
	{ .name = "type", .rule = { .type = &type_word, .words = area_types },
	  .def = "default", .maps = "area ID stub, area ID nssa",
	  .help = "What others tell it." },
	{ .name = "no-summaries", .rule = { &type_bool }, .def = "no",
	  .maps = "no-summary; of stub and nssa",
	  .help = "No routes of other areas, but a default." },
	{ .name = "default-cost", .rule = { &type_number, 0, 16777215 },
	  .maps = "area ID default-cost; of stub and nssa",
	  .help = "Of that default." },
	{ .name = "nssa-translator",
	  .rule = { .type = &type_word, .words = translators },
	  .def = "candidate", .maps = "translate-candidate, -never, -always",
	  .help = "Tell other areas of external routes." },
	COMMENT_ROW,
};

const struct menu menu_routing_ospf_area = {
	.path = "routing ospf area", TABLE_OF(area_rows), .stem = "ospf-area-",
	.columns = "name instance area-id type", .title = "OSPF, areas",
	.help = "Areas. One named backbone is there if none is added.",
};

static const char *const types[] = {
	"broadcast", "ptp", "nbma", "ptmp", "ptp-unnumbered", "virtual-link",
	NULL
};

static const char *const auths[] = {
	"simple", "md5", "sha1", "sha256", "sha384", "sha512", NULL
};

static const struct prop template_rows[] = {
	DISABLED_ROW,
	{ .name = "area", .rule = { &type_name }, .flags = PROP_REQUIRED,
	  .maps = "ip ospf area; backbone, if it was not added, is 0.0.0.0",
	  .help = "Area of these interfaces." },
	{ .name = "interfaces",
	  .rule = { .type = &type_interface, .words = all_words, .list = true },
	  .def = "", .menu = "interface",
	  .maps = "all, or none given: those with an address in the script",
	  .help = "Which interfaces." },
	{ .name = "networks", .rule = { .type = &type_any_prefix, .list = true },
	  .def = "", .maps = "ip ospf area, for addresses of the script",
	  .help = "Only addresses in one of these." },
	{ .name = "type", .rule = { .type = &type_word, .words = types },
	  .def = "broadcast", .maps = "ip ospf network",
	  .help = "What kind of network it is." },
	{ .name = "cost", .rule = { &type_number, 1, 65535 }, .def = "1",
	  .maps = "ip ospf cost", .help = "Of what leaves there." },
	{ .name = "priority", .rule = { &type_number, 0, 255 }, .def = "128",
	  .maps = "ip ospf priority",
	  .help = "In the choice of the designated router." },
	{ .name = "hello-interval", .rule = { &type_time, 1, 65535 },
	  .def = "10s", .maps = "ip ospf hello-interval",
	  .help = "Time between hello packets." },
	{ .name = "dead-interval", .rule = { &type_time, 1, 65535 },
	  .def = "40s", .maps = "ip ospf dead-interval",
	  .help = "Without hello: gone." },
	{ .name = "retransmit-interval", .rule = { &type_time, 1, 65535 },
	  .def = "5s", .maps = "ip ospf retransmit-interval",
	  .help = "Time until what is not acknowledged is sent again." },
	{ .name = "transmit-delay", .rule = { &type_time, 1, 3600 },
	  .def = "1s", .maps = "ip ospf transmit-delay",
	  .help = "Time that packets are under way." },
	{ .name = "instance-id", .rule = { &type_number, 0, 255 },
	  .def = "0", .maps = "ipv6 ospf6 instance-id; only of version 3",
	  .help = "Which of several on one link." },
	{ .name = "auth", .rule = { .type = &type_word, .words = auths },
	  .maps = "ip ospf authentication: simple, md5; ipv6 ospf6 authentication: all but simple",
	  .help = "How packets are told to be of neighbours." },
	{ .name = "auth-id", .rule = { &type_number, 1, 255 }, .def = "1",
	  .maps = "ip ospf message-digest-key", .help = "Number of the key." },
	{ .name = "auth-key", .rule = { &type_line, 1, 64 },
	  .flags = PROP_SECRET, .maps = "ip ospf message-digest-key",
	  .help = "The key." },
	{ .name = "passive", .rule = { &type_bool }, .def = "no",
	  .maps = "ip ospf passive",
	  .help = "Others hear of the network, none on it." },
	{ .name = "use-bfd", .rule = { &type_bool }, .def = "no",
	  .why = "BFD is not supported",
	  .help = "See by BFD that a neighbour is gone." },
	{ .name = "prefix-list", .rule = { &type_text }, .def = "",
	  .why = NO_FILTER, .help = "Of routes told." },
	{ .name = "vlink-neighbor-id", .rule = { &type_ip }, .why = NO_VLINK,
	  .help = "Other end of a virtual link." },
	{ .name = "vlink-transit-area", .rule = { &type_text },
	  .why = NO_VLINK, .help = "Area of a virtual link." },
	COMMENT_ROW,
};

/* By version: what there is, and octets of a key that FRR takes. */
static const struct {
	const char *version, *auth;
	size_t max;
} keys[] = {
	{ "2", "simple", 8 }, { "2", "md5", 16 }, { "3", "md5", 64 },
	{ "3", "sha1", 64 }, { "3", "sha256", 64 }, { "3", "sha384", 64 },
	{ "3", "sha512", 64 },
};

static void check_key(const struct config *c, const struct item *item,
		      const char *version, const char *auth)
{
	const char *key = item_get(item, "auth-key"), *p;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (!strcmp(keys[i].version, version) &&
		    !strcmp(keys[i].auth, auth))
			break;
	if (i == ARRAY_SIZE(keys)) {
		item_error(c, item, "auth",
			   "auth=%s: not supported by FRR for OSPF version %s",
			   auth, version);
		return;
	}
	if (!key) {
		item_error(c, item, "auth", "auth=%s: auth-key is missing",
			   auth);
		return;
	}
	for (p = key; isgraph((unsigned char)*p); p++)
		;
	if (*p || strlen(key) > keys[i].max)
		item_error(c, item, "auth-key",
			   "auth-key: with auth=%s FRR takes up to %zu octets of ASCII without blanks",
			   auth, keys[i].max);
}

static void check_type(const struct config *c, const struct item *item,
		       const char *version)
{
	const char *type = item_get(item, "type");

	if (!ospf_network(version, type))
		item_error(c, item, "type",
			   "type=%s: not supported for OSPF version %s", type,
			   version);
}

/* The version of what has an area; NULL: none, or the area is a mistake. */
static const char *check_area(const struct config *c, const struct item *item)
{
	const char *area = item_get(item, "area");

	if (!strcmp(area, OSPF_BACKBONE) ||
	    item_by_name(c, "routing ospf area", area))
		return ospf_version(c, item);
	item_error(c, item, "area",
		   "area=%s: /routing ospf area has none of that name; only backbone is there by itself",
		   area);
	return NULL;
}

static void check_template(struct config *c, const struct item *item)
{
	const char *version = check_area(c, item);
	const char *auth = item_get(item, "auth");

	if (!version)
		return;
	check_type(c, item, version);
	if (auth)
		check_key(c, item, version, auth);
	else if (item_has(item, "auth-key"))
		item_error(c, item, "auth-key",
			   "auth-key: auth=md5 or another is missing");
	if (!strcmp(version, "2") && strcmp(item_get(item, "instance-id"), "0"))
		item_error(c, item, "instance-id",
			   "instance-id=%s: only OSPF version 3 has it",
			   item_get(item, "instance-id"));
}

const struct menu menu_routing_ospf_interface_template = {
	.path = "routing ospf interface-template", TABLE_OF(template_rows),
	.flags = MENU_ORDERED, .columns = "area interfaces networks type cost",
	.title = "OSPF, interfaces",
	.help = "Which interfaces take part, and how. The first that fits counts.",
	.check = check_template,
};

static const struct prop neighbor_rows[] = {
	DISABLED_ROW,
	{ .name = "address", .rule = { &type_ip },
	  .flags = PROP_REQUIRED | PROP_KEY, .maps = "neighbor",
	  .help = "Where it is." },
	{ .name = "area", .rule = { &type_name }, .flags = PROP_REQUIRED,
	  .help = "Whose neighbour; of OSPF version 2." },
	{ .name = "poll-interval", .rule = { &type_time, 1, 65535 },
	  .def = "2m", .maps = "neighbor poll-interval",
	  .help = "Time between hello packets to who does not answer." },
	COMMENT_ROW,
};

static void check_neighbor(struct config *c, const struct item *item)
{
	const char *version = check_area(c, item);

	if (version && strcmp(version, "2"))
		item_error(c, item, "area",
			   "area=%s: FRR has such neighbours for OSPF version 2 only",
			   item_get(item, "area"));
}

const struct menu menu_routing_ospf_static_neighbor = {
	.path = "routing ospf static-neighbor", TABLE_OF(neighbor_rows),
	.title = "OSPF, neighbours",
	.help = "Neighbours on networks of type nbma, which no hello finds.",
	.check = check_neighbor,
};
