/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small files that the kernel makes up: /proc/sys, /sys.
 */
#ifndef SITELINK_PROC_H
#define SITELINK_PROC_H

#include <stdbool.h>
#include <stddef.h>

/* The first line without its end; false: errno says why not. */
bool proc_read(const char *path, char *buf, size_t size);
bool proc_write(const char *path, const char *text);

#endif /* SITELINK_PROC_H */
