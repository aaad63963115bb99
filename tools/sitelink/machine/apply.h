/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Make the machine match a configuration: one backend after the other says what
 * is wanted and what is there, and makes steps of the difference.
 */
#ifndef SITELINK_APPLY_H
#define SITELINK_APPLY_H

#include "config.h"
#include "machine.h"

/**
 * struct apply - one run
 * @arena: for what lives until its end
 * @machine: where
 * @diag: for mistakes
 * @dry: only say the steps
 * @verbose: say them as they are made
 * @out: where to
 * @steps: made, or said, so far
 * @gone: interfaces that a dry run would have made anew, and all on them
 * @ipsec: what ipsec_of() has made
 * @ipsec_config: of what
 */
struct apply {
	struct arena *arena;
	struct machine *machine;
	struct diag *diag;
	bool dry;
	bool verbose;
	FILE *out;
	unsigned int steps;
	struct gone *gone;
	struct ipsec *ipsec;
	const struct config *ipsec_config;
};

/**
 * struct backend - a part of the machine
 * @name: for errors
 * @want: what a configuration wants of it, in the arena; NULL config: nothing.
 *	Mistakes only this part knows go to item_error().
 * @have: what of it is ours, in the form of @want; NULL: could not be read, and
 *	apply_error() has said why
 * @sync: make what is there (@have) what is wanted. Before each step,
 *	apply_step(); if that is false, leave it. 0, or -1 when a step failed and
 *	apply_error() has said so.
 *
 * What @have returned before is what @sync gets as wanted if a later step fails.
 */
struct backend {
	const char *name;
	void *(*want)(struct apply *ap, const struct config *c);
	void *(*have)(struct apply *ap);
	int (*sync)(struct apply *ap, void *have, void *want);
};

extern const struct backend firewall_backend;	/* nftables */
extern const struct backend sysctl_backend;
extern const struct backend link_backend;
extern const struct backend port_backend;	/* of bridges */
extern const struct backend address_backend;
extern const struct backend route_backend;
extern const struct backend rule_backend;	/* marks to routing tables */
extern const struct backend identity_backend;	/* host name */
extern const struct backend dnsmasq_backend;	/* dns, nd */
extern const struct backend ospf_backend;	/* FRR */

/* Say the step; shall it be made? */
bool apply_step(struct apply *ap, const char *format, ...)
	CHECKED((format(printf, 2, 3)));

/*
 * A step failed. @item NULL: none is to blame. The sentence follows
 * FILE:LINE:COLUMN of the item.
 */
void apply_error(struct apply *ap, const struct item *item,
		 const char *format, ...) CHECKED((format(printf, 3, 4)));

/* A dry run: @ifname, and what is on it, would be no more. */
void apply_gone(struct apply *ap, const char *ifname);
bool apply_is_gone(const struct apply *ap, const char *ifname);

/*
 * All steps, or what was there before and -1. @c NULL: nothing of ours is left.
 */
int apply(struct apply *ap, const struct config *c);

#endif /* SITELINK_APPLY_H */
