/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_WRITE_ALL_H
#define SITELINK_WRITE_ALL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* All @len octets, however many calls it takes; false: errno says why not. */
bool write_all(int fd, const char *text, size_t len);

/*
 * The file @to, by way of @draft: it is the old one or the new one, whenever we are
 * killed. For us, and to be read by @group if there is one; false: errno says why
 * not.
 */
bool write_file(const char *to, const char *draft, const char *text,
		const gid_t *group);

#endif /* SITELINK_WRITE_ALL_H */
