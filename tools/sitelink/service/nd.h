/* SPDX-License-Identifier: GPL-2.0-only */
/* Router advertisements, as dnsmasq is told of them. */
#ifndef SITELINK_ND_H
#define SITELINK_ND_H

#include <stdio.h>

#include "apply.h"

/* In the form of its configuration to @out. How many? */
unsigned int nd_write(struct apply *ap, const struct config *c, FILE *out);

/*
 * The first item that asks for advertisements with a word of the script's own;
 * NULL: none does. @prop: the word.
 */
const struct item *nd_asked(struct apply *ap, const struct config *c,
			    const char **prop);

#endif /* SITELINK_ND_H */
