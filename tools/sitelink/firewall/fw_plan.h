/* SPDX-License-Identifier: GPL-2.0-only */
/* What must be done to a table, as one transaction of nftables. */
#ifndef SITELINK_FW_PLAN_H
#define SITELINK_FW_PLAN_H

#include "fw.h"

/**
 * struct fw_plan - commands in the making
 * @ap: whose steps they are
 * @have: what is there
 * @want: what shall be
 * @commands: of nft, one a line
 * @blame: the item of each line, or NULL
 * @lines: of @commands
 * @room: of @blame
 * @quiet: do not say the steps
 * @differs: there is something to do
 * @opened: a new chain is another's to fill
 * @go: no step was declined
 */
struct fw_plan {
	struct apply *ap;
	const struct fw_table *have, *want;
	struct buffer commands;
	const struct item **blame;
	unsigned int lines, room;
	bool quiet, differs, opened, go;
};

void plan_init(struct fw_plan *p, struct apply *ap, const struct fw_table *have,
	       const struct fw_table *want, bool quiet);

/* Something differs: say it. */
void plan_step(struct fw_plan *p, const char *format, ...)
	CHECKED((format(printf, 2, 3)));

/* A command; its newline is added. */
void plan_command(struct fw_plan *p, const struct item *item,
		  const char *format, ...) CHECKED((format(printf, 3, 4)));

/* All of it, in this order */
void plan_sets(struct fw_plan *p);
void plan_chains(struct fw_plan *p);
void plan_flowtable(struct fw_plan *p);
void plan_rules(struct fw_plan *p);
void plan_leftovers(struct fw_plan *p);

/*
 * Mark in both the rules that stay, which then have the kernel's handles. @have
 * may be NULL.
 */
void fw_pair(struct fw_chain *have, struct fw_chain *want);

/* The interfaces that can take part in fasttrack, as in struct fw_table. */
const char *fw_devices(struct arena *a, struct machine *m);

#endif /* SITELINK_FW_PLAN_H */
