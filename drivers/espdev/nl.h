/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The generic netlink family sitelink-espdev: what its files share.
 */
#ifndef _SITELINK_ESPDEV_NL_H
#define _SITELINK_ESPDEV_NL_H

#include <net/genetlink.h>

#include "espdev.h"
#include "nl_gen.h"

/* nl.c */
extern struct genl_family espdev_nl_family;
unsigned int espdev_nl_sas_seq(struct net *net);
void espdev_nl_sas_changed(const struct espdev *ed);
int espdev_nl_dump(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd,
		   int (*fill)(struct sk_buff *skb, void *what), void *what);
int espdev_nl_init(void);
void espdev_nl_exit(void);

/* nl_engine.c */
int espdev_nl_fill_engine(struct sk_buff *skb, const struct espdev_engine *e);
int espdev_nl_engine_start(struct netlink_callback *cb);

/* nl_sa.c */
int espdev_nl_fill_sa(struct sk_buff *skb, const struct espdev_sa *sa);
int espdev_nl_fill_tfm(struct sk_buff *skb, const struct espdev_tfm *tfm);

/* nl_event.c */
unsigned int espdev_nl_engines_seq(void);
void espdev_nl_engine(const struct espdev_engine *e, u8 cmd);
void espdev_nl_sa_engine(const struct espdev_sa *sa,
			 const struct espdev_tfm *tfm);

#endif /* _SITELINK_ESPDEV_NL_H */
