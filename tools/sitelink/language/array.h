/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_ARRAY_H
#define SITELINK_ARRAY_H

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

#endif /* SITELINK_ARRAY_H */
