/* SPDX-License-Identifier: GPL-2.0-only */
/* Before net/gso.h, GSO lived in linux/netdevice.h. */
#ifdef SITELINK_HAVE_NET_GSO_H
#include_next <net/gso.h>
#else
#include <linux/netdevice.h>
#endif
