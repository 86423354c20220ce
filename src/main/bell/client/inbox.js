import { addTo } from './journal.js';

const NO_COUNTS = { unseen: 0, byType: {}, capped: false };
const NO_MARKS = { isSeen: () => false, isRemoved: () => false, upTo: '', isEmpty: true };

/**
 * What the client knows of the user's notifications.
 *
 * The same change may arrive twice, and an answer may be older than a change that arrived before it. So this is a map
 * by id that only moves forward: a seen notification never becomes unseen, and a deleted one never returns.
 *
 * After a reconnect anything may have been missed. {@link Inbox#begin} starts a second snapshot beside the first, and
 * everything that arrives goes into both. {@link Inbox#commit} swaps them once the new one reaches as far down as the
 * old one. Until then the list on the screen does not change. The new snapshot alone decides what is seen, because it
 * was requested after everything in the old one.
 *
 * What the user has marked and the server has not confirmed is laid over the snapshots: they hold only what the server
 * said. The counts come from the server too, less what is pending and what was marked since they were made.
 */
export class Inbox {
  /** The most notifications kept; older ones are loaded on demand. The server counts no further either. */
  static MOST = 1000;

  #shown = new Snapshot();
  #coming = null;
  #deleted = new Set();
  #seen = new Set();
  #seenUpTo = '';
  #newestBefore = null;
  #counts = NO_COUNTS;
  /** The ids of those that arrived after the counts were made. */
  #uncounted = new Set();
  #marks;

  /** Whether something changed after these counts were made. New counts follow. */
  countsAreOld = false;

  /** @param {{isSeen: Function, isRemoved: Function, upTo: string, isEmpty: boolean}} marks see {@link Marks} */
  constructor(marks = NO_MARKS) {
    this.#marks = marks;
  }

  /** @returns {{unseen: number, byType: Record<string, number>, capped: boolean}} as if everything were confirmed */
  get counts() {
    if (this.#marks.isEmpty) {
      return this.#counts;
    }
    if (this.pendingAll) {
      return tally(this.unread);
    }
    return this.#countsWithout((id) => this.isPending(id));
  }

  /** Whether a mark of this notification waits for the server. */
  isPending(id) {
    return this.#marks.isRemoved(id) || (this.#marks.isSeen(id) && !this.#shown.items.get(id)?.seen);
  }

  /** Whether "all seen" waits for the server. */
  get pendingAll() {
    return this.#marks.upTo !== '';
  }

  /** @returns the notifications as they are once the pending marks are confirmed */
  marked(notifications) {
    const marks = this.#marks;
    return marks.isEmpty
      ? notifications
      : notifications
          .filter(({ _id: id }) => !marks.isRemoved(id))
          .map((one) => (!one.seen && marks.isSeen(one._id) ? { ...one, seen: true } : one));
  }

  /** Whether anything was loaded: an empty inbox and an unknown one look different. */
  get loaded() {
    return this.#shown.loaded;
  }

  /** Whether {@link all} ends with the oldest notification. */
  get complete() {
    return this.#shown.complete;
  }

  /** The oldest id that was loaded without a gap; null before the first page. */
  get cursor() {
    return this.#shown.cursor;
  }

  /** The notifications loaded without a gap, newest first. */
  get all() {
    const { cursor, complete } = this.#shown;
    return this.marked(
      this.#shown.sorted().filter((one) => complete || (cursor !== null && one._id >= cursor)),
    );
  }

  /** All notifications that are known, newest first, including those below the cursor. */
  get known() {
    return this.marked(this.#shown.sorted());
  }

  /** The unseen notifications, newest first, including those below the cursor. */
  get unread() {
    return this.marked(this.#shown.unread).filter((one) => !one.seen);
  }

  /** The ids that are unseen for the server. */
  get unseenIds() {
    return this.#shown.unread.map((one) => one._id);
  }

  /** The newest id that is known; '' if there is none. */
  get newest() {
    return this.#snapshots().reduce((newest, snapshot) => later(newest, snapshot.newest), '');
  }

  /** Whether {@link unseenIds} are all that the server counts. */
  get knowsAllUnseen() {
    return !this.countsAreOld && !this.#counts.capped && !this.showsTooFewUnseen;
  }

  /** Whether the server counts more unseen notifications than are known here. */
  get showsTooFewUnseen() {
    return !this.countsAreOld && this.#counts.unseen > this.#shown.unread.length;
  }

  /** Whether unseen notifications below the newest snapshot are to be loaded. */
  get lacksUnseen() {
    const { items, unread } = this.#newestSnapshot;
    return items.size < Inbox.MOST && (this.countsAreOld || this.#counts.unseen > unread.length);
  }

  /** Returns the counts without some notifications, as far as these are in them. */
  #countsWithout(isOut) {
    const { byType, unseen } = tally(
      this.#shown.unread.filter(({ _id: id }) => isOut(id) && !this.#uncounted.has(id)),
    );
    const left = Object.entries(this.#counts.byType).map(([type, n]) => [type, n - ofType(byType, type)]);
    return {
      ...this.#counts,
      unseen: Math.max(0, this.#counts.unseen - unseen),
      byType: Object.fromEntries(left.filter(([, n]) => n > 0)),
    };
  }

  /** A change has arrived without counts. Until they follow, what it marks is not counted. */
  #uncount(ids) {
    if (this.countsAreOld) {
      this.#counts = this.#countsWithout((id) => ids.includes(id));
    }
  }

  get #newestSnapshot() {
    return this.#coming ?? this.#shown;
  }

  /** Takes the counts of the server. */
  counted(counts) {
    this.#counts = { ...NO_COUNTS, ...counts };
    this.countsAreOld = false;
    this.#uncounted.clear();
  }

  /** Starts a new snapshot beside the one that is shown. */
  begin() {
    this.#newestBefore ??= this.#shown.loaded ? this.#shown.newest : null;
    this.#coming = new Snapshot();
    this.#deleted.clear();
    this.#seen.clear();
    this.#seenUpTo = '';
  }

  /** Whether the new snapshot reaches down to `cursor`, or holds as much as it may. */
  reaches(cursor) {
    const { complete, cursor: reached, items } = this.#coming;
    return complete || cursor === null || reached <= cursor || items.size >= Inbox.MOST;
  }

  /** The oldest id of the newest snapshot. */
  get comingCursor() {
    return this.#newestSnapshot.cursor;
  }

  /**
   * Shows the missed ones of the new snapshot's first page before the rest has arrived.
   *
   * @returns those that are new here and not yet seen
   */
  preview(notifications) {
    const missed = notifications.filter(({ _id: id }) => id > this.#newestBefore);
    const fresh = this.#fresh(missed);
    missed.forEach((one) => this.#put(this.#shown, one));
    this.#shown.trim(Inbox.MOST);
    return fresh;
  }

  /**
   * Shows the new snapshot.
   *
   * @returns the missed ones: unseen, newer than the whole old snapshot, and not pushed in the meantime
   */
  commit() {
    const before = this.#shown;
    const newest = this.#newestBefore;
    this.#shown = this.#coming;
    this.#coming = null;
    this.#newestBefore = null;
    return newest === null ? [] : this.unread.filter(({ _id: id }) => id > newest && !before.items.has(id));
  }

  /**
   * Adds the next page of the list, newest first.
   *
   * @param {boolean} [more] whether there are older ones; undefined if the server does not say
   */
  page(notifications, more) {
    this.#extend(this.#shown, notifications, more);
  }

  /** Adds the next page of the new snapshot. */
  comingPage(notifications, more) {
    this.#extend(this.#coming, notifications, more);
  }

  /** Adds unseen notifications from anywhere in the list. */
  unseen(notifications) {
    notifications.forEach((one) => this.#put(this.#newestSnapshot, one));
  }

  /** @returns the notifications that are new here and not yet seen */
  pushed(notifications) {
    const known = this.#shown.items;
    const fresh = this.#fresh(notifications);
    if (this.countsAreOld) {
      fresh.forEach((one) => this.#uncounted.add(one._id));
    }
    // A publication that is repeated arrives as unseen, even if the notification was seen in the meantime.
    const pushed = notifications.map((one) => (known.get(one._id)?.seen ? { ...one, seen: true } : one));
    this.#snapshots().forEach((snapshot) => {
      pushed.forEach((one) => this.#put(snapshot, one));
      snapshot.trim(Inbox.MOST);
    });
    return fresh;
  }

  #fresh(notifications) {
    const known = this.#shown.items;
    const isFresh = (one) => !known.has(one._id) && !this.#deleted.has(one._id) && !this.#isSeen(one);
    return notifications.filter((one) => isFresh(one) && !this.isPending(one._id));
  }

  markSeen(ids) {
    this.#uncount(ids);
    addTo(this.#seen, ids);
    this.#snapshots().forEach((snapshot) => ids.forEach((id) => snapshot.markSeen(id)));
  }

  /**
   * @param {string | null} upTo the newest that is seen; null from older servers: then the newest that is known here
   */
  markAllSeen(upTo = null) {
    const last = upTo ?? this.newest;
    this.#seenUpTo = later(this.#seenUpTo, last);
    const left = tally(this.#shown.unread.filter(({ _id: id }) => id > last));
    if (this.countsAreOld && left.unseen < this.#counts.unseen) {
      this.#counts = left;
    }
    this.#snapshots().forEach((snapshot) =>
      snapshot.unread.filter(({ _id: id }) => id <= last).forEach(({ _id: id }) => snapshot.markSeen(id)),
    );
  }

  remove(ids) {
    this.#uncount(ids);
    addTo(this.#deleted, ids);
    this.#snapshots().forEach((snapshot) => ids.forEach((id) => snapshot.items.delete(id)));
  }

  /** An answer may be older than a `seen` or `delete` that arrived before it, and must not undo it. */
  #put(snapshot, notification) {
    const id = notification._id;
    if (this.#deleted.has(id) || notification.delete) {
      return;
    }
    const seen = this.#isSeen(notification) || Boolean(snapshot.items.get(id)?.seen);
    snapshot.items.set(id, { ...notification, seen });
  }

  #isSeen({ _id: id, seen }) {
    return seen || this.#seen.has(id) || id <= this.#seenUpTo;
  }

  #extend(snapshot, notifications, more) {
    notifications.forEach((one) => this.#put(snapshot, one));
    snapshot.extend(notifications, more);
  }

  #snapshots() {
    return this.#coming ? [this.#shown, this.#coming] : [this.#shown];
  }
}

class Snapshot {
  items = new Map();
  cursor = null;
  complete = false;
  loaded = false;
  #longest = 0;

  sorted() {
    return [...this.items.values()].sort((a, b) => (a._id < b._id ? 1 : a._id > b._id ? -1 : 0));
  }

  /** What is unseen for the server, newest first. */
  get unread() {
    return this.sorted().filter((one) => !one.seen);
  }

  /** The newest id; empty when there is none. */
  get newest() {
    return [...this.items.keys()].reduce(later, '');
  }

  markSeen(id) {
    const one = this.items.get(id);
    if (one && !one.seen) {
      this.items.set(id, { ...one, seen: true });
    }
  }

  extend(page, more) {
    this.loaded = true;
    // The page length is a setting of the server. A page that is shorter than an earlier one is the last.
    this.complete = more === undefined ? page.length < Math.max(this.#longest, 1) : !more;
    this.#longest = Math.max(this.#longest, page.length);
    if (page.length > 0) {
      this.cursor = page[page.length - 1]._id;
    }
  }

  trim(most) {
    if (this.items.size <= most) {
      return;
    }
    const sorted = this.sorted();
    sorted.slice(most).forEach((one) => this.items.delete(one._id));
    const last = sorted[most - 1]._id;
    if (this.complete || (this.cursor !== null && this.cursor < last)) {
      this.cursor = last;
      this.complete = false;
    }
  }
}

/** @returns the counts of unseen notifications */
function tally(unseen) {
  const byType = Object.create(null);
  unseen.forEach(({ type = '' }) => (byType[type] = (byType[type] ?? 0) + 1));
  return { unseen: unseen.length, byType: { ...byType }, capped: false };
}

/** Returns one of the counts by type. The types are the publishers' words, such as `constructor`. */
export function ofType(byType, type) {
  return Object.hasOwn(byType, type) ? byType[type] : 0;
}

/** Ids sort by creation. */
function later(one, other) {
  return one > other ? one : other;
}
