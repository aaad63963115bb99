/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The contract between espdev and what encrypts for it.
 *
 * An engine makes transforms: one key and one direction of one SA. espdev
 * hands it requests that are AEAD operations in place, as the kernel's crypto
 * API defines them for the algorithm's name without an IV generator; espdev has
 * chosen the IV, and keeps the order, the limits and the packets' lives.
 */
#ifndef _SITELINK_ESPDEV_ENGINE_H
#define _SITELINK_ESPDEV_ENGINE_H

#include <linux/crypto.h>
#include <linux/list.h>
#include <linux/netlink.h>
#include <linux/refcount.h>
#include <linux/scatterlist.h>
#include <linux/workqueue.h>

#define ESPDEV_IV_MAX	16

/**
 * struct espdev_alg - what a transform shall do
 * @name: of the AEAD in the crypto API, "rfc4106(gcm(aes))",
 *	"authenc(hmac(sha256),cbc(aes))"; authencesn with extended sequence
 *	numbers
 * @key: in the crypto API's form for @name; gone after &espdev_engine.create
 * @key_len: of @key, octets
 * @icv_len: octets
 * @sync: the transform must answer at once: it stands in for one that failed
 */
struct espdev_alg {
	const char *name;
	const u8 *key;
	unsigned int key_len;
	unsigned int icv_len;
	bool sync;
};

/**
 * struct espdev_cap - something that an engine can do
 * @alg: AEAD in the crypto API's words, as &espdev_alg.name
 * @key_bits: of the cipher, without salt or nonce; 0: any
 * @icv_bits: of the ICV; 0: any
 * @esn: with extended sequence numbers, too
 * @async: answers later
 * @driver: who does it, of an engine that has several; else empty
 */
struct espdev_cap {
	const char *alg;
	u16 key_bits;
	u16 icv_bits;
	bool esn;
	bool async;
	char driver[CRYPTO_MAX_ALG_NAME];
};

struct espdev_engine;

/**
 * struct espdev_tfm - a transform; engines embed it
 * @engine: who made it
 * @req_size: octets that the engine wants behind each request
 * @async: may answer -EINPROGRESS as a rule; without it espdev spreads the
 *	requests over the device's CPUs
 * @hw_aead: cipher and hash are both the engine's; else one is software's
 * @refs: espdev's: the SA's and one per request
 * @free: espdev's: destroys it
 *
 * The engine fills in @req_size, @async and @hw_aead.
 */
struct espdev_tfm {
	struct espdev_engine *engine;
	unsigned int req_size;
	bool async;
	bool hw_aead;
	refcount_t refs;
	struct work_struct free;
};

/**
 * struct espdev_req - one packet to encrypt or decrypt, in place
 * @sg: associated data, then text, then room for the ICV or the ICV
 * @assoc_len: octets of associated data
 * @crypt_len: octets of text; with the ICV when decrypting
 * @iv: in the form of the crypto API; may be written to
 * @ctx: &espdev_tfm.req_size octets of the engine
 */
struct espdev_req {
	struct scatterlist *sg;
	unsigned int assoc_len;
	unsigned int crypt_len;
	u8 *iv;
	void *ctx[] __aligned(CRYPTO_MINALIGN);
};

/**
 * struct espdev_engine - something that encrypts
 * @name: what the administrator calls it
 * @owner: module, held as long as a transform lives
 * @priority: with "auto" the engine with the highest one that takes an
 *	algorithm has it
 * @by_name_only: "auto" never takes it, nor does an SA whose engine failed
 * @create: make a transform. Process context, may sleep. -EOPNOTSUPP: cannot,
 *	then the next engine or the kernel's own software does it.
 * @destroy: no request is under way any more. Process context, may sleep.
 * @crypt: begin or do one request. Any CPU, several at a time, BH disabled.
 *	Returns 0 done, -EBADMSG wrong ICV, -EINPROGRESS: espdev_complete() is
 *	called once, later, from any context but hard interrupts; -ENOSPC: full,
 *	the packet is dropped and the device's queue pauses; any other error:
 *	not done, the packet is dropped.
 * @reset: it has left a request unanswered for too long. Process context, may
 *	sleep. 0: it works again, and every request begun before the call has
 *	been completed, with an error maybe; else, or where this is NULL, its SAs
 *	go to others and it is asked for nothing any more.
 * @capability: fill in the @n-th of what it can do, from 0; -ENOENT behind the
 *	last, -EOPNOTSUPP when just this one is none. @cap comes zeroed, its name
 *	stays as long as the engine. Process context, may sleep; it is asked
 *	without locks until espdev_engine_unregister() returns. NULL: it does not
 *	say.
 * @list: espdev's: in the registry
 * @sas: espdev's: those it works for
 * @tfms: espdev's: transforms that are not yet destroyed, and who holds it
 * @stuck: espdev's: had left a request unanswered at the last look
 * @failed: espdev's: it is asked for nothing any more
 * @resets: espdev's: how often it was reset
 * @last_reset: espdev's: when, in jiffies
 * @errors: espdev's: requests that it did not do; a wrong ICV is none
 */
struct espdev_engine {
	const char *name;
	struct module *owner;
	int priority;
	bool by_name_only;
	struct espdev_tfm *(*create)(struct espdev_engine *engine,
				     const char *driver,
				     const struct espdev_alg *alg,
				     struct netlink_ext_ack *extack);
	void (*destroy)(struct espdev_tfm *tfm);
	int (*crypt)(struct espdev_tfm *tfm, struct espdev_req *req,
		     bool encrypt);
	int (*reset)(struct espdev_engine *engine);
	int (*capability)(struct espdev_engine *engine, unsigned int n,
			  struct espdev_cap *cap);
	struct list_head list;
	struct list_head sas;
	atomic_t tfms;
	bool stuck;
	bool failed;
	unsigned int resets;
	unsigned long last_reset;
	atomic_long_t errors;
};

int espdev_engine_register(struct espdev_engine *engine);
void espdev_engine_unregister(struct espdev_engine *engine);
void espdev_complete(struct espdev_req *req, int err);

#endif /* _SITELINK_ESPDEV_ENGINE_H */
