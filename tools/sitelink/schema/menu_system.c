// SPDX-License-Identifier: GPL-2.0-only
#include <regex.h>
#include <string.h>
#include <unistd.h>

#include "array.h"
#include "menu_service.h"
#include "net_rows.h"
#include "type_service.h"

static const struct prop identity_rows[] = {
	{ .name = "name", .rule = { &type_host },
	  .maps = "sethostname(); blanks, which RouterOS allows, no host name has",
	  .help = "This machine's name; without: the host's own." },
};

/* The kernel's has up to 64 octets. */
static void identity_live(struct machine *m, struct item *item)
{
	static char name[65];

	(void)m;
	if (!item_has(item, "name") && !gethostname(name, sizeof(name) - 1))
		live_put(item, "name", name);
}

const struct menu menu_system_identity = {
	.path = "system identity", TABLE_OF(identity_rows), .flags = MENU_SINGLE,
	.title = "Identity", .help = "The name of this machine.",
	.live = identity_live,
};

static const char *const targets[] = {
	"memory", "disk", "echo", "email", "remote", NULL
};

#define JOURNAL "kept for export; the system's journal decides about it"

static const struct prop action_rows[] = {
	FLAG_ROW("default", '*', "It is there by itself."),
	{ .name = "name", .rule = { &type_name },
	  .flags = PROP_REQUIRED | PROP_NAME, .help = "Name of the action." },
	{ .name = "target", .rule = { .type = &type_word, .words = targets },
	  .def = "memory", .maps = "memory: /log print; others: syslog(3), the journal",
	  .help = "Where lines go." },
	{ .name = "memory-lines", .rule = { &type_number, 1, 65535 },
	  .def = "1000", .maps = "of the actions that are used the most",
	  .help = "Of memory." },
	{ .name = "memory-stop-on-full", .rule = { &type_bool }, .def = "no",
	  .help = "Of memory: keep the oldest." },
	{ .name = "disk-file-name", .rule = { &type_line }, .def = "log",
	  .note = JOURNAL, .help = "Of disk." },
	{ .name = "disk-lines-per-file", .rule = { &type_number, 1, 65535 },
	  .def = "1000", .note = JOURNAL, .help = "Of disk." },
	{ .name = "disk-file-count", .rule = { &type_number, 1, 65535 },
	  .def = "2", .note = JOURNAL, .help = "Of disk." },
	{ .name = "disk-stop-on-full", .rule = { &type_bool }, .def = "no",
	  .note = JOURNAL, .help = "Of disk: keep the oldest." },
	{ .name = "remember", .rule = { &type_bool }, .def = "yes",
	  .note = JOURNAL, .help = "Of echo: also for who was away." },
	{ .name = "remote", .rule = { &type_any_ip }, .def = "0.0.0.0",
	  .note = "kept for export; forwarding is the syslog daemon's",
	  .help = "Of remote: host." },
	{ .name = "remote-port", .rule = { &type_number, 1, 65535 },
	  .def = "514", .note = JOURNAL, .help = "Of remote." },
	{ .name = "src-address", .rule = { &type_any_ip }, .def = "0.0.0.0",
	  .note = JOURNAL, .help = "Of remote: sender's address." },
	{ .name = "bsd-syslog", .rule = { &type_bool }, .def = "no",
	  .note = JOURNAL, .help = "Of remote: as RFC 3164." },
	{ .name = "syslog-facility", .rule = { &type_line }, .def = "daemon",
	  .note = JOURNAL, .help = "Of remote." },
	{ .name = "syslog-severity", .rule = { &type_line }, .def = "auto",
	  .note = JOURNAL, .help = "Of remote." },
	{ .name = "email-to", .rule = { &type_line }, .note = JOURNAL,
	  .help = "Of email." },
	COMMENT_ROW,
};

static void action_builtin(struct config *c, const struct menu *m)
{
	static const char *const names[] = {
		"memory", "disk", "echo", "remote"
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct item *item = item_add(c, m, NULL);

		item->builtin = true;
		item_put(c, item, "default", "yes");
		item_put(c, item, "name", names[i]);
		item_put(c, item, "target", names[i]);
	}
}

const struct menu menu_system_logging_action = {
	.path = "system logging action", TABLE_OF(action_rows),
	.columns = "name target", .title = "Logging, actions",
	.help = "Where lines of the log go.", .builtin = action_builtin,
};

static const char *const topics[] = {
	"account", "acme-client", "amt", "async", "backup", "bfd", "bgp",
	"bridge", "calc", "caps", "certificate", "client", "container", "ddns",
	"debug", "dhcp", "disk", "dns", "dot1x", "dude", "e-mail", "error",
	"event", "evpn", "fetch", "firewall", "gps", "gsm", "health",
	"hotspot", "igmp-proxy", "info", "interface", "iot", "ipsec", "iscsi",
	"isdn", "isis", "kidcontrol", "l2tp", "lacp", "ldp", "lora", "lte",
	"macsec", "manager", "mme", "mpls", "mqtt", "mvrp", "natpmp",
	"netinstall", "netwatch", "ntp", "ospf", "ovpn", "packet", "pim",
	"poe-out", "ppp", "pppoe", "pptp", "ptp", "queue", "radius", "radvd",
	"raw", "read", "rip", "route", "rpki", "script", "sertcp", "server",
	"simulator", "smb", "snmp", "ssh", "sstp", "state", "stp", "store",
	"system", "telephony", "tftp", "timer", "tr069", "update", "upnp",
	"ups", "vpls", "vrrp", "warning", "watchdog", "web-proxy", "wireguard",
	"wireless", "write", "zerotier", "critical", NULL
};

static const struct prop logging_rows[] = {
	DISABLED_ROW,
	FLAG_ROW("invalid", 'I', "Its action is not there."),
	FLAG_ROW("default", '*', "It is there by itself."),
	{ .name = "topics",
	  .rule = { .type = &type_word, .words = topics, .list = true },
	  .def = "info",
	  .maps = "of ipsec: also how much the IKE daemon says; others: none",
	  .help = "Lines of all these topics, and of none with \"!\"." },
	{ .name = "action", .rule = { &type_name }, .def = "memory",
	  .menu = "system logging action",
	  .help = "Where they go." },
	{ .name = "prefix", .rule = { &type_line }, .def = "",
	  .help = "What stands before each line." },
	{ .name = "regex", .rule = { &type_line }, .def = "",
	  .maps = "POSIX extended", .help = "Lines in which this is found." },
	COMMENT_ROW,
};

static void logging_builtin(struct config *c, const struct menu *m)
{
	static const char *const lines[][2] = {
		{ "info", "memory" }, { "error", "memory" },
		{ "warning", "memory" }, { "critical", "echo" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		struct item *item = item_add(c, m, NULL);

		item->builtin = true;
		item_put(c, item, "default", "yes");
		item_put(c, item, "topics", lines[i][0]);
		item_put(c, item, "action", lines[i][1]);
	}
}

/* Can a line of ipsec have all that are not negated? */
static bool of_ipsec(const struct item *item)
{
	static const char own[] = "ipsec,info,error,debug,packet";
	const char *at = item_get(item, "topics");
	char topic[32];

	while (at && list_next(&at, topic, sizeof(topic)))
		if (*topic != '!' && !list_has(own, topic))
			return false;
	return true;
}

static void check_regex(struct config *c, const struct item *item)
{
	const char *text = item_get(item, "regex");
	char why[128];
	regex_t regex;
	int err = regcomp(&regex, text, REG_EXTENDED | REG_NOSUB);

	if (!err) {
		regfree(&regex);
		return;
	}
	regerror(err, &regex, why, sizeof(why));
	item_error(c, item, "regex", "regex=%s: no regular expression: %s",
		   text, why);
}

static void logging_check(struct config *c, const struct item *item)
{
	const struct item *action;
	const char *name = item_get(item, "action"), *target;

	if (item->builtin || item_is(item, "disabled"))
		return;
	if (*item_get(item, "regex"))
		check_regex(c, item);
	if (!of_ipsec(item)) {
		diag_note(c->diag, item->at,
			  "topics=%s: kept for export; only the log of ipsec goes by it",
			  item_get(item, "topics"));
		return;
	}
	action = item_by_name(c, "system logging action", name);
	target = action ? item_get(action, "target") : NULL;
	if (target && strcmp(target, "memory"))
		diag_note(c->diag, item->at,
			  "action=%s: lines go to the journal; forwarding it is the syslog daemon's",
			  name);
}

const struct menu menu_system_logging = {
	.path = "system logging", TABLE_OF(logging_rows),
	.columns = "topics action prefix", .title = "Logging",
	.help = "Which lines of the log go where.",
	.builtin = logging_builtin, .check = logging_check,
};
