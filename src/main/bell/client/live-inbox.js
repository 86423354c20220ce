import { NotificationError } from './error.js';
import { Inbox } from './inbox.js';
import { Marks } from './marks.js';
import { Requests } from './requests.js';
import { Synchronization } from './synchronization.js';

/** Envelopes that change the counts. */
const CHANGES = new Set(['notification', 'seen', 'delete']);

/**
 * Keeps an {@link Inbox} in step with the server: applies its envelopes, requests pages, reloads after a lost
 * connection, and sends what the user marks.
 */
export class LiveInbox {
  #requests;
  #synchronization;
  #marks;
  #send;
  #owner;
  #first = null;
  #unseenIsDue = false;
  #allSeenIsDoubtful = false;

  /** @type {Inbox} */
  inbox;
  /** Whether the list could not be brought up to date; another attempt follows. */
  stale = false;

  /**
   * @param {(envelope: object) => boolean} send whether there was a connection
   * @param {{changed: Function, pushed: Function, silent: Function, rejected: Function}} owner callbacks:
   *     `changed(kind, ids, upTo)`, `pushed(notifications)`, `silent()` when the server does not answer, and
   *     `rejected(request, error)` when it will never accept a mark
   */
  constructor(send, owner) {
    this.#send = send;
    this.#owner = owner;
    this.#requests = new Requests(send, () => owner.silent());
    this.#synchronization = new Synchronization(this.#requests);
    this.#marks = new Marks(send, {
      unseenIds: () => this.inbox.unseenIds,
      knowsAllUnseen: () => this.inbox.knowsAllUnseen,
      readsSent: () => this.#requests.sent,
      changed: () => this.#changed('counts'),
      rejected: (request, error) => {
        this.#changed('sync');
        owner.rejected(request, error);
      },
    });
    this.inbox = new Inbox(this.#marks);
  }

  /** Whether the server owes an answer. */
  get isWaiting() {
    return this.#requests.isWaiting;
  }

  /** Something arrived. */
  heard() {
    this.#requests.heard();
  }

  /** Forgets every notification. What the user has marked stays in the storage until this user is back. */
  clear() {
    this.#marks.forget();
    this.inbox = new Inbox(this.#marks);
    this.stale = false;
  }

  /**
   * The server accepted the login. Call {@link reload} afterwards.
   *
   * @param {string} key names the server and the user
   * @param {object} [counts]
   */
  joined(key, counts) {
    this.inbox.counted(counts);
    // A server that sends no counts does not mark its answer either. With others, the first notification may be a push.
    this.#unseenIsDue = !counts;
    this.#first = this.#requests.first(!this.#unseenIsDue);
    this.#first.catch(() => {}); // reported by the run that waits for it, if there is one
    this.#marks.joined(key);
  }

  /** Loads the list again and replaces the old one in one step. */
  async reload() {
    const first = this.#first;
    this.#first = null;
    this.#allSeenIsDoubtful = false;
    const finished = await this.#synchronization.run(this.inbox, first, {
      shown: (kind, missed) => {
        this.stale &&= kind !== 'sync';
        this.#changed(kind);
        this.#pushed(missed);
      },
      trouble: () => {
        this.stale = true;
        this.#changed('stale');
      },
    });
    if (finished) {
      this.stale = false;
      this.#marks.synchronized();
      this.#changed('counts');
    }
  }

  /** The connection is gone: nothing that was requested will be answered. */
  disconnected() {
    this.#synchronization.cancel();
    this.#marks.disconnected();
    this.#requests.drop(new NotificationError('connection-lost', 'The connection was lost.'));
  }

  /**
   * The server rejected a request of that name.
   *
   * @returns {boolean} whether it was one for marks, which are sent again or reported as rejected
   */
  failed(request, error) {
    this.#requests.failed(request, error);
    return this.#marks.failed(request, error);
  }

  /** @returns {boolean} whether the marks were sent at once; they are kept until the server confirms them */
  markSeen(ids) {
    return this.#mark('seen', ids);
  }

  /** @returns {boolean} whether the marks were sent at once; they are kept until the server confirms them */
  remove(ids) {
    return this.#mark('delete', ids);
  }

  /** @returns {boolean} whether it was sent at once; it is kept until the server confirms it */
  markAllSeen() {
    const { newest } = this.inbox;
    if (newest === '') {
      return this.#send({ name: 'seenAll', data: {} });
    }
    const sent = this.#marks.addAll(newest);
    this.#changed('seen', null, newest);
    return sent;
  }

  #mark(kind, ids) {
    const sent = this.#marks.add(kind, ids);
    this.#changed(kind, ids);
    return sent;
  }

  /** Requests one page of the whole inbox; does not change {@link LiveInbox#inbox}. */
  async page(number) {
    const { notifications } = await this.#requests.content({ page: number }, false);
    return this.inbox.marked(notifications);
  }

  async loadOlder() {
    const { inbox } = this;
    const from = inbox.cursor;
    const { notifications, more } = await this.#requests.content(from === null ? { page: 0 } : { before: from });
    // The page does not continue a list that was reloaded in the meantime.
    if (inbox === this.inbox && inbox.cursor === from) {
      inbox.page(notifications, more);
      this.#changed('page');
    }
  }

  /** Applies an envelope. Ignores names it does not know: a newer server may send more. */
  receive(envelope) {
    const { name, data, counts, page } = envelope;
    if (counts) {
      this.inbox.counted(counts);
    } else if (CHANGES.has(name) && !page) {
      this.inbox.countsAreOld = true;
    }
    switch (name) {
      case 'notification':
        return this.#notified(envelope);
      case 'seen':
        return this.#seen(envelope);
      case 'delete':
        this.inbox.remove(data);
        this.#marks.confirmed('delete', data);
        return this.#changed('delete', data);
      case 'counts':
        this.inbox.counted(data);
        return this.#changed('counts');
      default:
        return undefined;
    }
  }

  #notified(envelope) {
    const { data, page } = envelope;
    const isUnseen = page?.unseen || (this.#unseenIsDue && !page);
    const { sent } = this.#requests;
    if (this.#requests.answered(envelope)) {
      this.#unseenIsDue = false;
      return this.#marks.passed(sent);
    }
    if (isUnseen) {
      this.#unseenIsDue = false;
      this.inbox.unseen(data);
      return this.#changed('page');
    }
    if (page) {
      return undefined;
    }
    const fresh = this.inbox.pushed(data);
    this.#changed('push', data.map((one) => one._id));
    return this.#pushed(fresh);
  }

  #seen({ data, all, upTo }) {
    if (all) {
      this.inbox.markAllSeen(upTo);
      this.#allSeenIsDoubtful = true;
    }
    this.inbox.markSeen(data);
    this.#marks.confirmed('seen', data, all);
    this.#changed('seen', all ? null : data, all ? upTo : null);
  }

  #changed(kind, ids = null, upTo = null) {
    this.#owner.changed(kind, ids, upTo);
    // Without `upTo`, or when the clocks of servers differ, "all seen" may have marked too much. The counts show it.
    if (this.#allSeenIsDoubtful && this.inbox.showsTooFewUnseen) {
      this.reload();
    }
  }

  #pushed(notifications) {
    if (notifications.length > 0) {
      this.#owner.pushed(notifications);
    }
  }
}
