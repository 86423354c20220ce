/**
 * What the client knows of the user's notifications.
 *
 * Envelopes may tell the same thing twice, or an answer may have been made before a change that arrived earlier. So this is a
 * map by id in which things only go forward: seen is never unseen again and what was deleted never comes back. After a
 * reconnect anything may have been missed: {@link Inbox#begin} starts a second snapshot beside the first, everything that
 * arrives goes into both, and {@link Inbox#commit} puts the new one in place when it reaches as far down as the old one. Until
 * then the list on the screen stays as it was. The new one was asked for after all that the old one knew, so it alone says what
 * is seen.
 *
 * The counts are the server's. They are never computed here.
 */
export class Inbox {
  /** More are not kept; older ones are loaded again on demand. The server counts no further either. */
  static MOST = 1000;

  #shown = new Snapshot();
  #coming = null;
  #deleted = new Set();
  #seen = new Set();
  #seenUpTo = '';
  #newestBefore = null;

  /** @type {{unseen: number, byType: Record<string, number>, capped: boolean}} */
  counts = { unseen: 0, byType: {}, capped: false };
  /** Whether something has changed since the counts were made: new ones are on their way. */
  countsAreOld = false;

  /** Whether anything was loaded at all: an empty inbox and an unknown one look different. */
  get loaded() {
    return this.#shown.loaded;
  }

  /** Whether there is nothing older than the last one of {@link all}. */
  get complete() {
    return this.#shown.complete;
  }

  /** The id below which nothing was loaded in order; null before the first page. */
  get cursor() {
    return this.#shown.cursor;
  }

  /** What was loaded without a gap, newest first. */
  get all() {
    const { cursor, complete } = this.#shown;
    return this.#shown.sorted().filter((one) => complete || (cursor !== null && one._id >= cursor));
  }

  /** What is known to be unseen, newest first, also from below the cursor. */
  get unread() {
    return this.#shown.sorted().filter((one) => !one.seen);
  }

  /** Whether more are unseen than this shows. */
  get showsTooFewUnseen() {
    return !this.countsAreOld && this.counts.unseen > this.unread.length;
  }

  /** Takes what the server counted. */
  counted(counts) {
    this.counts = { unseen: 0, byType: {}, capped: false, ...counts };
    this.countsAreOld = false;
  }

  begin() {
    this.#newestBefore ??= this.#shown.loaded ? this.#shown.newest : null;
    this.#coming = new Snapshot();
    this.#deleted.clear();
    this.#seen.clear();
    this.#seenUpTo = '';
  }

  /** Whether the snapshot that is being made reaches down to `cursor`. */
  reaches(cursor) {
    return this.#coming.complete || cursor === null || this.#coming.cursor <= cursor;
  }

  get comingCursor() {
    return this.#coming.cursor;
  }

  /** @returns those that were missed: unseen ones newer than all that the old snapshot knew, but for what was pushed meanwhile */
  commit() {
    const before = this.#shown;
    const newest = this.#newestBefore;
    this.#shown = this.#coming;
    this.#coming = null;
    this.#newestBefore = null;
    return newest === null ? [] : this.unread.filter(({ _id: id }) => id > newest && !before.items.has(id));
  }

  /** The next page of the list, newest first. */
  page(notifications) {
    this.#extend(this.#shown, notifications);
  }

  /** The next page of the snapshot that is being made. */
  comingPage(notifications) {
    this.#extend(this.#coming, notifications);
  }

  /** Some that are unseen, wherever they stand in the list. */
  unseen(notifications) {
    const snapshot = this.#coming ?? this.#shown;
    notifications.forEach((one) => this.#put(snapshot, one));
  }

  /** @returns those that were not known before, and are not seen already */
  pushed(notifications) {
    const known = this.#shown.items;
    const fresh = notifications.filter((one) => !known.has(one._id) && !this.#deleted.has(one._id) && !this.#isSeen(one));
    // A publisher's repetition comes as unseen, whatever has become of it.
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

  /** @param {string | null} upTo the newest that is seen; an older server does not say: then it is the newest that is known here */
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

  /** An answer that was under way while the notification was seen or deleted must not undo that. */
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
    // How long a page is, is a setting of the server: a page is known to be the last when it is shorter than another one.
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
