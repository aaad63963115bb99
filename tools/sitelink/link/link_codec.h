/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Values as text, and as netlink attributes.
 */
#ifndef SITELINK_LINK_CODEC_H
#define SITELINK_LINK_CODEC_H

#include "nl.h"

/**
 * struct codec - a form of attributes
 * @put: put an attribute of that number; the text is canonical
 * @get: text of the attribute, not yet canonical, in @buf of CODEC_SIZE octets;
 *	false: it is no such attribute
 */
struct codec {
	void (*put)(struct nlmsghdr *nlh, uint16_t attr, const char *text);
	bool (*get)(const struct nlattr *attr, char *buf);
};

#define CODEC_SIZE	64

/* What @get makes of what @put has made of @text: the value as the kernel keeps it. */
const char *codec_kept(struct arena *a, const struct codec *codec,
		       const char *text);

extern const struct codec codec_yes_no;		/* u8 */
extern const struct codec codec_on_off;		/* u8 */
extern const struct codec codec_number16;
extern const struct codec codec_number32;
extern const struct codec codec_seconds;	/* u32 */
extern const struct codec codec_ticks;		/* u32, hundredths of a second */
extern const struct codec codec_dscp;		/* u8 */
extern const struct codec codec_df;		/* u8 */
extern const struct codec codec_stp;		/* u32 */
extern const struct codec codec_priority;	/* u16, of a port */
extern const struct codec codec_horizon;	/* u8 */
extern const struct codec codec_address;	/* IPv4 or IPv6 */

#endif /* SITELINK_LINK_CODEC_H */
