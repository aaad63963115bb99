/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Requests to the kernel by netlink (libmnl), and its answers with extack's
 * sentence.
 */
#ifndef SITELINK_NL_H
#define SITELINK_NL_H

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/rtnetlink.h>

#include "machine.h"

/**
 * struct nl_error - why a request failed
 * @code: errno
 * @text: the kernel's sentence, or what the errno means
 */
struct nl_error {
	int code;
	char text[256];
};

/*
 * Begin a request in the machine's one buffer (it is gone with the next one):
 * @type RTM_* with a header of @size octets, zeroed, at mnl_nlmsg_get_payload().
 */
struct nlmsghdr *nl_route(struct machine *m, uint16_t type, uint16_t flags,
			  size_t size);

/* As nl_route() to our generic netlink family; NULL: no module has it. */
struct nlmsghdr *nl_tunnel(struct machine *m, uint8_t command, uint16_t flags);

/* As nl_route() to IPsec, of type XFRM_MSG_*; NULL: errno says why there is none. */
struct nlmsghdr *nl_xfrm(struct machine *m, uint16_t type, uint16_t flags,
			 size_t size);

/* Room for @size octets more in it? To be asked before each of a list. */
bool nl_has_room(const struct nlmsghdr *nlh, size_t size);

/* Send, and wait for the acknowledgment. 0, or -1 and @err. */
int nl_talk(struct machine *m, struct nlmsghdr *nlh, struct nl_error *err);

/*
 * Send a dump's request (NLM_F_DUMP), @fn for each message. A dump that was
 * interrupted begins anew, after @restart. 0, or -1 and @err.
 */
int nl_dump(struct machine *m, struct nlmsghdr *nlh, mnl_cb_t fn, void *data,
	    void (*restart)(void *data), struct nl_error *err);

/* The attributes behind a header of @size octets, by type, up to @max. */
void nl_attrs(const struct nlmsghdr *nlh, size_t size, const struct nlattr **tb,
	      uint16_t max);
void nl_nested(const struct nlattr *nest, const struct nlattr **tb,
	       uint16_t max);

#endif /* SITELINK_NL_H */
