/* SPDX-License-Identifier: GPL-2.0-only */
/* Types that only services have. */
#ifndef SITELINK_TYPE_SERVICE_H
#define SITELINK_TYPE_SERVICE_H

#include "type.h"

extern const struct type type_host;	/* a computer's own name */
extern const struct type type_domain;	/* as hosts have in DNS */
extern const struct type type_any_ip;	/* of either family */
extern const struct type type_any_prefix;
extern const struct type type_interval;	/* MIN-MAX, times of 3s to 30m */
extern const struct type type_line;	/* text without control characters */

/* Letters, digits and ._@+- only: in no daemon's file do they mean anything. */
bool name_is_plain(const char *ifname);

#endif /* SITELINK_TYPE_SERVICE_H */
