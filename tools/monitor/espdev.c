// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens to the engines of espdev, and to its SAs.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <linux/genetlink.h>
#include <linux/sitelink_espdev.h>

#include "family.h"
#include "line.h"

static const char *const names[SITELINK_ESPDEV_CMD_MAX + 1] = {
	[SITELINK_ESPDEV_CMD_ENGINE_ADD_NTF] = "engine-add",
	[SITELINK_ESPDEV_CMD_ENGINE_DEL_NTF] = "engine-del",
	[SITELINK_ESPDEV_CMD_ENGINE_FAIL_NTF] = "engine-fail",
	[SITELINK_ESPDEV_CMD_ENGINE_RESET_NTF] = "engine-reset",
	[SITELINK_ESPDEV_CMD_SA_ENGINE_NTF] = "sa-engine",
};

static void print_engine(const char *event, const struct nlattr **tb)
{
	struct json_object *line;

	if (!tb[SITELINK_ESPDEV_A_ENGINE_NAME])
		return;
	line = line_begin(event);
	line_string(line, "engine", tb[SITELINK_ESPDEV_A_ENGINE_NAME]);
	line_end(line);
}

static void put_address(struct json_object *line, const struct nlattr *attr)
{
	char text[INET6_ADDRSTRLEN] = "";

	inet_ntop(mnl_attr_get_payload_len(attr) == 4 ? AF_INET : AF_INET6,
		  mnl_attr_get_payload(attr), text, sizeof(text));
	line_put(line, "destination", json_object_new_string(text), text);
}

static void print_sa(const char *event, const struct nlattr **tb)
{
	struct json_object *line;
	const char *direction;
	char spi[16];

	if (!tb[SITELINK_ESPDEV_A_SA_IFNAME] ||
	    !tb[SITELINK_ESPDEV_A_SA_IFINDEX] ||
	    !tb[SITELINK_ESPDEV_A_SA_DIRECTION] ||
	    !tb[SITELINK_ESPDEV_A_SA_SPI] ||
	    !tb[SITELINK_ESPDEV_A_SA_DESTINATION])
		return;
	direction = mnl_attr_get_u32(tb[SITELINK_ESPDEV_A_SA_DIRECTION]) ==
		    SITELINK_ESPDEV_DIRECTION_IN ? "in" : "out";
	snprintf(spi, sizeof(spi), "0x%08x",
		 ntohl(mnl_attr_get_u32(tb[SITELINK_ESPDEV_A_SA_SPI])));
	line = line_begin(event);
	line_device(line, tb[SITELINK_ESPDEV_A_SA_IFNAME],
		    tb[SITELINK_ESPDEV_A_SA_IFINDEX]);
	line_put(line, "direction", json_object_new_string(direction),
		 direction);
	line_put(line, "spi", json_object_new_string(spi), spi);
	put_address(line, tb[SITELINK_ESPDEV_A_SA_DESTINATION]);
	if (tb[SITELINK_ESPDEV_A_SA_ENGINE])
		line_string(line, "engine", tb[SITELINK_ESPDEV_A_SA_ENGINE]);
	else
		line_put(line, "engine", NULL, "none");
	line_end(line);
}

int espdev_event(const struct nlmsghdr *nlh, void *data)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[SITELINK_ESPDEV_A_SA_MAX + 1];
	const char *event = genl->cmd <= SITELINK_ESPDEV_CMD_MAX ?
			    names[genl->cmd] : NULL;

	(void)data;
	/* of the two sets this one is the longer */
	family_table(mnl_nlmsg_get_payload_offset(nlh, GENL_HDRLEN),
		     mnl_nlmsg_get_payload_len(nlh) - GENL_HDRLEN, tb,
		     SITELINK_ESPDEV_A_SA_MAX);
	if (event && genl->cmd == SITELINK_ESPDEV_CMD_SA_ENGINE_NTF)
		print_sa(event, tb);
	else if (event)
		print_engine(event, tb);
	return MNL_CB_OK;
}
