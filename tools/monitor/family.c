// SPDX-License-Identifier: GPL-2.0-only
/*
 * A generic netlink family of ours, found by its name.
 */
#include <assert.h>
#include <stdalign.h>
#include <string.h>
#include <linux/genetlink.h>
#include <linux/sitelink.h>
#include <linux/sitelink_espdev.h>

#include "family.h"

/* one for all; so is the name of the group */
#define VERSION		1
static_assert(SITELINK_FAMILY_VERSION == VERSION, "sitelink");
static_assert(SITELINK_ESPDEV_FAMILY_VERSION == VERSION, "espdev");

struct nlmsghdr *family_msg(void *buf, uint16_t type, uint16_t flags,
			    uint8_t cmd)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = VERSION;
	return nlh;
}

void family_table(const struct nlattr *attrs, size_t len,
		  const struct nlattr **table, unsigned int max)
{
	const struct nlattr *attr;

	memset(table, 0, (max + 1) * sizeof(*table));
	for (attr = attrs; mnl_attr_ok(attr, (const char *)attrs + len -
					     (const char *)attr);
	     attr = mnl_attr_next(attr))
		if (mnl_attr_get_type(attr) <= max)
			table[mnl_attr_get_type(attr)] = attr;
}

static void ctrl_table(const struct nlmsghdr *nlh, const struct nlattr **tb)
{
	family_table(mnl_nlmsg_get_payload_offset(nlh, GENL_HDRLEN),
		     mnl_nlmsg_get_payload_len(nlh) - GENL_HDRLEN, tb,
		     CTRL_ATTR_MAX);
}

const char *family_named(const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[CTRL_ATTR_MAX + 1];

	ctrl_table(nlh, tb);
	return tb[CTRL_ATTR_FAMILY_NAME] ?
	       mnl_attr_get_str(tb[CTRL_ATTR_FAMILY_NAME]) : "";
}

int family_read(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[CTRL_ATTR_MAX + 1];
	const struct nlattr *grp[CTRL_ATTR_MCAST_GRP_MAX + 1];
	struct family *family = data;
	const struct nlattr *attr;

	ctrl_table(nlh, tb);
	if (tb[CTRL_ATTR_FAMILY_ID])
		family->id = mnl_attr_get_u16(tb[CTRL_ATTR_FAMILY_ID]);
	if (!tb[CTRL_ATTR_MCAST_GROUPS])
		return MNL_CB_OK;
	mnl_attr_for_each_nested(attr, tb[CTRL_ATTR_MCAST_GROUPS]) {
		family_table(mnl_attr_get_payload(attr),
			     mnl_attr_get_payload_len(attr), grp,
			     CTRL_ATTR_MCAST_GRP_MAX);
		if (grp[CTRL_ATTR_MCAST_GRP_NAME] &&
		    grp[CTRL_ATTR_MCAST_GRP_ID] &&
		    !strcmp(mnl_attr_get_str(grp[CTRL_ATTR_MCAST_GRP_NAME]),
			    SITELINK_MCGRP_MONITOR))
			family->monitor =
				mnl_attr_get_u32(grp[CTRL_ATTR_MCAST_GRP_ID]);
	}
	return MNL_CB_OK;
}

int family_find(struct mnl_socket *nl, const char *name,
		struct family *family)
{
	alignas(NLMSG_ALIGNTO) char buf[8192];
	struct nlmsghdr *nlh;
	ssize_t n;

	memset(family, 0, sizeof(*family));
	nlh = family_msg(buf, GENL_ID_CTRL, NLM_F_ACK, CTRL_CMD_GETFAMILY);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, name);
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		return -1;
	do {
		n = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (n > 0)
			n = mnl_cb_run(buf, n, 0, mnl_socket_get_portid(nl),
				       family_read, family);
	} while (n > 0);
	return n;
}
