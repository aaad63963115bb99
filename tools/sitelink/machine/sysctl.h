/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Values below /proc/sys, of this network namespace. What was there before us is
 * noted as "sysctl PATH" and comes back when a value is no longer wanted.
 */
#ifndef SITELINK_SYSCTL_H
#define SITELINK_SYSCTL_H

#include "apply.h"

/* octets of a path at most, as "net/ipv4/conf/eoip1/proxy_arp" */
#define SYSCTL_PATH	128

/**
 * struct sysctl - a value
 * @next: the one behind it
 * @path: below /proc/sys; "*": also of all interfaces and of new ones
 * @value: text
 * @item: what wants it; NULL: it is there
 * @optional: no mistake if the kernel has no such value
 */
struct sysctl {
	struct sysctl *next;
	const char *path, *value;
	const struct item *item;
	bool optional;
};

/**
 * struct sysctls - values, in the order in which they are written
 * @first: of them
 * @last: where the next one is linked
 */
struct sysctls {
	struct sysctl *first, **last;
};

/* Want another one; the last wish for a path is the one that counts. */
struct sysctl *sysctl_want(struct arena *a, struct sysctls *all,
			   const struct item *item, const char *value,
			   const char *path, ...)
	CHECKED((format(printf, 5, 6)));

/* What a configuration wants: of settings, and of interfaces. */
void settings_want(struct arena *a, const struct config *c,
		   struct sysctls *all);
void interface_sysctls_want(struct arena *a, const struct config *c,
			    struct sysctls *all);

/* The value that is there; NULL: none. */
const char *sysctl_read(struct arena *a, const char *path);

/*
 * Another value for a moment. What was there is noted: after a kill in between,
 * the next run restores it. false: apply_error() has said why.
 */
bool sysctl_borrow(struct apply *ap, const char *path, const char *value);
bool sysctl_give_back(struct apply *ap, const char *path);

#endif /* SITELINK_SYSCTL_H */
