/* SPDX-License-Identifier: GPL-2.0-only */
/* OSPF, as FRR is told of it. */
#ifndef SITELINK_OSPF_H
#define SITELINK_OSPF_H

#include "config.h"

/* the area that is there without being added */
#define OSPF_BACKBONE	"backbone"

/*
 * Of what has an area: "2", "3"; NULL: its area or instance is disabled.
 */
const char *ospf_version(const struct config *c, const struct item *tmpl);

/* FRR's word for a type of network; NULL: it has none. */
const char *ospf_network(const char *version, const char *type);

/*
 * The configuration of ospfd (version 2) or ospf6d (3), in the arena; NULL: no
 * interface takes part. @asks: the first template that one does by.
 */
const char *ospf_text(const struct config *c, struct arena *a,
		      const char *version, const struct item **asks);

#endif /* SITELINK_OSPF_H */
