// SPDX-License-Identifier: GPL-2.0-only
/*
 * Generic netlink: engines and what they can do. An engine is held, not locked,
 * while it is asked: it may load modules for the answer.
 */
#include "nl.h"

/* at most, of a capability */
#define CAP_SIZE	(nla_total_size(0) +				\
			 2 * nla_total_size(CRYPTO_MAX_ALG_NAME) +	\
			 4 * nla_total_size(sizeof(u32)))
/* at most, of the rest of an engine */
#define ENGINE_SIZE	(GENL_HDRLEN + nla_total_size(CRYPTO_MAX_ALG_NAME) + \
			 7 * nla_total_size_64bit(sizeof(u64)))

/* What @e can do, the @n-th or what there is behind it. */
static bool capability(struct espdev_engine *e, unsigned int *n,
		       struct espdev_cap *cap)
{
	int err;

	if (!e->capability)
		return false;
	for (;; ++*n) {
		memset(cap, 0, sizeof(*cap));
		err = e->capability(e, *n, cap);
		if (err != -EOPNOTSUPP)
			return !err;
	}
}

/* What a message with all of @e takes. */
static size_t engine_size(struct espdev_engine *e)
{
	struct espdev_cap cap;
	size_t size = ENGINE_SIZE;
	unsigned int n;

	for (n = 0; capability(e, &n, &cap); n++)
		size += CAP_SIZE;
	return size;
}

/**
 * espdev_nl_fill_engine() - put which engine it is and how it is
 * @skb: netlink message
 * @e: engine, held or locked
 *
 * Context: any.
 * Return: 0 or -EMSGSIZE.
 */
int espdev_nl_fill_engine(struct sk_buff *skb, const struct espdev_engine *e)
{
	if (nla_put_string(skb, SITELINK_ESPDEV_A_ENGINE_NAME, e->name) ||
	    nla_put_s32(skb, SITELINK_ESPDEV_A_ENGINE_PRIORITY, e->priority) ||
	    nla_put_u8(skb, SITELINK_ESPDEV_A_ENGINE_FAILED,
		       READ_ONCE(e->failed)) ||
	    nla_put_u32(skb, SITELINK_ESPDEV_A_ENGINE_RESETS,
			READ_ONCE(e->resets)) ||
	    nla_put_u64_64bit(skb, SITELINK_ESPDEV_A_ENGINE_ERRORS,
			      atomic_long_read(&e->errors),
			      SITELINK_ESPDEV_A_ENGINE_PAD))
		return -EMSGSIZE;
	return 0;
}

static int fill_cap(struct sk_buff *skb, const struct espdev_cap *cap)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, SITELINK_ESPDEV_A_ENGINE_CAPABILITY);
	if (!nest ||
	    nla_put_string(skb, SITELINK_ESPDEV_A_CAPABILITY_ALGORITHM,
			   cap->alg) ||
	    (cap->key_bits &&
	     nla_put_u32(skb, SITELINK_ESPDEV_A_CAPABILITY_KEY_BITS,
			 cap->key_bits)) ||
	    (cap->icv_bits &&
	     nla_put_u32(skb, SITELINK_ESPDEV_A_CAPABILITY_ICV_BITS,
			 cap->icv_bits)) ||
	    nla_put_u8(skb, SITELINK_ESPDEV_A_CAPABILITY_ESN, cap->esn) ||
	    nla_put_u8(skb, SITELINK_ESPDEV_A_CAPABILITY_ASYNC, cap->async) ||
	    (*cap->driver &&
	     nla_put_string(skb, SITELINK_ESPDEV_A_CAPABILITY_DRIVER,
			    cap->driver)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* All of it. */
static int fill(struct sk_buff *skb, void *engine)
{
	struct espdev_engine *e = engine;
	unsigned int load, sas, n;
	struct espdev_cap cap;

	load = espdev_engine_load(e, &sas);
	if (espdev_nl_fill_engine(skb, e) ||
	    nla_put_u32(skb, SITELINK_ESPDEV_A_ENGINE_SAS, sas) ||
	    nla_put_u32(skb, SITELINK_ESPDEV_A_ENGINE_LOAD, load))
		return -EMSGSIZE;
	for (n = 0; capability(e, &n, &cap); n++)
		if (fill_cap(skb, &cap))
			return -EMSGSIZE;
	return 0;
}

/**
 * sitelink_espdev_nl_engine_get_doit() - show an engine
 * @skb: the request
 * @info: its attributes
 *
 * Context: process.
 * Return: 0 or a negative error.
 */
int sitelink_espdev_nl_engine_get_doit(struct sk_buff *skb,
				       struct genl_info *info)
{
	struct nlattr *name = info->attrs[SITELINK_ESPDEV_A_ENGINE_NAME];
	struct espdev_engine *e;
	struct sk_buff *msg;
	int err = -EMSGSIZE;
	void *hdr;

	if (!name) {
		NL_SET_ERR_MSG(info->extack, "name: which engine");
		return -EINVAL;
	}
	e = espdev_engine_get(nla_data(name), 0);
	if (!e) {
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "name: no engine is called so");
		return -ENOENT;
	}
	msg = genlmsg_new(engine_size(e), GFP_KERNEL);
	if (!msg) {
		err = -ENOMEM;
		goto out;
	}
	hdr = genlmsg_put_reply(msg, info, &espdev_nl_family, 0,
				SITELINK_ESPDEV_CMD_ENGINE_GET);
	if (hdr)
		err = fill(msg, e);
	if (err) {
		nlmsg_free(msg);
		goto out;
	}
	genlmsg_end(msg, hdr);
	err = genlmsg_reply(msg, info);
out:
	espdev_engine_put(e);
	return err;
}

/**
 * espdev_nl_engine_start() - begin to show all engines
 * @cb: the dump
 *
 * A message shall hold the engine that has most to say. What is wrong is said
 * later: older kernels have no extack here.
 *
 * Context: process.
 * Return: 0.
 */
int espdev_nl_engine_start(struct netlink_callback *cb)
{
	struct espdev_engine *e;
	unsigned int n;
	size_t size;

	for (n = 0; (e = espdev_engine_get(NULL, n)); n++) {
		size = nlmsg_total_size(engine_size(e));
		cb->min_dump_alloc = max_t(size_t, cb->min_dump_alloc, size);
		espdev_engine_put(e);
	}
	return 0;
}

/**
 * sitelink_espdev_nl_engine_get_dumpit() - show all engines
 * @skb: message to fill
 * @cb: the dump; args[0]: how many it has shown
 *
 * Context: process.
 * Return: length of @skb, or a negative error.
 */
int sitelink_espdev_nl_engine_get_dumpit(struct sk_buff *skb,
					 struct netlink_callback *cb)
{
	struct espdev_engine *e;
	int err = 0;

	if (nlmsg_attrlen(cb->nlh, GENL_HDRLEN)) {
		NL_SET_ERR_MSG(cb->extack, "a dump takes no attributes");
		return -EINVAL;
	}
	cb->seq = espdev_nl_engines_seq();
	while (!err && (e = espdev_engine_get(NULL, cb->args[0]))) {
		err = espdev_nl_dump(skb, cb, SITELINK_ESPDEV_CMD_ENGINE_GET,
				     fill, e);
		if (!err)
			cb->args[0]++;
		espdev_engine_put(e);
	}
	/* what came or went meanwhile shows in the next or last message */
	cb->seq = espdev_nl_engines_seq();
	return skb->len ?: err;
}
