// SPDX-License-Identifier: GPL-2.0-only
/*
 * Speak the generic netlink families sitelink and sitelink-espdev, correctly or
 * not.
 *
 *	genl get [IFNAME]	attributes as "name value" lines; all: a dump
 *	genl [get|set|dump] ATTR...	a request; prints "ok" or "ERRNO: sentence"
 *	genl slow COMMAND ATTR	a dump, COMMAND runs once its first part is read
 *
 * of sitelink-espdev:
 *
 *	genl [engine|sa] ATTR...	an engine, an SA
 *	genl [engines|sas] ATTR...	a dump
 *	genl slow-sas COMMAND ATTR...	as slow
 *
 * ATTR is name=value of the spec, properties inside their nest by themselves,
 * or #TYPE=HEX, at the top, and p#TYPE=HEX, among the properties.
 * With SITELINK_RAW=FILE all that the kernel answers is written there.
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

#include "../../tools/monitor/family.h"
#include "genl_attrs.h"
#include "util.h"

/* What can be asked for. */
static const struct door {
	const char *word;
	const char *family;
	const struct attr *attrs;
	unsigned short flags;
	unsigned char cmd;
	bool slow;
} doors[] = {
#define SITELINK(word, flags, cmd, slow) { word, SITELINK_FAMILY_NAME,	\
	tunnel, flags, SITELINK_CMD_TUNNEL_##cmd, slow }
	SITELINK("get", NLM_F_ACK, GET, false),
	SITELINK("set", NLM_F_ACK, SET, false),
	SITELINK("dump", NLM_F_DUMP, GET, false),
	SITELINK("slow", NLM_F_DUMP, GET, true),
#define ESPDEV(word, attrs, flags, cmd, slow) { word,			\
	SITELINK_ESPDEV_FAMILY_NAME, attrs, flags,			\
	SITELINK_ESPDEV_CMD_##cmd##_GET, slow }
	ESPDEV("engine", engine, NLM_F_ACK, ENGINE, false),
	ESPDEV("engines", engine, NLM_F_DUMP, ENGINE, false),
	ESPDEV("sa", sa, NLM_F_ACK, SA, false),
	ESPDEV("sas", sa, NLM_F_DUMP, SA, false),
	ESPDEV("slow-sas", sa, NLM_F_DUMP, SA, true),
};

static const struct door *door;

/* Read. */

static void print_attr(const struct attr *set, const struct nlattr *a)
{
	unsigned int type = mnl_attr_get_type(a);
	const struct nlattr *inner;
	char text[INET6_ADDRSTRLEN];

	/* counters are the ynl cli's and ethtool's business */
	if (type > MAX_ATTR || !set[type].format)
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
	case S32:
		printf("%d\n", (int)mnl_attr_get_u32(a));
		break;
	case BE32:
		printf("0x%08x\n", ntohl(mnl_attr_get_u32(a)));
		break;
	case U64:
		printf("%llu\n", (unsigned long long)mnl_attr_get_u64(a));
		break;
	case STRING:
		printf("%s\n", mnl_attr_get_str(a));
		break;
	case IPV4:
	case IPV6:
	case ADDRESS:
		puts(inet_ntop(mnl_attr_get_payload_len(a) == 4 ? AF_INET :
								  AF_INET6,
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
		print_attr(door->attrs, attr);
	}
	return MNL_CB_OK;
}

/* Write. */

static unsigned int find(const struct attr *set, const char *name, size_t len)
{
	unsigned int n;

	for (n = MAX_ATTR; n; n--)
		if (set[n].name && strlen(set[n].name) == len &&
		    !memcmp(set[n].name, name, len))
			break;
	return n;
}

static void put_hex(struct nlmsghdr *nlh, const char *text)
{
	unsigned char value[256];
	unsigned int type;
	char *end;

	type = strtoul(text, &end, 10);
	if (*end != '=')
		refuse(text, "TYPE=HEX");
	mnl_attr_put(nlh, type, unhex(end + 1, value, sizeof(value)), value);
}

static void put_value(struct nlmsghdr *nlh, unsigned int type,
		      enum format format, const char *value)
{
	unsigned char addr[16];
	int af;

	switch (format) {
	case U8:
		mnl_attr_put_u8(nlh, type, strtoul(value, NULL, 0));
		break;
	case STRING:
		mnl_attr_put_strz(nlh, type, value);
		break;
	case IPV4:
	case IPV6:
	case ADDRESS:
		af = format == IPV6 || (format == ADDRESS &&
					strchr(value, ':')) ? AF_INET6 :
							      AF_INET;
		if (inet_pton(af, value, addr) != 1)
			refuse(value, "address");
		mnl_attr_put(nlh, type, af == AF_INET ? 4 : 16, addr);
		break;
	case BE32:
		mnl_attr_put_u32(nlh, type, htonl(strtoul(value, NULL, 0)));
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

/*
 * Are there any for the nest? A word that nobody knows must not become a request
 * without it, which the kernel would grant.
 */
static bool any_property(char **args)
{
	bool any = false;

	for (; *args; args++) {
		size_t len = strcspn(*args, "=");
		bool inner = door->attrs == tunnel &&
			     (!strncmp(*args, "p#", 2) ||
			      find(properties, *args, len));

		if (!(*args)[len] ||
		    (!inner && **args != '#' && !find(door->attrs, *args, len)))
			refuse(*args, "ATTR=VALUE");
		any |= inner;
	}
	return any;
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

/* For tests that look for what must never be in it. */
static void keep(const void *buf, size_t len)
{
	const char *name = getenv("SITELINK_RAW");
	FILE *file;

	if (!name)
		return;
	file = fopen(name, "a");
	if (!file || fwrite(buf, len, 1, file) != 1 || fclose(file))
		die(name);
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
		keep(buf, len);
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

static const struct door *find_door(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(doors) / sizeof(*doors); i++)
		if (!strcmp(doors[i].word, word))
			return doors + i;
	refuse(word, "request");
}

int main(int argc, char **argv)
{
	alignas(NLMSG_ALIGNTO) char buf[4096];
	char **attrs = argv + (argc > 2 ? 2 : argc);
	struct family family;
	struct mnl_socket *nl;
	struct nlmsghdr *nlh;
	int on = 1, err;
	bool inner;

	door = find_door(argc > 1 ? argv[1] : "");
	nl = mnl_socket_open(NETLINK_GENERIC);
	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) ||
	    family_find(nl, door->family, &family))
		die(door->family);
	mnl_socket_setsockopt(nl, NETLINK_EXT_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(nl, NETLINK_CAP_ACK, &on, sizeof(on));
	nlh = family_msg(buf, family.id, door->flags, door->cmd);
	attrs += door->slow;
	if (!strcmp(door->word, "get") && *attrs && !strchr(*attrs, '='))
		mnl_attr_put_strz(nlh, SITELINK_A_TUNNEL_IFNAME, *attrs++);
	inner = any_property(attrs);
	put_attrs(nlh, door->attrs, "#", attrs);
	if (inner) {
		struct nlattr *nest;

		nest = mnl_attr_nest_start(nlh, SITELINK_A_TUNNEL_PROPERTIES);
		put_attrs(nlh, properties, "p#", attrs);
		mnl_attr_nest_end(nlh, nest);
	}
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		die("send");
	err = answers(nl, door->slow ? argv[2] : NULL);
	if (!err && !strcmp(door->word, "set"))
		puts("ok");
	if (interrupted)
		puts("interrupted");
	return err ? 1 : 0;
}
