// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <linux/sitelink.h>

#include "machine_private.h"
#include "nl.h"

/* a kernel that has changes all the time cannot be dumped */
#define RESTARTS_MAX	100

/* no message of a dump is larger */
#define ANSWER_SIZE	32768

static struct mnl_socket *open_bus(int bus)
{
	struct mnl_socket *s = mnl_socket_open2(bus, SOCK_CLOEXEC);
	int on = 1;

	if (!s)
		return NULL;
	if (mnl_socket_bind(s, 0, MNL_SOCKET_AUTOPID)) {
		mnl_socket_close(s);
		return NULL;
	}
	/* older kernels have fewer of these, and do as well without */
	mnl_socket_setsockopt(s, NETLINK_EXT_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(s, NETLINK_CAP_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(s, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
	return s;
}

bool nl_open(struct machine *m)
{
	m->route = open_bus(NETLINK_ROUTE);
	m->generic = m->route ? open_bus(NETLINK_GENERIC) : NULL;
	if (m->generic)
		return true;
	fprintf(stderr, "sitelink: netlink: %s\n", strerror(errno));
	nl_close(m);
	return false;
}

void nl_close(struct machine *m)
{
	if (m->route)
		mnl_socket_close(m->route);
	if (m->generic)
		mnl_socket_close(m->generic);
	if (m->xfrm)
		mnl_socket_close(m->xfrm);
	m->route = NULL;
	m->generic = NULL;
	m->xfrm = NULL;
}

static struct nlmsghdr *begin(struct machine *m, struct mnl_socket *s,
			      uint16_t type, uint16_t flags, size_t size)
{
	struct nlmsghdr *nlh;

	memset(m->request, 0, sizeof(m->request));
	nlh = mnl_nlmsg_put_header(m->request);
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++m->seq;
	mnl_nlmsg_put_extra_header(nlh, size);
	m->talking = s;
	return nlh;
}

/*
 * What is called for each message of a dump may ask for interfaces; they are
 * read before, since a socket has one dump at a time.
 */
static void read_ahead(struct machine *m, uint16_t flags)
{
	if ((flags & NLM_F_DUMP) == NLM_F_DUMP)
		machine_ifaces(m);
}

struct nlmsghdr *nl_route(struct machine *m, uint16_t type, uint16_t flags,
			  size_t size)
{
	if (type != RTM_GETLINK)
		read_ahead(m, flags);
	return begin(m, m->route, type, flags, size);
}

struct nlmsghdr *nl_xfrm(struct machine *m, uint16_t type, uint16_t flags,
			 size_t size)
{
	if (!m->xfrm)
		m->xfrm = open_bus(NETLINK_XFRM);
	return m->xfrm ? begin(m, m->xfrm, type, flags, size) : NULL;
}

bool nl_has_room(const struct nlmsghdr *nlh, size_t size)
{
	return nlh->nlmsg_len + size <= REQUEST_SIZE;
}

static int error_set(struct nl_error *err, int code)
{
	err->code = code;
	snprintf(err->text, sizeof(err->text), "%s", strerror(code));
	return -1;
}

/* The kernel's sentence, of the attributes behind @offset. */
static void error_sentence(struct nl_error *err, const struct nlmsghdr *nlh,
			   size_t offset)
{
	const struct nlattr *attr;

	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS) ||
	    offset > mnl_nlmsg_get_payload_len(nlh))
		return;
	mnl_attr_for_each(attr, nlh, offset) {
		if (mnl_attr_get_type(attr) != NLMSGERR_ATTR_MSG ||
		    mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) < 0)
			continue;
		snprintf(err->text, sizeof(err->text), "%s",
			 mnl_attr_get_str(attr));
	}
}

/* An NLMSG_ERROR: 0 if it is an acknowledgment. */
static int take_error(const struct nlmsghdr *nlh, struct nl_error *err)
{
	const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);
	size_t offset = sizeof(*e);

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*e))
		return error_set(err, EBADMSG);
	if (!e->error)
		return 0;
	error_set(err, -e->error);
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED) &&
	    e->msg.nlmsg_len >= MNL_NLMSG_HDRLEN)
		offset += MNL_ALIGN(e->msg.nlmsg_len) - MNL_NLMSG_HDRLEN;
	error_sentence(err, nlh, offset);
	return -1;
}

/* The end of a dump, which has an error of its own. */
static int take_done(const struct nlmsghdr *nlh, struct nl_error *err)
{
	const int *code = mnl_nlmsg_get_payload(nlh);

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*code) || *code >= 0)
		return 0;
	error_set(err, -*code);
	error_sentence(err, nlh, sizeof(*code));
	return -1;
}

/**
 * struct answer - what is done with the messages of an answer
 * @fn: called for each; NULL: none is expected
 * @data: passed on
 * @interrupted: what was dumped changed meanwhile
 */
struct answer {
	mnl_cb_t fn;
	void *data;
	bool interrupted;
};

enum { ANSWER_MORE = 1 };

static int take(struct machine *m, const struct nlmsghdr *nlh,
		struct answer *answer, struct nl_error *err)
{
	if (nlh->nlmsg_seq != m->seq)
		return ANSWER_MORE;	/* of a request that was given up */
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		answer->interrupted = true;
	if (nlh->nlmsg_type == NLMSG_ERROR)
		return take_error(nlh, err);
	if (nlh->nlmsg_type == NLMSG_DONE)
		return take_done(nlh, err);
	if (answer->fn && nlh->nlmsg_type >= NLMSG_MIN_TYPE &&
	    answer->fn(nlh, answer->data) < 0)
		return error_set(err, EBADMSG);
	return ANSWER_MORE;
}

static int receive(struct machine *m, struct answer *answer,
		   struct nl_error *err)
{
	uint64_t buf[ANSWER_SIZE / sizeof(uint64_t)];
	const struct nlmsghdr *nlh;
	int ret = ANSWER_MORE;

	while (ret == ANSWER_MORE) {
		ssize_t n = mnl_socket_recvfrom(m->talking, buf, sizeof(buf));
		int len = n;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_set(err, errno);
		for (nlh = (void *)buf;
		     ret == ANSWER_MORE && mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len))
			ret = take(m, nlh, answer, err);
	}
	return ret;
}

static int transact(struct machine *m, struct nlmsghdr *nlh,
		    struct answer *answer, struct nl_error *err)
{
	nlh->nlmsg_seq = ++m->seq;
	if (mnl_socket_sendto(m->talking, nlh, nlh->nlmsg_len) < 0)
		return error_set(err, errno);
	return receive(m, answer, err);
}

int nl_talk(struct machine *m, struct nlmsghdr *nlh, struct nl_error *err)
{
	struct answer answer = { 0 };

	nlh->nlmsg_flags |= NLM_F_ACK;
	return transact(m, nlh, &answer, err);
}

int nl_dump(struct machine *m, struct nlmsghdr *nlh, mnl_cb_t fn, void *data,
	    void (*restart)(void *data), struct nl_error *err)
{
	struct answer answer = { .fn = fn, .data = data };
	unsigned int tries;

	nlh->nlmsg_flags |= NLM_F_DUMP;
	for (tries = 0; tries < RESTARTS_MAX; tries++) {
		answer.interrupted = false;
		if (tries && restart)
			restart(data);
		if (transact(m, nlh, &answer, err)) {
			/* newer kernels refuse the rest of such a dump */
			if (err->code == EINTR)
				continue;
			return -1;
		}
		if (!answer.interrupted)
			return 0;
	}
	return error_set(err, EBUSY);
}

/**
 * struct table - where attributes go, by type
 * @tb: there
 * @max: of the types
 */
struct table {
	const struct nlattr **tb;
	uint16_t max;
};

static int put_attr(const struct nlattr *attr, void *data)
{
	struct table *t = data;
	uint16_t type = mnl_attr_get_type(attr);

	if (type <= t->max)
		t->tb[type] = attr;
	return MNL_CB_OK;
}

void nl_attrs(const struct nlmsghdr *nlh, size_t size, const struct nlattr **tb,
	      uint16_t max)
{
	struct table t = { tb, max };

	memset(tb, 0, (max + 1UL) * sizeof(*tb));
	if (mnl_nlmsg_get_payload_len(nlh) >= size)
		mnl_attr_parse(nlh, size, put_attr, &t);
}

void nl_nested(const struct nlattr *nest, const struct nlattr **tb,
	       uint16_t max)
{
	struct table t = { tb, max };

	memset(tb, 0, (max + 1UL) * sizeof(*tb));
	mnl_attr_parse_nested(nest, put_attr, &t);
}

static struct nlmsghdr *begin_generic(struct machine *m, uint16_t type,
				      uint8_t command, uint16_t flags)
{
	struct nlmsghdr *nlh = begin(m, m->generic, type, flags,
				     sizeof(struct genlmsghdr));
	struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	genl->cmd = command;
	genl->version = SITELINK_FAMILY_VERSION;
	return nlh;
}

static int put_family(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[CTRL_ATTR_MAX + 1];
	uint16_t *family = data;

	nl_attrs(nlh, GENL_HDRLEN, tb, CTRL_ATTR_MAX);
	if (tb[CTRL_ATTR_FAMILY_ID] &&
	    mnl_attr_validate(tb[CTRL_ATTR_FAMILY_ID], MNL_TYPE_U16) >= 0)
		*family = mnl_attr_get_u16(tb[CTRL_ATTR_FAMILY_ID]);
	return MNL_CB_OK;
}

/* 0: no module that could be loaded has it */
static uint16_t find_family(struct machine *m)
{
	struct nlmsghdr *nlh;
	struct nl_error err;
	uint16_t family = 0;
	struct answer answer = { .fn = put_family, .data = &family };

	nlh = begin_generic(m, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, SITELINK_FAMILY_NAME);
	if (transact(m, nlh, &answer, &err))
		return 0;
	return family;
}

struct nlmsghdr *nl_tunnel(struct machine *m, uint8_t command, uint16_t flags)
{
	read_ahead(m, flags);
	if (!m->family)
		m->family = find_family(m);
	if (!m->family)
		return NULL;
	return begin_generic(m, m->family, command, flags);
}
