// SPDX-License-Identifier: GPL-2.0-only
/*
 * espdev's devices, on `under`, and its family: engines, and the SAs of esp0,
 * spi 0x201 to 192.0.2.2 and spi 0x601 to 2000::1 and 2000::2, all outbound.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>
#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sitelink.h>
#include <linux/sitelink_espdev.h>

#include "../../tools/monitor/family.h"
#include "mutate.h"
#include "nl_fuzz.h"
#include "util.h"

#define WHO		"sitelink-espdev"
#define LO		1
#define NOBODY		0x7fffffff

static struct family family;

static struct field own[MAX_ATTRS] = {
	{ .name = "engine", .type = IFLA_ESPDEV_ENGINE, .len = 192,
	  .n_good = 3, .text = { "auto", "nosuch", "cryptoapi:cbc(aes)" },
	  .n_bad = 1, .bad_text = { "" } },
	{ .name = "cpus", .type = IFLA_ESPDEV_CPUS, .len = 256,
	  .n_good = 3, .text = { "0", "0-0", "0,0" },
	  .n_bad = 3, .bad_text = { "", "0-", "999999" } },
	{ .name = "window", .type = IFLA_ESPDEV_WINDOW, .len = 4,
	  .n_good = 3, .good = { 1, 512, 16384 },
	  .n_bad = 2, .bad = { 0, 16385 } },
};

static struct field outer[MAX_ATTRS] = {
	{ .name = "link", .type = IFLA_LINK, .len = 4, .flags = MUST,
	  .n_good = 1, .n_bad = 2, .bad = { LO, NOBODY } },
};

#define UNKNOWN		{ .name = "unknown", .type = 99, .len = 4,	\
			  .flags = NEVER }
#define SIM		.len = 64, .n_good = 2,				\
			.text = { "sim-88F7040", "sim-MT7621A" }
/* esp0's is filled in */
#define IFINDEX(flag)	{ .name = "ifindex", .type = SITELINK_ESPDEV_A_SA_IFINDEX, \
			  .len = 4, .flags = flag, .n_good = 1, .n_bad = 2, \
			  .bad = { LO, NOBODY } }
#define DIRECTION(flag)	{ .name = "direction", \
			  .type = SITELINK_ESPDEV_A_SA_DIRECTION, .len = 4, \
			  .flags = flag, .n_good = 1, \
			  .good = { SITELINK_ESPDEV_DIRECTION_OUT }, \
			  .n_bad = 2, .bad = { SITELINK_ESPDEV_DIRECTION_IN, 2 } }
#define SPI(flag, spi)	{ .name = "spi", .type = SITELINK_ESPDEV_A_SA_SPI, \
			  .len = 4, .flags = flag, .n_good = 1, \
			  .good = { __builtin_bswap32(spi) }, .n_bad = 2, \
			  .bad = { 0, __builtin_bswap32(0x202) } }
/* of IPv6 the first octet is told */
#define DESTINATION(flag, octets, yes, no) { .name = "destination", \
			  .type = SITELINK_ESPDEV_A_SA_DESTINATION, \
			  .len = octets, .flags = flag, \
			  .n_good = 1, .good = { yes }, \
			  .n_bad = 1, .bad = { no } }

/* What can be asked for. */
static struct door {
	const char *name;
	unsigned char cmd;
	unsigned short flags;
	struct field fields[MAX_ATTRS];
} doors[] = {
	{ "engine-get", SITELINK_ESPDEV_CMD_ENGINE_GET, NLM_F_ACK, {
		{ .name = "name", .type = SITELINK_ESPDEV_A_ENGINE_NAME,
		  .flags = MUST, SIM, .n_bad = 3,
		  .bad_text = { "", "nosuch", "auto" } },
		UNKNOWN,
	} },
	{ "engine-get dump", SITELINK_ESPDEV_CMD_ENGINE_GET, NLM_F_DUMP, {
		{ .name = "name", .type = SITELINK_ESPDEV_A_ENGINE_NAME,
		  .flags = NEVER, SIM },
		UNKNOWN,
	} },
	{ "sa-get IPv4", SITELINK_ESPDEV_CMD_SA_GET, NLM_F_ACK, {
		IFINDEX(MUST), DIRECTION(MUST), SPI(MUST, 0x201),
		DESTINATION(MUST, 4, __builtin_bswap32(0xc0000202),
			    __builtin_bswap32(0xc0000203)),
		UNKNOWN,
	} },
	{ "sa-get IPv6", SITELINK_ESPDEV_CMD_SA_GET, NLM_F_ACK, {
		IFINDEX(MUST), DIRECTION(MUST), SPI(MUST, 0x601),
		DESTINATION(MUST, 16, 0x20, 0xff), UNKNOWN,
	} },
	{ "sa-get dump", SITELINK_ESPDEV_CMD_SA_GET, NLM_F_DUMP, {
		IFINDEX(0), DIRECTION(NEVER), SPI(NEVER, 0x201),
		DESTINATION(NEVER, 4, __builtin_bswap32(0xc0000202), 0),
		UNKNOWN,
	} },
};

enum { N_DOORS = sizeof(doors) / sizeof(*doors) };

static unsigned int index_of(const char *name)
{
	unsigned int i = if_nametoindex(name);

	if (!i)
		die(name);
	return i;
}

void espdev_init(void)
{
	int i;

	if (family_find(genl, SITELINK_ESPDEV_FAMILY_NAME, &family))
		die("family sitelink-espdev");
	outer[0].good[0] = index_of("under");
	for (i = 0; i < N_DOORS; i++)
		if (doors[i].cmd == SITELINK_ESPDEV_CMD_SA_GET)
			doors[i].fields[0].good[0] = index_of("esp0");
}

/* The device's properties as they are; returns their length. */
static size_t snapshot(unsigned char *out)
{
	alignas(NLMSG_ALIGNTO) char buf[256], reply[REPLY_MAX];
	const struct nlattr *tb[IFLA_LINKINFO + 1];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	size_t len = 0;

	nlh->nlmsg_type = RTM_GETLINK;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	mnl_nlmsg_put_extra_header(nlh, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(nlh, IFLA_IFNAME, NAME);
	if (ask(rtnl, nlh, reply, &len))
		return 0;
	family_table((void *)(reply + MNL_ALIGN(sizeof(struct ifinfomsg))),
		     len - MNL_ALIGN(sizeof(struct ifinfomsg)), tb,
		     IFLA_LINKINFO);
	if (!tb[IFLA_LINKINFO])
		return 0;
	memcpy(out, tb[IFLA_LINKINFO], tb[IFLA_LINKINFO]->nla_len);
	return tb[IFLA_LINKINFO]->nla_len;
}

/* A new device, or with @flags 0 the change of one. */
static int link_of(struct message *m, int flags)
{
	struct nlattr *info, *data;
	bool new = flags & NLM_F_CREATE;

	begin_rtnl(m, flags);
	m->target = choose(own, new ? outer : own);
	if (new)
		put_fields(m, outer, true, false);
	info = mnl_attr_nest_start(m->nlh, IFLA_LINKINFO);
	mnl_attr_put_strz(m->nlh, IFLA_INFO_KIND, "espdev");
	data = mnl_attr_nest_start(m->nlh, IFLA_INFO_DATA);
	put_fields(m, own, false, false);
	mnl_attr_nest_end(m->nlh, data);
	mnl_attr_nest_end(m->nlh, info);
	return ask(rtnl, m->nlh, NULL, NULL);
}

void espdev_round(void)
{
	unsigned char before[4096], after[4096];
	size_t before_len;
	struct message m;
	unsigned int i;
	int err;

	err = link_of(&m, NLM_F_CREATE | NLM_F_EXCL);
	count(&m, err);
	if (!err && m.wrong)
		complain("espdev", "new: accepted", &m, 0);
	before_len = snapshot(before);
	if (err) {
		if (before_len)
			complain("espdev", "new: refused, and there", &m, err);
		return;
	}
	for (i = chance(32); i; i--) {
		size_t after_len;

		err = link_of(&m, 0);
		count(&m, err);
		after_len = snapshot(after);
		if (!err && m.wrong)
			complain("espdev", "change: accepted", &m, 0);
		if (err && (before_len != after_len ||
			    memcmp(before, after, after_len)))
			complain("espdev", "change: refused, and made", &m,
				 err);
		memcpy(before, after, after_len);
		before_len = after_len;
	}
	del_link();
}

static void ask_family(struct door *door)
{
	struct message m = { 0 };
	int err;

	m.target = choose(door->fields, door->fields);
	m.nlh = family_msg(m.buf, family.id, door->flags, door->cmd);
	put_fields(&m, door->fields, true, true);
	err = ask(genl, m.nlh, NULL, NULL);
	count(&m, err);
	if (!err && m.wrong)
		complain(WHO, "accepted", &m, 0);
	if (err && !m.wrong)
		complain(WHO, "refused", &m, err);
}

void espdev_family_round(void)
{
	unsigned int i;

	for (i = chance(32); i; i--)
		ask_family(&doors[chance(N_DOORS)]);
}

void espdev_report(void)
{
	int i;

	report("espdev", "rtnl", own);
	report("espdev", "rtnl", outer);
	for (i = 0; i < N_DOORS; i++)
		report(WHO, doors[i].name, doors[i].fields);
}
