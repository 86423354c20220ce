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
 * The counts come from the server and are never computed here.
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

  /** @type {{unseen: number, byType: Record<string, number>, capped: boolean}} */
  counts = { unseen: 0, byType: {}, capped: false };
  /** Whether something changed after these counts were made. New counts follow. */
  countsAreOld = false;

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
    return this.#shown.sorted().filter((one) => complete || (cursor !== null && one._id >= cursor));
  }

  /** The unseen notifications, newest first, including those below the cursor. */
  get unread() {
    return this.#shown.sorted().filter((one) => !one.seen);
  }

  /** Whether the server counts more unseen notifications than are known here. */
  get showsTooFewUnseen() {
    return !this.countsAreOld && this.counts.unseen > this.unread.length;
  }

  /** Takes the counts of the server. */
  counted(counts) {
    this.counts = { unseen: 0, byType: {}, capped: false, ...counts };
    this.countsAreOld = false;
  }

  /** Starts a new snapshot beside the one that is shown. */
  begin() {
    this.#newestBefore ??= this.#shown.loaded ? this.#shown.newest : null;
    this.#coming = new Snapshot();
    this.#deleted.clear();
    this.#seen.clear();
    this.#seenUpTo = '';
  }

  /** Whether the new snapshot reaches down to `cursor`. */
  reaches(cursor) {
    return this.#coming.complete || cursor === null || this.#coming.cursor <= cursor;
  }

  get comingCursor() {
    return this.#coming.cursor;
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

  /** Adds the next page of the list, newest first. */
  page(notifications) {
    this.#extend(this.#shown, notifications);
  }

  /** Adds the next page of the new snapshot. */
  comingPage(notifications) {
    this.#extend(this.#coming, notifications);
  }

  /** Adds unseen notifications from anywhere in the list. */
  unseen(notifications) {
    const snapshot = this.#coming ?? this.#shown;
    notifications.forEach((one) => this.#put(snapshot, one));
  }

  /** @returns the notifications that are new here and not yet seen */
  pushed(notifications) {
    const known = this.#shown.items;
    const isFresh = (one) => !known.has(one._id) && !this.#deleted.has(one._id) && !this.#isSeen(one);
    const fresh = notifications.filter(isFresh);
    // A publication that is repeated arrives as unseen, even if the notification was seen in the meantime.
    const pushed = notifications.map((one) => (known.get(one._id)?.seen ? { ...one, seen: true } : one));
    this.#snapshots().forEach((snapshot) => {
      pushed.forEach((one) => this.#put(snapshot, one));
      snapshot.trim(Inbox.MOST);
    });
    return fresh;
  }

  markSeen(ids) {
    ids.forEach((id) => this.#seen.add(id));
    this.#snapshots().forEach((snapshot) => ids.forEach((id) => snapshot.markSeen(id)));
  }

  /**
   * @param {string | null} upTo the newest that is seen; null from older servers: then the newest that is known here
   */
  markAllSeen(upTo = null) {
    const last = upTo ?? this.#snapshots().reduce((newest, snapshot) => later(newest, snapshot.newest), '');
    this.#seenUpTo = later(this.#seenUpTo, last);
    this.#snapshots().forEach((snapshot) => {
      [...snapshot.items.keys()].filter((id) => id <= last).forEach((id) => snapshot.markSeen(id));
    });
  }

  remove(ids) {
    ids.forEach((id) => this.#deleted.add(id));
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

  #extend(snapshot, notifications) {
    notifications.forEach((one) => this.#put(snapshot, one));
    snapshot.extend(notifications);
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

  extend(page) {
    this.loaded = true;
    // The page length is a setting of the server. A page that is shorter than an earlier one is the last.
    this.complete = page.length < Math.max(this.#longest, 1);
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
    if (this.cursor !== null && this.cursor < last) {
      this.cursor = last;
    }
    this.complete = false;
  }
}

/** Ids sort by creation. */
function later(one, other) {
  return one > other ? one : other;
}
