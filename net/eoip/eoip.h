/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * EoIP over IPv4 and IPv6: what both share.
 */
#ifndef _NET_SITELINK_EOIP_H
#define _NET_SITELINK_EOIP_H

#include "attrs.h"

extern const struct sitelink_attrs eoip_attrs;
extern struct sitelink_kind eoip_kind;
extern struct sitelink_kind eoip6_kind;

int eoip_parse_common(struct nlattr *data[], struct sitelink_params *p,
		      struct netlink_ext_ack *extack);
int eoip_fill_common(struct sk_buff *skb, const struct sitelink_params *p);

int eoip6_init(void);
void eoip6_exit(void);

#endif /* _NET_SITELINK_EOIP_H */
