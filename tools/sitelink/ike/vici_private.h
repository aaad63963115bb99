/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_VICI_PRIVATE_H
#define SITELINK_VICI_PRIVATE_H

/* octets of a packet; neither side takes more */
#define VICI_MAX	(512 << 10)

#endif /* SITELINK_VICI_PRIVATE_H */
