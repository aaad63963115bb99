/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Simulated accelerators: one engine for each SoC of a table.
 */
#ifndef _SITELINK_SIM_H
#define _SITELINK_SIM_H

#include <crypto/aead.h>
#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

#include "engine.h"

/* The table's groups of columns. */
enum sim_cipher {
	SIM_DES,
	SIM_CBC,
	SIM_CTR,
	SIM_GCM,
	SIM_CIPHERS
};

/**
 * struct sim_soc - a row of the table
 * @engine: the engine's name
 * @cells: for each cipher, one character each for MD5, SHA1, SHA256, SHA512
 */
struct sim_soc {
	const char *engine;
	const char *cells[SIM_CIPHERS];
};

/* What can be set; the last four happen when they are. */
enum sim_knob_id {
	SIM_DEPTH,		/* requests that it takes */
	SIM_LATENCY,		/* of each, microseconds */
	SIM_BAD_ICV,		/* next decryptions whose ICV is wrong */
	SIM_LOST,		/* next requests that are never completed */
	SIM_REORDER,		/* next completions in reversed batches */
	SIM_FULL,		/* next requests that it has no room for */
	SIM_AT_ONCE,		/* new transforms promise to answer at once */
	SIM_RESET,		/* answers nothing until it is reset */
	SIM_DEAD,		/* nor then */
	SIM_REMOVE,
	SIM_INSERT,
	SIM_KNOBS
};

/* What is counted. */
enum sim_count {
	SIM_ENCRYPTED,
	SIM_DECRYPTED,
	SIM_DID_BAD_ICV,
	SIM_DID_LOSE,
	SIM_DID_REORDER,
	SIM_DID_REJECT,		/* no room, or none left to tell */
	SIM_DID_RESET,
	SIM_TRANSFORMS,
	SIM_CIPHER_ONLY,	/* of them, those whose hash is software's */
	SIM_COUNTS
};

struct sim;

/**
 * struct sim_knob - a file in debugfs
 * @sim: whose
 * @id: an &enum sim_knob_id
 * @value: in force; &sim.lock
 */
struct sim_knob {
	struct sim *sim;
	unsigned int id;
	u32 value;
};

/**
 * struct sim - an engine
 * @engine: what espdev knows of it
 * @soc: row of the table
 * @plug: insertions and removals, and @present
 * @present: registered
 * @lock: all below
 * @queue: requests in the order in which they came
 * @lost: requests that are never completed, until it is reset or removed
 * @held: requests begun and not completed
 * @hung: answers nothing
 * @dead: cannot be reset
 * @removed: takes nothing
 * @knobs: what can be set
 * @counts: what it has done
 * @work: does what is in @queue
 */
struct sim {
	struct espdev_engine engine;
	const struct sim_soc *soc;
	struct mutex plug;		/* @present */
	bool present;
	spinlock_t lock;		/* all below */
	struct list_head queue;
	struct list_head lost;
	unsigned int held;
	bool hung;
	bool dead;
	bool removed;
	struct sim_knob knobs[SIM_KNOBS];
	u64 counts[SIM_COUNTS];
	struct work_struct work;
};

/**
 * struct sim_tfm - a transform
 * @tfm: what espdev knows of it
 * @aead: the software that does the work
 */
struct sim_tfm {
	struct espdev_tfm tfm;
	struct crypto_aead *aead;
};

/**
 * struct sim_req - a request, behind espdev's
 * @list: in &sim.queue, &sim.lost or a batch
 * @req: espdev's
 * @tfm: transform
 * @due: when it may be done
 * @encrypt: or decrypt
 * @err: what comes of it
 * @areq: the software's request, last
 */
struct sim_req {
	struct list_head list;
	struct espdev_req *req;
	struct sim_tfm *tfm;
	ktime_t due;
	bool encrypt;
	int err;
	struct aead_request areq;
};

/* sim.c */
int sim_insert(struct sim *s);
int sim_remove(struct sim *s);

/* sim_queue.c */
int sim_crypt(struct espdev_tfm *tfm, struct espdev_req *req, bool encrypt);
int sim_reset(struct espdev_engine *engine);
void sim_hang(struct sim *s, bool for_good);
void sim_plug(struct sim *s);
void sim_unplug(struct sim *s);
void sim_count(struct sim *s, enum sim_count id);
void sim_queue_setup(struct sim *s);
int sim_queue_init(void);
void sim_queue_exit(void);

/* sim_table.c */
extern const struct sim_soc sim_socs[];
extern const unsigned int sim_soc_num;
int sim_takes(const struct sim_soc *soc, const struct espdev_alg *alg,
	      bool *hw_aead, struct netlink_ext_ack *extack);
int sim_capability(const struct sim_soc *soc, unsigned int n,
		   struct espdev_cap *cap);

/* sim_debugfs.c */
void sim_debugfs_add(struct sim *s);
void sim_debugfs_init(void);
void sim_debugfs_exit(void);

#endif /* _SITELINK_SIM_H */
