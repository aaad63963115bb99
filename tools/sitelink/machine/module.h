/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel modules that kinds of interfaces come from.
 */
#ifndef SITELINK_MODULE_H
#define SITELINK_MODULE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Is @module there, loading it if need be? If not, @why (of @size octets) has a
 * sentence. @twin, which may be NULL, is the kernel's module of the same kind:
 * a kind has one owner.
 */
bool module_need(const char *module, const char *twin, char *why, size_t size);

#endif /* SITELINK_MODULE_H */
