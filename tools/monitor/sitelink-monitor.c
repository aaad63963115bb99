// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print what happens to the tunnels of this network namespace, a line each,
 * until SIGINT or SIGTERM.
 *
 *	add tun0 3 eoip running
 *	down tun0 3 eoip keepalive
 *
 * With -j: {"event":"down","ifname":"tun0","ifindex":3,"kind":"eoip",
 * "running":false,"down-reasons":["keepalive"]}
 */
#include <errno.h>
#include <json-c/json.h>
#include <signal.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <linux/sitelink.h>

#include "family.h"

static bool as_json;

static const char *const reasons[] = {
	[SITELINK_DOWN_DISABLED] = "disabled",
	[SITELINK_DOWN_KEEPALIVE] = "keepalive",
	[SITELINK_DOWN_LOOP_PROTECT] = "loop-protect",
};

static const char *event_name(uint8_t cmd, bool running)
{
	switch (cmd) {
	case SITELINK_CMD_TUNNEL_ADD_NTF:
		return "add";
	case SITELINK_CMD_TUNNEL_CHANGE_NTF:
		return "change";
	case SITELINK_CMD_TUNNEL_DEL_NTF:
		return "del";
	case SITELINK_CMD_RUNNING_NTF:
		return running ? "up" : "down";
	case SITELINK_CMD_LOOP_NTF:
		return "loop";
	default:
		return NULL;
	}
}

/* Add a member and, where people read, a word. */
static void put(struct json_object *line, const char *name,
		struct json_object *value, const char *word)
{
	json_object_object_add(line, name, value);
	if (!as_json && word)
		printf(" %s", word);
}

static void put_state(struct json_object *line, const struct nlattr **tb)
{
	struct json_object *list = json_object_new_array();
	bool running = mnl_attr_get_u8(tb[SITELINK_A_TUNNEL_RUNNING]);
	uint32_t down = mnl_attr_get_u32(tb[SITELINK_A_TUNNEL_DOWN_REASONS]);
	size_t i;

	put(line, "running", json_object_new_boolean(running),
	    running ? "running" : NULL);
	for (i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (!(down & 1 << i))
			continue;
		json_object_array_add(list, json_object_new_string(reasons[i]));
		if (!as_json)
			printf(" %s", reasons[i]);
	}
	put(line, "down-reasons", list, NULL);
}

static int event(const struct nlmsghdr *nlh, void *data)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[SITELINK_A_TUNNEL_MAX + 1];
	const char *name, *ifname, *kind;
	struct json_object *line;
	char index[16];

	(void)data;
	family_table(mnl_nlmsg_get_payload_offset(nlh, GENL_HDRLEN),
		     mnl_nlmsg_get_payload_len(nlh) - GENL_HDRLEN, tb,
		     SITELINK_A_TUNNEL_MAX);
	name = event_name(genl->cmd, tb[SITELINK_A_TUNNEL_RUNNING] &&
			  mnl_attr_get_u8(tb[SITELINK_A_TUNNEL_RUNNING]));
	if (!name || !tb[SITELINK_A_TUNNEL_IFNAME] ||
	    !tb[SITELINK_A_TUNNEL_IFINDEX] || !tb[SITELINK_A_TUNNEL_KIND])
		return MNL_CB_OK;
	ifname = mnl_attr_get_str(tb[SITELINK_A_TUNNEL_IFNAME]);
	kind = mnl_attr_get_str(tb[SITELINK_A_TUNNEL_KIND]);
	snprintf(index, sizeof(index), "%u",
		 mnl_attr_get_u32(tb[SITELINK_A_TUNNEL_IFINDEX]));
	line = json_object_new_object();
	if (!as_json)
		printf("%s", name);
	put(line, "event", json_object_new_string(name), NULL);
	put(line, "ifname", json_object_new_string(ifname), ifname);
	put(line, "ifindex", json_object_new_int(atoi(index)), index);
	put(line, "kind", json_object_new_string(kind), kind);
	if (tb[SITELINK_A_TUNNEL_RUNNING] && tb[SITELINK_A_TUNNEL_DOWN_REASONS])
		put_state(line, tb);
	puts(as_json ? json_object_to_json_string_ext(line,
						      JSON_C_TO_STRING_PLAIN) :
		       "");
	json_object_put(line);
	return MNL_CB_OK;
}

static void quit(int sig)
{
	(void)sig;
	/* all lines are out */
	_exit(0);
}

static int fail(const char *what)
{
	fprintf(stderr, "sitelink-monitor: %s: %s\n", what, strerror(errno));
	return 1;
}

int main(int argc, char **argv)
{
	alignas(NLMSG_ALIGNTO) char buf[16384];
	struct mnl_socket *nl;
	struct family family;

	as_json = argc == 2 && !strcmp(argv[1], "-j");
	if (argc > 1 && !as_json) {
		fprintf(stderr, "usage: sitelink-monitor [-j]\n");
		return 2;
	}
	signal(SIGINT, quit);
	signal(SIGTERM, quit);
	setvbuf(stdout, NULL, _IOLBF, 0);
	nl = mnl_socket_open(NETLINK_GENERIC);
	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0)
		return fail("netlink");
	if (family_find(nl, &family) < 0)
		return fail("family sitelink (is the module loaded?)");
	if (mnl_socket_setsockopt(nl, NETLINK_ADD_MEMBERSHIP, &family.monitor,
				  sizeof(family.monitor)) < 0)
		return fail("group monitor");
	fprintf(stderr, "sitelink-monitor: listening\n");
	for (;;) {
		ssize_t n = mnl_socket_recvfrom(nl, buf, sizeof(buf));

		if (n > 0)
			mnl_cb_run(buf, n, 0, 0, event, NULL);
		else if (errno == ENOBUFS)
			puts(as_json ? "{\"event\":\"lost\"}" : "lost");
		else
			return fail("receive");
	}
}
