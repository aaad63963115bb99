/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_TYPE_HEX_H
#define SITELINK_TYPE_HEX_H

#include "type.h"

/* A number whose canonical form is 0x80. */
extern const struct type type_hex;

#endif /* SITELINK_TYPE_HEX_H */
