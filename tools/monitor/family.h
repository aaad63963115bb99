/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_FAMILY_H
#define SITELINK_FAMILY_H

#include <stddef.h>
#include <stdint.h>
#include <libmnl/libmnl.h>

/**
 * struct family - what the kernel calls a family today
 * @id: message type
 * @monitor: the multicast group, 0 when there is none
 */
struct family {
	uint16_t id;
	uint32_t monitor;
};

/* Begin a generic netlink message in @buf. */
struct nlmsghdr *family_msg(void *buf, uint16_t type, uint16_t flags,
			    uint8_t cmd);

/*
 * Ask the kernel for the family @name; returns 0, or -1 with errno set: ENOENT
 * without its module.
 */
int family_find(struct mnl_socket *nl, const char *name,
		struct family *family);

/* The family that a message of the controller is about, and what it says. */
const char *family_named(const struct nlmsghdr *nlh);
int family_read(const struct nlmsghdr *nlh, void *family);

/* An attribute of a message or nest as a table by type, NULL: not there. */
void family_table(const struct nlattr *attrs, size_t len,
		  const struct nlattr **table, unsigned int max);

#endif /* SITELINK_FAMILY_H */
