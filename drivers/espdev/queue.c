// SPDX-License-Identifier: GPL-2.0-only
/*
 * Order and CPUs: jobs come in order, any CPU does them, they leave in order,
 * and always on the same CPU: device queues and backlogs behind us are per CPU
 * and keep no order among themselves.
 */
#include <linux/cpu.h>
#include <linux/slab.h>

#include "espdev.h"

/* What one worker takes at a time: enough for the caches, few enough that the
 * others have some, too.
 */
#define TAKE	8

static struct workqueue_struct *wq;

/**
 * espdev_order() - give a job its place; from now on it leaves in its turn
 * @job: new job
 *
 * Context: BH disabled.
 */
void espdev_order(struct espdev_job *job)
{
	struct espdev_sa *sa = job->sa;

	atomic_inc(&sa->pending);
	spin_lock(&sa->lock);
	list_add_tail(&job->order, &sa->order);
	spin_unlock(&sa->lock);
}

static struct espdev_job *first_done(struct espdev_sa *sa)
{
	struct espdev_job *job;

	job = list_first_entry_or_null(&sa->order, struct espdev_job, order);
	/* pairs with set_done() */
	return job && smp_load_acquire(&job->state) == ESPDEV_DONE ? job : NULL;
}

static struct espdev_job *take_done(struct espdev_sa *sa)
{
	struct espdev_job *job;

	spin_lock(&sa->lock);
	job = first_done(sa);
	if (job)
		list_del(&job->order);
	spin_unlock(&sa->lock);
	return job;
}

static bool any_done(struct espdev_sa *sa)
{
	bool any;

	spin_lock(&sa->lock);
	any = first_done(sa);
	spin_unlock(&sa->lock);
	return any;
}

/* The packet and the error are what they are before the others see it. */
static void set_done(struct espdev_job *job, int err)
{
	job->err = err;
	/* pairs with first_done() */
	smp_store_release(&job->state, ESPDEV_DONE);
}

/* One at a time, and nobody leaves while there is something to deliver. */
static void drain(struct espdev_sa *sa)
{
	struct espdev_job *job;

	do {
		if (test_and_set_bit_lock(0, &sa->draining))
			return;
		while ((job = take_done(sa))) {
			if (sa->inbound)
				espdev_rx_deliver(job);
			else
				espdev_tx_deliver(job);
			atomic_dec(&sa->pending);
			espdev_job_free(job);
		}
		clear_bit_unlock(0, &sa->draining);
		/* who found it set has set_done() before; look once more */
		smp_mb__after_atomic();
	} while (any_done(sa));
}

/**
 * espdev_drain() - deliver what is done, on the SA's CPU
 * @work: &espdev_sa.drain
 */
void espdev_drain(struct work_struct *work)
{
	struct espdev_sa *sa = container_of(work, struct espdev_sa, drain);

	local_bh_disable();
	rcu_read_lock();
	drain(sa);
	rcu_read_unlock();
	local_bh_enable();
	/* see kick() */
	espdev_sa_put(sa);
}

/* Something of @sa may be done. */
static void kick(struct espdev_sa *sa)
{
	if (likely(sa->cpu == smp_processor_id() || !cpu_online(sa->cpu))) {
		drain(sa);
		return;
	}
	refcount_inc(&sa->refs);
	if (!queue_work_on(sa->cpu, wq, &sa->drain))
		espdev_sa_put(sa);
}

/**
 * espdev_finish() - a job is done here and now
 * @job: job, in order; may be gone on return
 * @err: 0, -EBADMSG, or that it could not be done
 *
 * Context: BH disabled, RCU read side.
 */
void espdev_finish(struct espdev_job *job, int err)
{
	struct espdev_sa *sa = job->sa;

	/* the job holds it no longer once it is delivered */
	refcount_inc(&sa->refs);
	set_done(job, err);
	kick(sa);
	espdev_sa_put(sa);
}

/**
 * espdev_complete() - an engine has done a request that it had begun
 * @req: request
 * @err: 0, -EBADMSG: wrong ICV, or another error
 *
 * Context: any but hard interrupts.
 */
void espdev_complete(struct espdev_req *req, int err)
{
	struct espdev_job *job = container_of(req, struct espdev_job, req);
	struct espdev_sa *sa = job->sa;
	bool held;
	int was;

	if (unlikely(err && err != -EBADMSG))
		atomic_long_inc(&job->tfm->engine->errors);
	local_bh_disable();
	rcu_read_lock();
	/* who answers at once as a rule may do so later: then it is a new one */
	was = READ_ONCE(job->state);
	/* an abandoned job has let go of its SA; a delivered one will */
	held = was != ESPDEV_ABANDONED && refcount_inc_not_zero(&sa->refs);
	job->err = err;
	if (likely(held && cmpxchg(&job->state, was, ESPDEV_DONE) == was))
		kick(sa);
	else
		espdev_job_drop(job);
	if (likely(held))
		espdev_sa_put(sa);
	rcu_read_unlock();
	local_bh_enable();
}
EXPORT_SYMBOL_GPL(espdev_complete);

static int crypt(struct espdev_job *job)
{
	struct espdev_tfm *tfm = job->tfm;
	int err;

	/* who completes it may be faster than we */
	if (tfm->async) {
		job->begun = jiffies;
		job->state = ESPDEV_BEGUN;
	}
	err = tfm->engine->crypt(tfm, &job->req, !job->sa->inbound);
	if (unlikely(err && err != -EINPROGRESS && err != -EBADMSG))
		atomic_long_inc(&tfm->engine->errors);
	return err;
}

/**
 * espdev_submit() - have a job done here and now, or by an asynchronous engine
 * @job: job, in order; may be gone on return
 *
 * Context: BH disabled, RCU read side.
 * Return: what the engine said.
 */
int espdev_submit(struct espdev_job *job)
{
	int err = crypt(job);

	if (err != -EINPROGRESS)
		espdev_finish(job, err);
	return err;
}

/**
 * espdev_stuck() - does an engine leave an SA's next packet unanswered
 * @sa: SA
 * @after: for that many jiffies
 *
 * Context: process.
 * Return: true or false.
 */
bool espdev_stuck(struct espdev_sa *sa, unsigned long after)
{
	struct espdev_job *job;
	bool stuck;

	spin_lock_bh(&sa->lock);
	job = list_first_entry_or_null(&sa->order, struct espdev_job, order);
	stuck = job && READ_ONCE(job->state) == ESPDEV_BEGUN &&
		time_after(jiffies, job->begun + after);
	spin_unlock_bh(&sa->lock);
	return stuck;
}

/* Of a packet that an engine keeps, nothing but its memory: TCP sends nothing
 * again that is still under way, other sockets have only so much under way, and
 * devices wait for routes and states.
 */
static void let_go(struct sk_buff_head *kept)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(kept))) {
		skb_orphan(skb);
		skb_dst_drop(skb);
		secpath_reset(skb);
		kfree_skb(skb);
	}
}

/**
 * espdev_abandon() - give up the packets that an engine has
 * @sa: SA
 * @tfm: what it has them for, and gets no more for
 *
 * Their memory stays as long as the engine may write to it.
 *
 * Context: process; the SA stays, as it is in an engine's list.
 */
void espdev_abandon(struct espdev_sa *sa, const struct espdev_tfm *tfm)
{
	struct espdev_job *job, *next;
	struct sk_buff_head kept;
	struct sk_buff *skb;
	unsigned int n = 0;

	__skb_queue_head_init(&kept);
	local_bh_disable();
	rcu_read_lock();
	spin_lock(&sa->lock);
	list_for_each_entry_safe(job, next, &sa->order, order) {
		struct list_head *before = job->order.prev;

		if (job->tfm != tfm)
			continue;
		/* in nobody's list when the engine may free it */
		list_del(&job->order);
		skb = skb_get(job->skb);
		if (cmpxchg(&job->state, ESPDEV_BEGUN, ESPDEV_ABANDONED) ==
		    ESPDEV_BEGUN) {
			__skb_queue_tail(&kept, skb);
			n++;
		} else {
			kfree_skb(skb);
			list_add(&job->order, before);
		}
	}
	spin_unlock(&sa->lock);
	let_go(&kept);
	if (n)
		kick(sa);
	while (n--) {
		if (sa->inbound)
			espdev_drop(sa, RX, ENGINE);
		else
			espdev_tx_given_up(sa);
		atomic_dec(&sa->pending);
		espdev_sa_put(sa);
	}
	rcu_read_unlock();
	local_bh_enable();
}

/**
 * espdev_spreads() - is it worth while to have other CPUs do this
 * @job: job
 *
 * Context: BH disabled.
 * Return: true or false.
 */
bool espdev_spreads(const struct espdev_job *job)
{
	const struct espdev *ed = job->sa->ed;

	return !job->tfm->async &&
	       !(cpumask_weight(ed->cpus) == 1 &&
		 cpumask_test_cpu(smp_processor_id(), ed->cpus));
}

/**
 * espdev_spread() - have jobs done by the device's CPUs
 * @jobs: jobs of one device in order, linked by &espdev_job.work; emptied
 *
 * Context: BH disabled.
 */
void espdev_spread(struct list_head *jobs)
{
	struct espdev_job *job = list_first_entry(jobs, struct espdev_job,
						  work);
	struct espdev *ed = job->sa->ed;
	bool any = false;
	int cpu;

	spin_lock(&ed->waiting_lock);
	list_splice_tail_init(jobs, &ed->waiting);
	spin_unlock(&ed->waiting_lock);
	for_each_cpu_and(cpu, ed->cpus, cpu_online_mask) {
		queue_work_on(cpu, wq, &per_cpu_ptr(ed->workers, cpu)->work);
		any = true;
	}
	/* all that may have gone offline */
	if (unlikely(!any))
		queue_work(wq, &this_cpu_ptr(ed->workers)->work);
}

static bool take(struct espdev *ed, struct list_head *mine)
{
	struct espdev_job *job, *next;
	unsigned int n = TAKE;

	spin_lock_bh(&ed->waiting_lock);
	list_for_each_entry_safe(job, next, &ed->waiting, work) {
		list_move_tail(&job->work, mine);
		if (!--n)
			break;
	}
	spin_unlock_bh(&ed->waiting_lock);
	return !list_empty(mine);
}

static void work_off(struct list_head *mine)
{
	struct espdev_job *job, *next;
	struct espdev_sa *sa = NULL;
	int err;

	local_bh_disable();
	rcu_read_lock();
	list_for_each_entry_safe(job, next, mine, work) {
		list_del(&job->work);
		if (sa != job->sa) {
			if (sa) {
				kick(sa);
				espdev_sa_put(sa);
			}
			sa = job->sa;
			refcount_inc(&sa->refs);
		}
		err = crypt(job);
		if (err != -EINPROGRESS)
			set_done(job, err);
	}
	kick(sa);
	espdev_sa_put(sa);
	rcu_read_unlock();
	local_bh_enable();
}

static void worker(struct work_struct *work)
{
	struct espdev *ed = container_of(work, struct espdev_worker, work)->ed;
	LIST_HEAD(mine);

	while (take(ed, &mine)) {
		work_off(&mine);
		cond_resched();
	}
}

/**
 * espdev_workers_init() - set up a device's workers
 * @ed: device
 *
 * Context: process.
 * Return: 0 or -ENOMEM.
 */
int espdev_workers_init(struct espdev *ed)
{
	int cpu;

	spin_lock_init(&ed->waiting_lock);
	INIT_LIST_HEAD(&ed->waiting);
	ed->workers = alloc_percpu(struct espdev_worker);
	if (!ed->workers)
		return -ENOMEM;
	for_each_possible_cpu(cpu) {
		struct espdev_worker *w = per_cpu_ptr(ed->workers, cpu);

		w->ed = ed;
		INIT_WORK(&w->work, worker);
	}
	return 0;
}

/**
 * espdev_workers_exit() - undo espdev_workers_init()
 * @ed: device without SAs
 *
 * Context: process; waits for workers that look for work once more.
 */
void espdev_workers_exit(struct espdev *ed)
{
	int cpu;

	for_each_possible_cpu(cpu)
		cancel_work_sync(&per_cpu_ptr(ed->workers, cpu)->work);
	free_percpu(ed->workers);
}

/**
 * espdev_queue_init() - set up what workers work in
 *
 * Return: 0 or -ENOMEM.
 */
int espdev_queue_init(void)
{
	wq = alloc_workqueue("espdev", WQ_CPU_INTENSIVE | WQ_MEM_RECLAIM, 0);
	return wq ? 0 : -ENOMEM;
}

/**
 * espdev_queue_exit() - undo espdev_queue_init(); no device is left
 */
void espdev_queue_exit(void)
{
	destroy_workqueue(wq);
}
