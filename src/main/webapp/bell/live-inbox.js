import { NotificationError } from './error.js';
import { Inbox } from './inbox.js';
import { Requests } from './requests.js';
import { Synchronization } from './synchronization.js';

/** Envelopes that change the counts. */
const CHANGES = new Set(['notification', 'seen', 'delete']);

/**
 * Keeps an {@link Inbox} in step with the server: applies its envelopes, requests pages, reloads after a lost
 * connection.
 */
export class LiveInbox {
  #requests;
  #synchronization;
  #owner;
  #unseenIsDue = false;
  #allSeenIsDoubtful = false;

  inbox = new Inbox();
  /** Whether the list could not be brought up to date; another attempt follows. */
  stale = false;

  /**
   * @param {(envelope: object) => boolean} send whether there was a connection
   * @param {{changed: Function, pushed: Function, silent: Function}} owner callbacks: `changed(kind, ids, upTo)`,
   *     `pushed(notifications)`, and `silent()` when the server does not answer
   */
  constructor(send, owner) {
    this.#owner = owner;
    this.#requests = new Requests(send, () => owner.silent());
    this.#synchronization = new Synchronization(this.#requests);
  }

  /** Whether the server owes an answer. */
  get isWaiting() {
    return this.#requests.isWaiting;
  }

  /** Forgets every notification. */
  clear() {
    this.inbox = new Inbox();
    this.stale = false;
  }

  /** The server accepted the login and sends the unseen notifications next. Call {@link reload} afterwards. */
  joined(counts) {
    this.inbox.counted(counts);
    // A server that sends no counts does not mark its answer either. With others, the first notification may be a push.
    this.#unseenIsDue = !counts;
  }

  /** Loads the list again and replaces the old one in one step. */
  async reload(unseenToo = false) {
    this.#allSeenIsDoubtful = false;
    const missed = await this.#synchronization.run(this.inbox, unseenToo, () => {
      this.stale = true;
      this.#changed('stale');
    });
    if (missed !== null) {
      this.stale = false;
      this.#changed('sync');
      this.#pushed(missed);
    }
  }

  /** The connection is gone: nothing that was requested will be answered. */
  disconnected() {
    this.#synchronization.cancel();
    this.#requests.drop(new NotificationError('connection-lost', 'The connection was lost.'));
  }

  /** The server rejected a request of that name. */
  failed(request, error) {
    this.#requests.failed(request, error);
  }

  /** Requests one page of the whole inbox; does not change {@link LiveInbox#inbox}. */
  page(number) {
    return this.#requests.content({ page: number });
  }

  async loadOlder() {
    const { inbox } = this;
    const from = inbox.cursor;
    const page = await this.#requests.content(from === null ? { page: 0 } : { before: from });
    // The page does not continue a list that was reloaded in the meantime.
    if (inbox === this.inbox && inbox.cursor === from) {
      inbox.page(page);
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
        return this.#notified(data, page);
      case 'seen':
        return this.#seen(envelope);
      case 'delete':
        this.inbox.remove(data);
        return this.#changed('delete', data);
      case 'counts':
        this.inbox.counted(data);
        return this.#changed('counts');
      default:
        return undefined;
    }
  }

  #notified(data, page) {
    if (page && this.#requests.answered(page, data)) {
      return undefined;
    }
    if (page?.unseen || this.#unseenIsDue) {
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
    this.#changed('seen', all ? null : data, all ? upTo : null);
  }

  #changed(kind, ids = null, upTo = null) {
    this.#owner.changed(kind, ids, upTo);
    // Without `upTo`, or when the clocks of servers differ, "all seen" may have marked too much. The counts show it.
    if (this.#allSeenIsDoubtful && this.inbox.showsTooFewUnseen) {
      this.reload(true);
    }
  }

  #pushed(notifications) {
    if (notifications.length > 0) {
      this.#owner.pushed(notifications);
    }
  }
}
