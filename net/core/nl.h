/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The generic netlink family: what its files share.
 */
#ifndef _NET_SITELINK_NL_H
#define _NET_SITELINK_NL_H

#include <linux/notifier.h>
#include <net/genetlink.h>

#include "nl_gen.h"
#include "sitelink.h"

/* nl.c */
extern struct genl_family sitelink_nl_family;

/* nl_fill.c */
int sitelink_nl_fill(struct sk_buff *skb, const struct sitelink_tunnel *t);
int sitelink_nl_fill_id(struct sk_buff *skb, const struct sitelink_tunnel *t);
int sitelink_nl_fill_state(struct sk_buff *skb,
			   const struct sitelink_tunnel *t);

/* nl_event.c */
extern struct notifier_block sitelink_nl_notifier;

#endif /* _NET_SITELINK_NL_H */
