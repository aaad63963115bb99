// SPDX-License-Identifier: GPL-2.0-only
/* What a rule does: each action of RouterOS in nft's words. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fw_rule.h"
#include "fw_type.h"
#include "mark.h"
#include "span.h"

/* nft's own limit is 127 */
#define LOG_MAX	90

/**
 * struct action - an action
 * @name: of RouterOS
 * @add: put it in nft's words; NULL: @arg is all
 * @arg: for @add
 * @hooks: as of struct fw_build
 */
struct action {
	const char *name;
	void (*add)(struct fw_build *b, const struct action *a);
	const char *arg;
	const char *hooks;
};

#define ADD(b, ...) buffer_add(&(b)->stmt, __VA_ARGS__)

/* false, said: it must have a value */
static bool needs(struct fw_build *b, const char *prop, const char **value)
{
	*value = fw_value(b, prop);
	if (!*value || !**value)
		fw_wrong(b, "action", "needs %s", prop);
	return *value && **value;
}

static void add_reject(struct fw_build *b, const struct action *a)
{
	static const struct {
		const char *word, *nft;
	} ways[] = {
		{ "icmp-network-unreachable", "icmp type net-unreachable" },
		{ "icmp-host-unreachable", "icmp type host-unreachable" },
		{ "icmp-port-unreachable", "icmp type port-unreachable" },
		{ "icmp-protocol-unreachable", "icmp type prot-unreachable" },
		{ "icmp-net-prohibited", "icmp type net-prohibited" },
		{ "icmp-host-prohibited", "icmp type host-prohibited" },
		{ "icmp-admin-prohibited", "icmp type admin-prohibited" },
		{ "tcp-reset", "tcp reset" },
	};
	const char *way = fw_value(b, "reject-with");
	unsigned int i = 0;

	(void)a;
	if (!strcmp(way, "tcp-reset") && b->proto != IPPROTO_TCP) {
		fw_wrong(b, "reject-with", "needs protocol=tcp");
		return;
	}
	while (strcmp(ways[i].word, way))
		i++;
	ADD(b, " reject with %s", ways[i].nft);
}

static void add_jump(struct fw_build *b, const struct action *a)
{
	const char *target, *menu;

	(void)a;
	if (!needs(b, "jump-target", &target))
		return;
	menu = strrchr(b->item->menu->path, ' ') + 1;
	if (*fw_base_spec(menu, target))
		fw_wrong(b, "jump-target",
			 "packets come there by themselves: name a chain of yours");
	else if (fw_chain_reaches(b, target, b->chain))
		fw_wrong(b, "jump-target", "which jumps to %s: a loop",
			 b->chain);
	else
		ADD(b, " jump %s",
		    fw_chain(b->table, fw_name(b->table->arena, menu, target),
			     "")->name);
}

static void add_to_list(struct fw_build *b, const struct action *a)
{
	const char *list, *time;

	if (!needs(b, "address-list", &list))
		return;
	time = fw_value(b, "address-list-timeout");
	ADD(b, " update @%s { ip %s", fw_name(b->table->arena, "dyn", list),
	    a->arg);
	if (time && time_seconds(time))
		ADD(b, " timeout %llus", time_seconds(time));
	ADD(b, " }");
}

static const char *to_ports(struct fw_build *b)
{
	const char *to = fw_value(b, "to-ports");

	if (to && *to && !fw_has_ports(b->proto))
		fw_wrong(b, "to-ports",
			 "needs a protocol with ports: tcp, udp, sctp, dccp or udp-lite");
	return to && *to ? to : NULL;
}

/* masquerade, redirect */
static void add_here(struct fw_build *b, const struct action *a)
{
	const char *to = to_ports(b);

	ADD(b, " %s", a->arg);
	if (to)
		ADD(b, " to :%s", to);
}

/* snat, dnat */
static void add_there(struct fw_build *b, const struct action *a)
{
	const char *addr = fw_value(b, "to-addresses"), *to = to_ports(b);
	struct span s;

	if ((!addr || !*addr) && !to) {
		fw_wrong(b, "action", "needs to-addresses or to-ports");
		return;
	}
	ADD(b, " %s to ", a->arg);
	if (addr && *addr && span_of_addresses(addr, &s)) {
		char buf[SPAN_TEXT];

		ADD(b, "%s", span_text(&s, buf));
	}
	if (to)
		ADD(b, ":%s", to);
}

/* One prefix for another of that length, host bits as they are */
static void add_netmap(struct fw_build *b, const struct action *a)
{
	bool source = !strcmp(b->chain, "srcnat") || !strcmp(b->chain, "input");
	const char *prop = source ? "src-address" : "dst-address";
	const char *from = fw_value(b, prop), *to = fw_value(b, "to-addresses");
	const char *from_bits = from ? strchr(from, '/') : NULL;
	const char *to_bits = to ? strchr(to, '/') : NULL;

	(void)a;
	b->hooks = source ? "srcnat input" : "dstnat output";
	if (!from_bits || *from == '!' || !to_bits || strcmp(from_bits, to_bits)) {
		fw_wrong(b, "action",
			 "needs %s and to-addresses, prefixes of one length",
			 prop);
		return;
	}
	ADD(b, " %s ip prefix to ip %s map { %s : %s }",
	    source ? "snat" : "dnat", source ? "saddr" : "daddr", from, to);
}

static void add_pass(struct fw_build *b)
{
	const char *pass = fw_value(b, "passthrough");

	if (pass && !strcmp(pass, "no"))
		ADD(b, " accept");
}

static void add_mark(struct fw_build *b, const struct action *a)
{
	const char *name;
	uint32_t mark;

	if (!needs(b, a->arg, &name))
		return;
	mark = fw_mark(b, a->arg, name);
	if (!strcmp(a->arg, "new-connection-mark"))
		ADD(b, " ct mark set %#x", mark);
	else if (!strcmp(a->arg, "new-packet-mark"))
		ADD(b, " meta mark set meta mark and %#x xor %#x", MARK_ROUTING,
		    mark);
	else
		ADD(b, " meta mark set meta mark and %#x xor %#x", MARK_PACKET,
		    mark);
	add_pass(b);
}

static void add_mss(struct fw_build *b, const struct action *a)
{
	const char *mss;

	(void)a;
	if (!needs(b, "new-mss", &mss))
		return;
	if (b->proto != IPPROTO_TCP) {
		fw_wrong(b, "action", "needs protocol=tcp");
		return;
	}
	if (!strcmp(mss, "clamp-to-pmtu")) {
		/* elsewhere the path is not known */
		b->hooks = "forward output postrouting";
		mss = "rt mtu";
	}
	ADD(b, " tcp option maxseg size set %s", mss);
	add_pass(b);
}

static void add_field(struct fw_build *b, const struct action *a)
{
	const char *value, *colon;

	if (!needs(b, a->arg, &value))
		return;
	colon = strchr(value, ':');
	ADD(b, " ip %s set %s", a->arg + strlen("new-"),
	    colon ? colon + 1 : value);
	add_pass(b);
}

static void add_fasttrack(struct fw_build *b, const struct action *a)
{
	(void)a;
	b->table->flow = true;
	/* in the table a flow would meet no policy, and so come in clear */
	ADD(b, " rt ipsec missing meta ipsec missing flow add @%s",
	    FW_FLOWTABLE);
}

static void refuse(struct fw_build *b, const struct action *a)
{
	fw_wrong(b, "action", "%s", a->arg);
}

static const struct action actions[] = {
	{ "accept", NULL, " accept", NULL },
	{ "drop", NULL, " drop", NULL },
	{ "return", NULL, " return", NULL },
	{ "log", NULL, "", NULL },
	{ "passthrough", NULL, "", NULL },
	{ "jump", add_jump, NULL, NULL },
	{ "reject", add_reject, NULL, NULL },
	{ "fasttrack-connection", add_fasttrack, NULL, "forward" },
	{ "add-src-to-address-list", add_to_list, "saddr", NULL },
	{ "add-dst-to-address-list", add_to_list, "daddr", NULL },
	{ "notrack", NULL, " notrack", NULL },
	{ "masquerade", add_here, "masquerade", "srcnat" },
	{ "redirect", add_here, "redirect", "dstnat output" },
	{ "src-nat", add_there, "snat", "srcnat input" },
	{ "dst-nat", add_there, "dnat", "dstnat output" },
	{ "netmap", add_netmap, NULL, NULL },
	{ "mark-connection", add_mark, "new-connection-mark", NULL },
	{ "mark-packet", add_mark, "new-packet-mark", NULL },
	{ "mark-routing", add_mark, "new-routing-mark", "prerouting output" },
	{ "change-mss", add_mss, NULL, NULL },
	{ "change-dscp", add_field, "new-dscp", NULL },
	{ "change-ttl", add_field, "new-ttl", NULL },
	{ "tarpit", refuse, "not supported by nftables: drop is", NULL },
	{ "same", refuse, "not supported: src-nat with a range is", NULL },
	{ "endpoint-independent-nat", refuse, "not supported by Linux", NULL },
	{ "clear-df", refuse, "not supported by nftables", NULL },
	{ "set-priority", refuse, "not supported: change-dscp is", NULL },
	{ "strip-ipv4-options", refuse, "not supported by nftables", NULL },
	{ "sniff-tzsp", refuse, "not supported by Linux", NULL },
	{ "sniff-pc", refuse, "not supported by Linux", NULL },
	{ "route", refuse, "not supported: mark-routing and a table are", NULL },
};

static const struct action *find(const char *name)
{
	const struct action *a = actions;

	while (strcmp(a->name, name))
		a++;
	return a;
}

/* As RouterOS logs them: "PREFIX CHAIN: " */
static void add_log(struct fw_build *b)
{
	const char *prefix = fw_value(b, "log-prefix");
	const char *log = fw_value(b, "log");

	if (strcmp(fw_value(b, "action"), "log") &&
	    (!log || strcmp(log, "yes")))
		return;
	ADD(b, " log prefix \"%s%s%.30s: \"",
	    fw_quotable(b->stmt.arena, prefix ? prefix : "", LOG_MAX),
	    prefix && *prefix ? " " : "",
	    fw_quotable(b->stmt.arena, b->chain, 30));
}

void fw_action(struct fw_build *b)
{
	const struct action *a = find(fw_value(b, "action"));

	b->hooks = a->hooks;
	add_log(b);
	if (a->add)
		a->add(b, a);
	else
		ADD(b, "%s", a->arg);
}
