/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A completion function got the request before it got the request's data.
 */
#include_next <linux/crypto.h>

#ifndef _SITELINK_COMPAT_CRYPTO_H
#define _SITELINK_COMPAT_CRYPTO_H

#ifdef SITELINK_HAVE_CRYPTO_DONE_DATA
#define SITELINK_CRYPTO_DONE(name)					\
	static void name(void *data, int err)
#define sitelink_crypto_ctx(data)	(data)
#else
#define SITELINK_CRYPTO_DONE(name)					\
	static void name(struct crypto_async_request *data, int err)
#define sitelink_crypto_ctx(req)	((req)->data)
#endif

#endif /* _SITELINK_COMPAT_CRYPTO_H */
