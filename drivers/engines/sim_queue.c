// SPDX-License-Identifier: GPL-2.0-only
/*
 * A simulated engine's queue: requests wait for their time, are done by
 * software, and answered, or not.
 */
#include <linux/delay.h>
#include <linux/workqueue.h>

#include "sim.h"

/* What it does at a time, and what is reversed as one. */
#define BATCH		16
/* Requests wait for others to be reversed with, microseconds. */
#define GATHER		10000

#define DEPTH		1024
#define LATENCY		100

static struct workqueue_struct *wq;

/* One less of a fault to come; false: none is. */
static bool take_fault(struct sim *s, enum sim_knob_id id)
{
	lockdep_assert_held(&s->lock);
	if (!s->knobs[id].value)
		return false;
	s->knobs[id].value--;
	return true;
}

/**
 * sim_count() - count something
 * @s: engine
 * @id: what
 *
 * Context: any but hard interrupts.
 */
void sim_count(struct sim *s, enum sim_count id)
{
	spin_lock_bh(&s->lock);
	s->counts[id]++;
	spin_unlock_bh(&s->lock);
}

/**
 * sim_crypt() - &espdev_engine.crypt
 * @tfm: transform
 * @req: request
 * @encrypt: or decrypt
 *
 * Context: BH disabled.
 * Return: -EINPROGRESS, -ENOSPC: full, -ENODEV: unplugged.
 */
int sim_crypt(struct espdev_tfm *tfm, struct espdev_req *req, bool encrypt)
{
	struct sim *s = container_of(tfm->engine, struct sim, engine);
	struct sim_req *r = (void *)req->ctx;
	int err = -EINPROGRESS;
	u32 wait;

	r->req = req;
	r->tfm = container_of(tfm, struct sim_tfm, tfm);
	r->encrypt = encrypt;
	spin_lock_bh(&s->lock);
	if (s->removed) {
		err = -ENODEV;
	} else if (s->held >= s->knobs[SIM_DEPTH].value ||
		   take_fault(s, SIM_FULL)) {
		err = -ENOSPC;
		s->counts[SIM_DID_REJECT]++;
	} else {
		wait = s->knobs[SIM_LATENCY].value;
		if (s->knobs[SIM_REORDER].value)
			wait += GATHER;
		r->due = ktime_add_us(ktime_get(), wait);
		list_add_tail(&r->list, &s->queue);
		s->held++;
	}
	spin_unlock_bh(&s->lock);
	if (err == -EINPROGRESS)
		queue_work(wq, &s->work);
	return err;
}

/* Microseconds until something is due; negative: nothing will be. */
static s64 until_due(struct sim *s)
{
	struct sim_req *r;
	s64 us = -1;

	spin_lock_bh(&s->lock);
	r = list_first_entry_or_null(&s->queue, struct sim_req, list);
	if (r && !s->hung)
		us = max_t(s64, ktime_us_delta(r->due, ktime_get()), 0);
	spin_unlock_bh(&s->lock);
	return us;
}

/* What is due, or is to be answered in reversed order, due or not. */
static void take_batch(struct sim *s, struct list_head *batch)
{
	struct sim_req *r, *next;
	ktime_t now = ktime_get();
	unsigned int n = 0;
	u32 *reorder;

	spin_lock_bh(&s->lock);
	reorder = &s->knobs[SIM_REORDER].value;
	list_for_each_entry_safe(r, next, &s->queue, list) {
		if (s->hung || n == BATCH ||
		    (!*reorder && ktime_after(r->due, now)))
			break;
		if (*reorder)
			list_move(&r->list, batch);
		else
			list_move_tail(&r->list, batch);
		n++;
	}
	if (*reorder && n > 1) {
		*reorder -= min(*reorder, n);
		s->counts[SIM_DID_REORDER] += n;
	}
	spin_unlock_bh(&s->lock);
}

static int do_crypt(struct sim_req *r)
{
	struct aead_request *areq = &r->areq;
	struct espdev_req *req = r->req;

	aead_request_set_tfm(areq, r->tfm->aead);
	aead_request_set_callback(areq, 0, NULL, NULL);
	aead_request_set_crypt(areq, req->sg, req->sg, req->crypt_len, req->iv);
	aead_request_set_ad(areq, req->assoc_len);
	return r->encrypt ? crypto_aead_encrypt(areq) :
			    crypto_aead_decrypt(areq);
}

/* Answer one, or lose it. */
static void answer(struct sim *s, struct sim_req *r)
{
	bool lose;

	spin_lock_bh(&s->lock);
	lose = !s->removed && (s->hung || take_fault(s, SIM_LOST));
	if (lose) {
		list_move_tail(&r->list, &s->lost);
		s->counts[SIM_DID_LOSE]++;
	} else {
		list_del(&r->list);
		s->held--;
		if (s->removed) {
			r->err = -ENODEV;
		} else if (!r->encrypt && take_fault(s, SIM_BAD_ICV)) {
			r->err = -EBADMSG;
			s->counts[SIM_DID_BAD_ICV]++;
		} else {
			s->counts[r->encrypt ? SIM_ENCRYPTED :
					       SIM_DECRYPTED]++;
		}
	}
	spin_unlock_bh(&s->lock);
	if (!lose)
		espdev_complete(r->req, r->err);
}

static void work(struct work_struct *work)
{
	struct sim *s = container_of(work, struct sim, work);
	struct sim_req *r, *next;
	LIST_HEAD(batch);
	s64 us;

	us = until_due(s);
	if (us < 0)
		return;
	if (us)
		usleep_range(us, us + us / 8 + 1);
	take_batch(s, &batch);
	list_for_each_entry(r, &batch, list)
		r->err = do_crypt(r);
	/* espdev may free a request that is answered */
	list_for_each_entry_safe(r, next, &batch, list)
		answer(s, r);
	queue_work(wq, &s->work);
}

/*
 * Answer all that has been begun with @err. The engine is neither hung nor
 * about to lose something, or is removed.
 */
static void answer_all(struct sim *s, int err)
{
	struct sim_req *r, *next;
	LIST_HEAD(all);

	spin_lock_bh(&s->lock);
	list_splice_tail_init(&s->queue, &all);
	spin_unlock_bh(&s->lock);
	/* what it is doing now is answered, or lost */
	flush_work(&s->work);
	spin_lock_bh(&s->lock);
	list_splice_tail_init(&s->lost, &all);
	list_for_each_entry(r, &all, list)
		s->held--;
	spin_unlock_bh(&s->lock);
	list_for_each_entry_safe(r, next, &all, list)
		espdev_complete(r->req, err);
}

/**
 * sim_reset() - &espdev_engine.reset
 * @engine: engine
 *
 * A dead one keeps what it has until it is removed, and espdev the memory.
 *
 * Context: process, may sleep.
 * Return: 0: all that was begun is answered; or -EIO.
 */
int sim_reset(struct espdev_engine *engine)
{
	struct sim *s = container_of(engine, struct sim, engine);
	bool dead;

	spin_lock_bh(&s->lock);
	dead = s->dead;
	if (!dead) {
		s->hung = false;
		s->knobs[SIM_LOST].value = 0;
		s->counts[SIM_DID_RESET]++;
	}
	spin_unlock_bh(&s->lock);
	if (dead)
		return -EIO;
	answer_all(s, -ECANCELED);
	return 0;
}

/**
 * sim_hang() - answer nothing any more
 * @s: engine
 * @for_good: also after a reset
 *
 * Context: process.
 */
void sim_hang(struct sim *s, bool for_good)
{
	spin_lock_bh(&s->lock);
	s->hung = true;
	s->dead |= for_good;
	spin_unlock_bh(&s->lock);
}

/**
 * sim_unplug() - take nothing more, and answer all that was begun
 * @s: engine
 *
 * Context: process, may sleep.
 */
void sim_unplug(struct sim *s)
{
	spin_lock_bh(&s->lock);
	s->removed = true;
	spin_unlock_bh(&s->lock);
	answer_all(s, -ENODEV);
}

/**
 * sim_plug() - undo sim_unplug(): in working order, no fault to come
 * @s: engine, not registered
 *
 * Context: process.
 */
void sim_plug(struct sim *s)
{
	unsigned int i;

	spin_lock_bh(&s->lock);
	s->hung = false;
	s->dead = false;
	s->removed = false;
	for (i = 0; i < SIM_KNOBS; i++)
		s->knobs[i].value = 0;
	s->knobs[SIM_DEPTH].value = DEPTH;
	s->knobs[SIM_LATENCY].value = LATENCY;
	spin_unlock_bh(&s->lock);
}

/**
 * sim_queue_setup() - set up what a new engine has here
 * @s: engine
 */
void sim_queue_setup(struct sim *s)
{
	unsigned int i;

	spin_lock_init(&s->lock);
	INIT_LIST_HEAD(&s->queue);
	INIT_LIST_HEAD(&s->lost);
	INIT_WORK(&s->work, work);
	s->removed = true;
	for (i = 0; i < SIM_KNOBS; i++)
		s->knobs[i] = (struct sim_knob) { .sim = s, .id = i };
}

/**
 * sim_queue_init() - set up what engines work in
 *
 * Return: 0 or -ENOMEM.
 */
int sim_queue_init(void)
{
	wq = alloc_workqueue("sitelink_sim", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	return wq ? 0 : -ENOMEM;
}

/**
 * sim_queue_exit() - undo sim_queue_init(); no engine is registered
 */
void sim_queue_exit(void)
{
	destroy_workqueue(wq);
}
