// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens when an engine stops answering or goes: packets that it has are
 * given up, and its SAs go to others, to software's if need be.
 */
#include "espdev.h"
#include "nl.h"

/* How long a request may go unanswered, and how often that is looked at. */
#define STUCK_AFTER	(3 * HZ)
#define LOOK_EVERY	(HZ / 2)
/* Once more within that time after a reset, and it was the last. */
#define RESET_HELPS	(300 * HZ)

static LIST_HEAD(orphans);	/* SAs that no engine works for */
static unsigned int generation = 1;	/* of the engines that there are */

static void look(struct work_struct *work);
static DECLARE_DELAYED_WORK(look_work, look);
static void adopt(struct work_struct *work);
static DECLARE_WORK(adopt_work, adopt);

/* Something that answers at once for @sa, which has lost its transform. */
static struct espdev_tfm *stand_in(struct espdev_sa *sa)
{
	struct xfrm_state *x = espdev_sa_state(sa);
	struct espdev_alg alg = { .sync = true };
	struct espdev_tfm *tfm = NULL;

	/* the SA is deleted, and its key maybe */
	if (!x)
		return NULL;
	if (!espdev_alg_init(&alg, x)) {
		tfm = espdev_engine_create("auto", &alg, NULL);
		if (IS_ERR(tfm))
			tfm = NULL;
		espdev_alg_clear(&alg);
	}
	xfrm_state_put(x);
	return tfm;
}

/* An SA that no engine works for, and that was not tried with all; held. */
static struct espdev_sa *next_orphan(void)
{
	struct espdev_sa *sa, *found = NULL;

	mutex_lock(&espdev_engines_lock);
	list_for_each_entry(sa, &orphans, engine) {
		if (sa->tried == generation)
			continue;
		sa->tried = generation;
		if (refcount_inc_not_zero(&sa->refs)) {
			found = sa;
			break;
		}
	}
	mutex_unlock(&espdev_engines_lock);
	return found;
}

/* Nobody else takes SAs from among the orphans, but who frees them. */
static void adopt(struct work_struct *work)
{
	struct espdev_tfm *tfm;
	struct espdev_sa *sa;

	while ((sa = next_orphan())) {
		tfm = stand_in(sa);
		mutex_lock(&espdev_engines_lock);
		if (tfm && !espdev_engine_assign(sa, tfm)) {
			sa->tried = 0;
			espdev_tfm_put(tfm);
		} else {
			espdev_nl_sa_engine(sa, tfm);
		}
		mutex_unlock(&espdev_engines_lock);
		if (!tfm && !READ_ONCE(sa->dead))
			pr_warn("espdev: SA %08x has no engine, its packets are dropped\n",
				ntohl(sa->spi));
		espdev_sa_put(sa);
	}
}

/**
 * espdev_orphan() - take SAs from an engine, for others
 * @e: engine
 * @async_only: not those that it answers at once
 *
 * Context: process, &espdev_engines_lock held; waits for RCU once.
 */
void espdev_orphan(struct espdev_engine *e, bool async_only)
{
	struct espdev_sa *sa, *next;
	struct espdev_tfm *tfm;

	list_for_each_entry_safe(sa, next, &e->sas, engine) {
		tfm = espdev_engine_of(sa);
		if (async_only && !tfm->async)
			continue;
		sa->old = tfm;
		sa->tried = 0;
		RCU_INIT_POINTER(sa->tfm, NULL);
		list_move_tail(&sa->engine, &orphans);
	}
	/* then all that it will ever get, it has */
	synchronize_net();
	list_for_each_entry(sa, &orphans, engine) {
		if (!sa->old)
			continue;
		espdev_abandon(sa, sa->old);
		espdev_tfm_put(sa->old);
		sa->old = NULL;
	}
	schedule_work(&adopt_work);
}

static void fail(struct espdev_engine *e)
{
	WRITE_ONCE(e->failed, true);
	pr_warn("espdev: engine %s has failed, software does its work\n",
		e->name);
	espdev_nl_engine(e, SITELINK_ESPDEV_CMD_ENGINE_FAIL_NTF);
	espdev_orphan(e, true);
}

static void does_not_answer(struct espdev_engine *e)
{
	bool again = e->resets &&
		     time_before(jiffies, e->last_reset + RESET_HELPS);

	if (!e->reset || again || e->reset(e)) {
		fail(e);
		return;
	}
	e->resets++;
	e->last_reset = jiffies;
	pr_warn("espdev: engine %s did not answer and was reset\n", e->name);
	espdev_nl_engine(e, SITELINK_ESPDEV_CMD_ENGINE_RESET_NTF);
}

/* Is any engine stuck? Goes on as long as there are asynchronous ones. */
static void look(struct work_struct *work)
{
	struct espdev_engine *e;
	struct espdev_sa *sa;
	bool any = false;

	mutex_lock(&espdev_engines_lock);
	list_for_each_entry(e, &espdev_engines, list) {
		bool stuck = false;

		list_for_each_entry(sa, &e->sas, engine) {
			if (!espdev_engine_of(sa)->async)
				continue;
			any = true;
			stuck |= espdev_stuck(sa, STUCK_AFTER);
		}
		/* once may be a machine that stood still with its engine */
		if (stuck && e->stuck)
			does_not_answer(e);
		e->stuck = stuck;
	}
	if (any)
		espdev_watch();
	mutex_unlock(&espdev_engines_lock);
}

/**
 * espdev_watch() - there is an asynchronous transform from now on
 *
 * Context: any.
 */
void espdev_watch(void)
{
	schedule_delayed_work(&look_work, LOOK_EVERY);
}

/**
 * espdev_adopt() - there is an engine more for SAs that have none
 *
 * Context: &espdev_engines_lock held.
 */
void espdev_adopt(void)
{
	generation++;
	schedule_work(&adopt_work);
}

/**
 * espdev_failover_exit() - look after engines no longer; no SA is left
 */
void espdev_failover_exit(void)
{
	cancel_delayed_work_sync(&look_work);
	cancel_work_sync(&adopt_work);
}
