// SPDX-License-Identifier: GPL-2.0-only
/*
 * addresses: print the addresses whose protocol (IFA_PROTO) is the one given, which
 * ip of Debian 12 does not show.
 *
 * usage: addresses PROTOCOL
 */
#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>

#include "util.h"

struct found {
	const void *address;
	const void *local;
	int proto;
};

static int attribute(const struct nlattr *attr, void *data)
{
	struct found *found = data;

	switch (mnl_attr_get_type(attr)) {
	case IFA_ADDRESS:
		found->address = mnl_attr_get_payload(attr);
		break;
	case IFA_LOCAL:
		found->local = mnl_attr_get_payload(attr);
		break;
	case IFA_PROTO:
		found->proto = mnl_attr_get_u8(attr);
		break;
	}
	return MNL_CB_OK;
}

static int address(const struct nlmsghdr *nlh, void *data)
{
	const struct ifaddrmsg *ifa = mnl_nlmsg_get_payload(nlh);
	char text[INET6_ADDRSTRLEN], name[IF_NAMESIZE];
	struct found found = { .proto = 0 };
	const void *own;

	mnl_attr_parse(nlh, sizeof(*ifa), attribute, &found);
	own = found.local ? found.local : found.address;
	if (found.proto == *(int *)data && own &&
	    inet_ntop(ifa->ifa_family, own, text, sizeof(text)) &&
	    if_indextoname(ifa->ifa_index, name))
		printf("%s/%d %s\n", text, ifa->ifa_prefixlen, name);
	return MNL_CB_OK;
}

int main(int argc, char **argv)
{
	char buf[1 << 15];
	int proto = argc == 2 ? atoi(argv[1]) : 0, ret;
	struct mnl_socket *nl = mnl_socket_open(NETLINK_ROUTE);
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);

	if (proto < 1 || proto > 255) {
		fprintf(stderr, "usage: addresses PROTOCOL\n");
		return 2;
	}
	nlh->nlmsg_type = RTM_GETADDR;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	mnl_nlmsg_put_extra_header(nlh, sizeof(struct ifaddrmsg));
	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) ||
	    mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		die("netlink");
	do {
		ret = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (ret > 0)
			ret = mnl_cb_run(buf, ret, 0, mnl_socket_get_portid(nl),
					 address, &proto);
	} while (ret > 0);
	if (ret < 0)
		die("netlink");
	mnl_socket_close(nl);
	return 0;
}
