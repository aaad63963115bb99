/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What machine.c, nl.c and undo.c share.
 */
#ifndef SITELINK_MACHINE_PRIVATE_H
#define SITELINK_MACHINE_PRIVATE_H

#include "machine.h"

struct mnl_socket;
struct undo;

/* of a request; a few hundred octets but for lists, see nl_has_room() */
#define REQUEST_SIZE	8192

/**
 * struct machine - see machine.h
 * @arena: what is read goes there
 * @route: socket of NETLINK_ROUTE
 * @generic: of NETLINK_GENERIC
 * @xfrm: of NETLINK_XFRM; NULL: not opened (yet)
 * @talking: the one of the request in @request
 * @seq: number of the last request
 * @family: of our generic netlink; 0: not known (yet)
 * @cookie: of the network namespace
 * @read: @ifaces are what there is
 * @ifaces: in the order of the kernel
 * @undo_read: @undo is what the file has
 * @undo: notes, oldest first
 * @request: buffer of nl_route(), nl_tunnel() and nl_xfrm()
 */
struct machine {
	struct arena *arena;
	struct mnl_socket *route, *generic, *xfrm, *talking;
	unsigned int seq;
	uint16_t family;
	unsigned long long cookie;
	bool read;
	struct iface *ifaces;
	bool undo_read;
	struct undo *undo;
	uint64_t request[REQUEST_SIZE / sizeof(uint64_t)];
};

/* The sockets; false: there are none, and it has been said. */
bool nl_open(struct machine *m);
void nl_close(struct machine *m);

#endif /* SITELINK_MACHINE_PRIVATE_H */
