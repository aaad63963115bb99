/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers of items, as in *1A2B3C4D. Nothing but the script outlives a run, so they
 * are made of what the script says of an item: the same item has the same one in the
 * next run, whatever came or went beside it.
 */
#ifndef SITELINK_IDS_H
#define SITELINK_IDS_H

#include "config.h"

#define ID_FORMAT	"*%X"

/* Give each item its id, of what it is now. */
void ids_give(struct config *c);

#endif /* SITELINK_IDS_H */
