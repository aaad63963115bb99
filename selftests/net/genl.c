// SPDX-License-Identifier: GPL-2.0-only
/*
 * Speak the generic netlink family sitelink, correctly or not.
 *
 *	genl get [IFNAME]	attributes as "name value" lines; all: a dump
 *	genl [get|set|dump] ATTR...	a request; prints "ok" or "ERRNO: sentence"
 *	genl slow COMMAND ATTR	a dump, COMMAND runs once its first part is read
 *
 * ATTR is name=value of the spec, properties inside their nest by themselves,
 * or #TYPE=HEX, at the top, and p#TYPE=HEX, among the properties.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>
#include <linux/sitelink.h>

#include "../../tools/monitor/family.h"
#include "util.h"

enum format { U8 = 1, U32, U64, STRING, IPV4, IPV6, NEST };

/* One of the family; all tables are as long as the longest. */
struct attr {
	const char *name;
	enum format format;
	const struct attr *nest;
};

static const struct attr properties[SITELINK_A_TUNNEL_MAX + 1] = {
	[IFLA_SITELINK_KEEPALIVE_INTERVAL] = { "keepalive-interval", U32, 0 },
	[IFLA_SITELINK_KEEPALIVE_RETRIES] = { "keepalive-retries", U32, 0 },
	[IFLA_SITELINK_CLAMP_TCP_MSS] = { "clamp-tcp-mss", U8, 0 },
	[IFLA_SITELINK_DONT_FRAGMENT] = { "dont-fragment", U8, 0 },
	[IFLA_SITELINK_DSCP] = { "dscp", U8, 0 },
	[IFLA_SITELINK_ALLOW_FAST_PATH] = { "allow-fast-path", U8, 0 },
	[IFLA_SITELINK_LOOP_PROTECT] = { "loop-protect", U8, 0 },
	[IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL] = {
		"loop-protect-send-interval", U32, 0 },
	[IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME] = {
		"loop-protect-disable-time", U32, 0 },
	[IFLA_SITELINK_LOOP_PROTECT_STATUS] = { "loop-protect-status", U8, 0 },
	[IFLA_SITELINK_MTU_AUTO] = { "mtu-auto", U8, 0 },
};

static const struct attr keepalive[SITELINK_A_TUNNEL_MAX + 1] = {
	[SITELINK_A_KEEPALIVE_LAST_SEEN] = { "last-seen", U64, 0 },
	[SITELINK_A_KEEPALIVE_MISSED] = { "missed", U32, 0 },
};

static const struct attr tunnel[SITELINK_A_TUNNEL_MAX + 1] = {
	[SITELINK_A_TUNNEL_IFINDEX] = { "ifindex", U32, 0 },
	[SITELINK_A_TUNNEL_IFNAME] = { "ifname", STRING, 0 },
	[SITELINK_A_TUNNEL_LOCAL] = { "local", IPV4, 0 },
	[SITELINK_A_TUNNEL_REMOTE] = { "remote", IPV4, 0 },
	[SITELINK_A_TUNNEL_LOCAL6] = { "local6", IPV6, 0 },
	[SITELINK_A_TUNNEL_REMOTE6] = { "remote6", IPV6, 0 },
	[SITELINK_A_TUNNEL_TUNNEL_ID] = { "tunnel-id", U32, 0 },
	[SITELINK_A_TUNNEL_TTL] = { "ttl", U8, 0 },
	[SITELINK_A_TUNNEL_MTU] = { "mtu", U32, 0 },
	[SITELINK_A_TUNNEL_PROPERTIES] = { "properties", NEST, properties },
	[SITELINK_A_TUNNEL_KIND] = { "kind", STRING, 0 },
	[SITELINK_A_TUNNEL_ACTUAL_MTU] = { "actual-mtu", U32, 0 },
	[SITELINK_A_TUNNEL_MTU_REASON] = { "mtu-reason", U32, 0 },
	[SITELINK_A_TUNNEL_RUNNING] = { "running", U8, 0 },
	[SITELINK_A_TUNNEL_DOWN_REASONS] = { "down-reasons", U32, 0 },
	[SITELINK_A_TUNNEL_RUNNING_SINCE] = { "running-since", U64, 0 },
	[SITELINK_A_TUNNEL_FAST_PATH_ACTIVE] = { "fast-path-active", U8, 0 },
	[SITELINK_A_TUNNEL_KEEPALIVE] = { "keepalive", NEST, keepalive },
};

/* Read. */

static void print_attr(const struct attr *set, const struct nlattr *a)
{
	unsigned int type = mnl_attr_get_type(a);
	const struct nlattr *inner;
	char text[INET6_ADDRSTRLEN];

	/* counters are the ynl cli's and ethtool's business */
	if (type > SITELINK_A_TUNNEL_MAX || !set[type].format)
		return;
	if (set[type].format != NEST)
		printf("%s ", set[type].name);
	switch (set[type].format) {
	case U8:
		printf("%u\n", mnl_attr_get_u8(a));
		break;
	case U32:
		printf("%u\n", mnl_attr_get_u32(a));
		break;
	case U64:
		printf("%llu\n", (unsigned long long)mnl_attr_get_u64(a));
		break;
	case STRING:
		printf("%s\n", mnl_attr_get_str(a));
		break;
	case IPV4:
	case IPV6:
		puts(inet_ntop(set[type].format == IPV4 ? AF_INET : AF_INET6,
			       mnl_attr_get_payload(a), text, sizeof(text)));
		break;
	case NEST:
		mnl_attr_for_each_nested(inner, a) {
			print_attr(set[type].nest, inner);
		}
		break;
	}
}

static bool interrupted;

static int print_message(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;

	(void)data;
	interrupted |= nlh->nlmsg_flags & NLM_F_DUMP_INTR;
	mnl_attr_for_each(attr, nlh, GENL_HDRLEN) {
		print_attr(tunnel, attr);
	}
	return MNL_CB_OK;
}

/* Write. */

static unsigned int find(const struct attr *set, const char *name, size_t len)
{
	unsigned int n;

	for (n = SITELINK_A_TUNNEL_MAX; n; n--)
		if (set[n].name && strlen(set[n].name) == len &&
		    !memcmp(set[n].name, name, len))
			break;
	return n;
}

static void put_hex(struct nlmsghdr *nlh, const char *text)
{
	unsigned char value[256];
	unsigned int type, n;
	size_t len = 0;
	int used;

	if (sscanf(text, "%u=%n", &type, &used) != 1)
		die(text);
	for (text += used; sscanf(text, "%2x", &n) == 1; text += 2)
		value[len++] = n;
	mnl_attr_put(nlh, type, len, value);
}

static void put_value(struct nlmsghdr *nlh, unsigned int type,
		      enum format format, const char *value)
{
	unsigned char addr[16];

	switch (format) {
	case U8:
		mnl_attr_put_u8(nlh, type, strtoul(value, NULL, 0));
		break;
	case STRING:
		mnl_attr_put_strz(nlh, type, value);
		break;
	case IPV4:
		inet_pton(AF_INET, value, addr);
		mnl_attr_put(nlh, type, 4, addr);
		break;
	case IPV6:
		inet_pton(AF_INET6, value, addr);
		mnl_attr_put(nlh, type, 16, addr);
		break;
	default:
		mnl_attr_put_u32(nlh, type, strtoul(value, NULL, 0));
	}
}

/* Those of @set among @args, and raw ones that begin with @raw. */
static void put_attrs(struct nlmsghdr *nlh, const struct attr *set,
		      const char *raw, char **args)
{
	for (; *args; args++) {
		size_t len = strcspn(*args, "=");
		unsigned int type = find(set, *args, len);

		if (type)
			put_value(nlh, type, set[type].format,
				  *args + len + 1);
		else if (!strncmp(*args, raw, strlen(raw)))
			put_hex(nlh, *args + strlen(raw));
	}
}

static bool any_property(char **args)
{
	for (; *args; args++)
		if (**args == 'p' ||
		    find(properties, *args, strcspn(*args, "=")))
			return true;
	return false;
}

/* The kernel's sentence, behind the request that it quotes. */
static void print_error(const struct nlmsghdr *nlh, int err)
{
	size_t off = nlh->nlmsg_type == NLMSG_DONE ? sizeof(int) :
						     sizeof(struct nlmsgerr);
	const char *msg = "";

	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS) {
		const struct nlattr *attr;

		mnl_attr_for_each(attr, nlh, off) {
			if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
				msg = mnl_attr_get_str(attr);
		}
	}
	printf("%s: %s\n", strerrorname_np(-err), msg);
}

/* Returns what the kernel says, 0 or a negative error. */
static int answers(struct mnl_socket *nl, const char *between)
{
	alignas(NLMSG_ALIGNTO) char buf[65536];
	struct nlmsghdr *nlh;
	int len;

	for (;;) {
		len = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (len < 0)
			die("receive");
		for (nlh = (void *)buf; mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len)) {
			int err;

			if (nlh->nlmsg_type != NLMSG_ERROR &&
			    nlh->nlmsg_type != NLMSG_DONE) {
				print_message(nlh, NULL);
				continue;
			}
			interrupted |= nlh->nlmsg_flags & NLM_F_DUMP_INTR;
			err = *(int *)mnl_nlmsg_get_payload(nlh);
			if (err)
				print_error(nlh, err);
			return err;
		}
		if (between && system(between))
			die(between);
		between = NULL;
	}
}

int main(int argc, char **argv)
{
	alignas(NLMSG_ALIGNTO) char buf[4096];
	char **attrs = argv + (argc > 2 ? 2 : argc);
	const char *what = argc > 1 ? argv[1] : "";
	bool set = !strcmp(what, "set"), slow = !strcmp(what, "slow");
	bool get = !strcmp(what, "get");
	struct family family;
	struct mnl_socket *nl;
	struct nlmsghdr *nlh;
	int on = 1, err;

	nl = mnl_socket_open(NETLINK_GENERIC);
	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) ||
	    family_find(nl, &family))
		die("family sitelink");
	mnl_socket_setsockopt(nl, NETLINK_EXT_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(nl, NETLINK_CAP_ACK, &on, sizeof(on));
	nlh = family_msg(buf, family.id, set || get ? NLM_F_ACK : NLM_F_DUMP,
			 set ? SITELINK_CMD_TUNNEL_SET :
			       SITELINK_CMD_TUNNEL_GET);
	attrs += slow;
	if (get && *attrs && !strchr(*attrs, '='))
		mnl_attr_put_strz(nlh, SITELINK_A_TUNNEL_IFNAME, *attrs++);
	put_attrs(nlh, tunnel, "#", attrs);
	if (any_property(attrs)) {
		struct nlattr *nest;

		nest = mnl_attr_nest_start(nlh, SITELINK_A_TUNNEL_PROPERTIES);
		put_attrs(nlh, properties, "p#", attrs);
		mnl_attr_nest_end(nlh, nest);
	}
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		die("send");
	err = answers(nl, slow ? argv[2] : NULL);
	if (!err && set)
		puts("ok");
	if (interrupted)
		puts("interrupted");
	return err ? 1 : 0;
}
