/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_WRITE_ALL_H
#define SITELINK_WRITE_ALL_H

#include <stdbool.h>
#include <stddef.h>

/* All @len octets, however many calls it takes; false: errno says why not. */
bool write_all(int fd, const char *text, size_t len);

#endif /* SITELINK_WRITE_ALL_H */
