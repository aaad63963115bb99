// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print what happens to the tunnels of this network namespace, to the engines of
 * espdev and to its SAs, a line each, until SIGINT, SIGTERM or the end of the
 * modules that tell.
 *
 *	add tun0 3 eoip running
 *	down tun0 3 eoip keepalive
 *	engine-fail sim
 *	sa-engine esp0 4 out 0x00000201 192.0.2.2 cryptoapi
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
#include <linux/sitelink_espdev.h>

#include "family.h"
#include "line.h"

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

static void put_state(struct json_object *line, const struct nlattr **tb)
{
	struct json_object *list = json_object_new_array();
	bool running = mnl_attr_get_u8(tb[SITELINK_A_TUNNEL_RUNNING]);
	uint32_t down = mnl_attr_get_u32(tb[SITELINK_A_TUNNEL_DOWN_REASONS]);
	size_t i;

	line_put(line, "running", json_object_new_boolean(running),
		 running ? "running" : NULL);
	for (i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (!(down & 1 << i))
			continue;
		json_object_array_add(list, json_object_new_string(reasons[i]));
		if (!line_json)
			printf(" %s", reasons[i]);
	}
	line_put(line, "down-reasons", list, NULL);
}

static int event(const struct nlmsghdr *nlh, void *data)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[SITELINK_A_TUNNEL_MAX + 1];
	struct json_object *line;
	const char *name;

	(void)data;
	family_table(mnl_nlmsg_get_payload_offset(nlh, GENL_HDRLEN),
		     mnl_nlmsg_get_payload_len(nlh) - GENL_HDRLEN, tb,
		     SITELINK_A_TUNNEL_MAX);
	name = event_name(genl->cmd, tb[SITELINK_A_TUNNEL_RUNNING] &&
			  mnl_attr_get_u8(tb[SITELINK_A_TUNNEL_RUNNING]));
	if (!name || !tb[SITELINK_A_TUNNEL_IFNAME] ||
	    !tb[SITELINK_A_TUNNEL_IFINDEX] || !tb[SITELINK_A_TUNNEL_KIND])
		return MNL_CB_OK;
	line = line_begin(name);
	line_device(line, tb[SITELINK_A_TUNNEL_IFNAME],
		    tb[SITELINK_A_TUNNEL_IFINDEX]);
	line_string(line, "kind", tb[SITELINK_A_TUNNEL_KIND]);
	if (tb[SITELINK_A_TUNNEL_RUNNING] && tb[SITELINK_A_TUNNEL_DOWN_REASONS])
		put_state(line, tb);
	line_end(line);
	return MNL_CB_OK;
}

static struct source {
	const char *name;
	int (*event)(const struct nlmsghdr *nlh, void *data);
	struct family family;
} sources[] = {
	{ .name = SITELINK_FAMILY_NAME, .event = event },
	{ .name = SITELINK_ESPDEV_FAMILY_NAME, .event = espdev_event },
};

#define SOURCES_END	(sources + sizeof(sources) / sizeof(*sources))

static struct mnl_socket *nl;

static bool join(unsigned int group)
{
	return !mnl_socket_setsockopt(nl, NETLINK_ADD_MEMBERSHIP, &group,
				      sizeof(group));
}

static bool any_source(void)
{
	const struct source *s;

	for (s = sources; s < SOURCES_END; s++)
		if (s->family.id)
			return true;
	return false;
}

/* A module has come or gone. */
static void controller(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	struct source *s;

	for (s = sources; s < SOURCES_END; s++) {
		if (strcmp(family_named(nlh), s->name))
			continue;
		if (genl->cmd == CTRL_CMD_DELFAMILY) {
			s->family.id = 0;
		} else if (genl->cmd == CTRL_CMD_NEWFAMILY) {
			family_read(nlh, &s->family);
			if (!join(s->family.monitor))
				s->family.id = 0;
		}
	}
}

static int message(const struct nlmsghdr *nlh, void *data)
{
	const struct source *s;

	if (nlh->nlmsg_type == GENL_ID_CTRL)
		controller(nlh);
	for (s = sources; s < SOURCES_END; s++)
		if (nlh->nlmsg_type == s->family.id)
			return s->event(nlh, data);
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

static struct mnl_socket *open_socket(void)
{
	struct mnl_socket *sock = mnl_socket_open(NETLINK_GENERIC);

	if (sock && mnl_socket_bind(sock, 0, MNL_SOCKET_AUTOPID) < 0)
		return NULL;
	return sock;
}

/* Those of the modules that are loaded and that tell us. */
static int join_all(void)
{
	struct mnl_socket *ask = open_socket();
	struct source *s;
	int err = ENOENT;

	/* first, to miss no module that comes or goes; its group is its id */
	if (!ask || !join(GENL_ID_CTRL))
		return fail("the controller");
	for (s = sources; s < SOURCES_END; s++) {
		if (family_find(ask, s->name, &s->family) < 0)
			continue;
		if (join(s->family.monitor))
			continue;
		err = errno;
		s->family.id = 0;
		fail(s->name);
	}
	mnl_socket_close(ask);
	if (any_source())
		return 0;
	errno = err;
	return fail("no family to listen to (is a module loaded?)");
}

int main(int argc, char **argv)
{
	alignas(NLMSG_ALIGNTO) char buf[16384];

	line_json = argc == 2 && !strcmp(argv[1], "-j");
	if (argc > 1 && !line_json) {
		fprintf(stderr, "usage: sitelink-monitor [-j]\n");
		return 2;
	}
	signal(SIGINT, quit);
	signal(SIGTERM, quit);
	setvbuf(stdout, NULL, _IOLBF, 0);
	nl = open_socket();
	if (!nl)
		return fail("netlink");
	if (join_all())
		return 1;
	fprintf(stderr, "sitelink-monitor: listening\n");
	while (any_source()) {
		ssize_t n = mnl_socket_recvfrom(nl, buf, sizeof(buf));

		if (n > 0)
			mnl_cb_run(buf, n, 0, 0, message, NULL);
		else if (errno == ENOBUFS)
			puts(line_json ? "{\"event\":\"lost\"}" : "lost");
		else
			return fail("receive");
	}
	fprintf(stderr, "sitelink-monitor: no module is left that tells\n");
	return 1;
}
