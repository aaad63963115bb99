/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The attributes of the generic netlink families.
 */
#ifndef SELFTESTS_GENL_ATTRS_H
#define SELFTESTS_GENL_ATTRS_H

#include <linux/sitelink.h>
#include <linux/sitelink_espdev.h>

enum format { U8 = 1, U32, S32, BE32, U64, STRING, IPV4, IPV6, ADDRESS, NEST };

/* One of a family; all tables are as long as the longest. */
struct attr {
	const char *name;
	enum format format;
	const struct attr *nest;
};

enum { MAX_ATTR = SITELINK_A_TUNNEL_MAX };

extern const struct attr properties[MAX_ATTR + 1], tunnel[MAX_ATTR + 1],
			 engine[MAX_ATTR + 1], sa[MAX_ATTR + 1];

#endif /* SELFTESTS_GENL_ATTRS_H */
