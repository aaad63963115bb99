/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * sitelink: RouterOS-class tunnels. The ABI between the kernel modules and
 * programs: rtnetlink attributes of every kind here, the generic netlink
 * family and what both have in common in sitelink_netlink.h.
 */
#ifndef _UAPI_LINUX_SITELINK_H
#define _UAPI_LINUX_SITELINK_H

#include <linux/types.h>
#include <linux/sitelink_netlink.h>

/*
 * IFLA_INFO_DATA of the kinds "eoip" and "eoip6".
 *
 * Addresses are 4 bytes for eoip, 16 bytes for eoip6, network byte order.
 */
enum {
	IFLA_EOIP_UNSPEC,
	IFLA_EOIP_LINK,		/* u32, ifindex the outer packets leave by */
	IFLA_EOIP_LOCAL,	/* address; all zero: chosen by the route */
	IFLA_EOIP_REMOTE,	/* address, unicast */
	IFLA_EOIP_TUNNEL_ID,	/* u32, 0..65535; eoip6: 0..4095 */
	IFLA_EOIP_TTL,		/* u8, 1..255, default 255 */
	__IFLA_EOIP_MAX
};

#define IFLA_EOIP_MAX	(__IFLA_EOIP_MAX - 1)

/* IFLA_INFO_DATA of the kind "6to4". Addresses are IPv4. */
enum {
	IFLA_6TO4_UNSPEC,
	IFLA_6TO4_LINK,		/* u32, ifindex the outer packets leave by */
	IFLA_6TO4_LOCAL,	/* address; all zero: chosen by the route */
	IFLA_6TO4_REMOTE,	/* address, unicast; all zero: 6to4 */
	IFLA_6TO4_TTL,		/* u8, 0: that of the inner packet */
	__IFLA_6TO4_MAX
};

#define IFLA_6TO4_MAX	(__IFLA_6TO4_MAX - 1)

/*
 * IFLA_INFO_DATA of the kind "espdev", which sits on the device of IFLA_LINK.
 * Engine and CPUs can be changed as long as no SA is offloaded.
 */
enum {
	IFLA_ESPDEV_UNSPEC,
	IFLA_ESPDEV_ENGINE,	/* string: "auto", an engine, engine:driver */
	IFLA_ESPDEV_CPUS,	/* string, list of CPUs as in sysfs */
	IFLA_ESPDEV_WINDOW,	/* u32, packets under way, 1..16384 */
	__IFLA_ESPDEV_MAX
};

#define IFLA_ESPDEV_MAX	(__IFLA_ESPDEV_MAX - 1)

/*
 * RouterOS' properties, the same for every kind: one nested attribute of
 * IFLA_INFO_DATA, IFLA_SITELINK_* inside. The number lies above all in-tree
 * attributes of gre, ipip and vti and below RTNL_MAX_TYPE. An attribute that
 * is absent on a change leaves the property as it is.
 */
#define IFLA_SITELINK	40

/* IFLA_SITELINK_DSCP: take the DSCP of the inner packet */
#define SITELINK_DSCP_INHERIT	255

#endif /* _UAPI_LINUX_SITELINK_H */
