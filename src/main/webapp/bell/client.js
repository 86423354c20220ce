import { Connection } from './connection.js';
import { NotificationError } from './error.js';
import { Inbox } from './inbox.js';
import { Requests } from './requests.js';
import { Synchronization } from './synchronization.js';

export { NotificationError };

/** A page that slept may hold a connection of which only this side thinks that it is open. */
const PROBE_PATIENCE = 8_000;
/** The error codes that say: these credentials will not do, however often they are sent. */
const REFUSALS = new Set(['login-failed', 'bad-login']);
/** The error codes that say: not now. */
const TEMPORARY = new Set(['login-unavailable', 'store-unavailable', 'busy', 'internal']);

/**
 * A user's notifications over one WebSocket that comes back by itself.
 *
 * Life cycle: {@link NotificationClient#join} connects and logs in; from then on a lost connection is made again, with growing
 * pauses, until {@link NotificationClient#leave}, a refused login or the server's 1008. The credentials are kept in memory, in a
 * private field, and nowhere else.
 *
 * Events (all `CustomEvent`):
 * - `state`: {state, retryAt, reason}; state is `signed-out`, `connecting`, `online`, `offline` (trying again at `retryAt`, epoch
 *   milliseconds) or `refused`; `reason` is a NotificationError where there is more to say
 * - `change`: {kind: 'sync' | 'push' | 'seen' | 'delete' | 'counts' | 'page' | 'stale', ids, upTo}: {@link NotificationClient#inbox} has
 *   changed; for `seen`, `ids` is null when all up to `upTo` were seen, or all at all when that is null too
 * - `push`: {notifications}: new ones came in, also such as were missed while offline
 * - `failure`: {code, message, request}: the server could not do something
 */
export class NotificationClient extends EventTarget {
  #connection;
  #requests;
  #synchronization;
  #credentials = null;
  #joining = null;
  #state = 'signed-out';
  #reason = null;
  #unseenIsDue = false;
  #allSeenIsDoubtful = false;
  #listening = null;

  /** @type {Inbox} */
  inbox = new Inbox();
  /** @type {string | null} */
  userId = null;
  /** Whether the list could not be brought up to date; it is being tried again. */
  stale = false;

  /** @param {string | URL} url of the server's `/notification/websocket`; http and https stand for ws and wss */
  constructor(url) {
    super();
    const address = new URL(url, document.baseURI);
    address.protocol = address.protocol.replace(/^http/, 'ws');
    this.#connection = new Connection(address, {
      connecting: () => this.#enter('connecting', this.#reason),
      opened: (isPresent) => this.#logIn(isPresent),
      received: (text) => this.#receive(text),
      closed: (event) => this.#closed(event),
    });
    this.#requests = new Requests((envelope) => this.#connection.send(envelope), () => this.#comeBackLater());
    this.#synchronization = new Synchronization(this.#requests);
  }

  get state() {
    return this.#state;
  }

  get retryAt() {
    return this.#connection.retryAt;
  }

  /** Why it is not online, where there is more to say than the state does. */
  get reason() {
    return this.#reason;
  }

  /**
   * Connects and logs in. While nobody can be let in at the moment it keeps trying, and the promise stays open.
   *
   * @param {string | (() => Credentials | null | Promise<Credentials | null>)} login the login; or a function that gives
   *     `{login, password}` and is asked anew at every connection, for passwords that expire. When it throws, it is asked again later;
   *     when it gives null, nobody is signed in any more, and the client stops as after a refusal
   * @param {string} [password]
   * @returns {Promise<string>} the user id; rejected with a {@link NotificationError} when the server refuses
   */
  join(login, password) {
    this.#end(new NotificationError('superseded', 'Another sign-in was started.'));
    this.#credentials = typeof login === 'function' ? login : () => ({ login, password });
    this.#listen();
    return new Promise((resolve, reject) => {
      this.#joining = { resolve, reject };
      try {
        this.#connection.open();
      } catch (error) {
        // For one, a page over https may not connect to ws:.
        this.#refuse(new NotificationError('no-connection', error.message, { cause: error }));
      }
    });
  }

  /** Logs out, closes the connection and forgets everything. */
  leave() {
    this.#send('leave', {});
    this.#end(new NotificationError('left', 'Signed out.'));
    this.#enter('signed-out');
    this.#changed('sync');
  }

  /** Connects at once instead of waiting for the next retry. */
  retry() {
    if (this.#state === 'offline') {
      this.#connection.open();
    }
  }

  markSeen(ids) {
    return this.#send('seen', { ids });
  }

  markAllSeen() {
    return this.#send('seenAll', {});
  }

  remove(ids) {
    return this.#send('delete', { ids });
  }

  /** @returns {Promise<object[]>} one page of the whole inbox, newest first; does not change {@link NotificationClient#inbox} */
  page(number) {
    return this.#requests.content({ page: number });
  }

  /** Loads what comes below {@link Inbox#all}. */
  async loadOlder() {
    const { inbox } = this;
    const from = inbox.cursor;
    const page = await this.#requests.content(from === null ? { page: 0 } : { before: from });
    // When the list was made anew meanwhile, the page may not fit to its end.
    if (inbox === this.inbox && inbox.cursor === from) {
      inbox.page(page);
      this.#changed('page');
    }
  }

  // ---- connection

  async #logIn(isPresent) {
    const { credentials, error } = await this.#askForCredentials();
    if (!isPresent()) {
      return;
    }
    if (error) {
      this.#comeBackLater(new NotificationError('no-credentials', 'The sign-in cannot be renewed at the moment.', { cause: error }));
    } else if (credentials) {
      this.#send('join', { login: credentials.login, password: credentials.password });
    } else {
      this.#refuse(new NotificationError('signed-out', 'You are no longer signed in.'));
    }
  }

  async #askForCredentials() {
    try {
      return { credentials: await this.#credentials() };
    } catch (error) {
      return { error };
    }
  }

  #closed({ code, reason }) {
    if (code === 1008) {
      const why = reason ? `: ${reason}` : '';
      this.#refuse(new NotificationError('refused', `The server closed the connection${why}. Sign in again in a few minutes.`));
    } else {
      this.#comeBackLater(this.#state === 'connecting' ? this.#reason : null);
    }
  }

  #comeBackLater(reason = null) {
    this.#disconnected();
    this.#connection.reopenLater();
    this.#enter('offline', reason);
  }

  #refuse(error) {
    this.#end(error);
    this.#enter('refused', error);
    this.#changed('sync');
  }

  /** Back to the start: no connection, no credentials, no notifications. */
  #end(reason) {
    this.#disconnected();
    this.#connection.close();
    this.#connection.forgive();
    this.#listening?.abort();
    this.#credentials = null;
    this.#reason = null;
    this.#forget();
    this.userId = null;
    const joining = this.#joining;
    this.#joining = null;
    joining?.reject(reason);
  }

  #forget() {
    this.inbox = new Inbox();
    this.stale = false;
  }

  #disconnected() {
    this.#synchronization.cancel();
    this.#requests.drop(new NotificationError('connection-lost', 'The connection was lost.'));
  }

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    window.addEventListener('online', () => this.#wake(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || this.#wake(), { signal });
  }

  #wake() {
    this.retry();
    if (this.#state === 'online') {
      this.#connection.expectWithin(PROBE_PATIENCE);
      this.#send('unseen', {});
    }
  }

  #send(name, data) {
    return this.#connection.send({ name, data });
  }

  // ---- envelopes

  #receive(text) {
    const envelope = JSON.parse(text);
    const { name, data, counts } = envelope;
    if (counts) {
      this.inbox.counted(counts);
    } else if (['notification', 'seen', 'delete'].includes(name) && !envelope.page) {
      this.inbox.countsAreOld = true;
    }
    switch (name) {
      case 'joined':
        return this.#joined(data);
      case 'notification':
        return this.#notified(envelope);
      case 'seen':
        return this.#seen(envelope);
      case 'delete':
        this.inbox.remove(data);
        return this.#changed('delete', data);
      case 'counts':
        this.inbox.counted(data);
        return this.#changed('counts');
      case 'error':
        return this.#failed(data);
      default:
        // A newer server may say more than this client understands.
        return undefined;
    }
  }

  #joined({ userId, counts }) {
    if (this.userId !== null && this.userId !== userId) {
      // The page's own back end has meanwhile signed in somebody else.
      this.#forget();
    }
    this.#connection.settled();
    this.userId = userId;
    this.inbox.counted(counts);
    // Only a server that sends no counts does not mark its answer; with others, what comes first may be a push.
    this.#unseenIsDue = !counts;
    this.#enter('online');
    this.#joining?.resolve(userId);
    this.#joining = null;
    this.#synchronize(false);
  }

  async #synchronize(unseenToo) {
    this.#allSeenIsDoubtful = false;
    const missed = await this.#synchronization.run(this.inbox, unseenToo, () => {
      this.stale = true;
      this.#changed('stale');
    });
    if (missed !== null) {
      this.stale = false;
      this.#changed('sync');
      this.#announce(missed);
    }
  }

  #notified({ data, page }) {
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
    return this.#announce(fresh);
  }

  #seen({ data, all, upTo }) {
    if (all) {
      this.inbox.markAllSeen(upTo);
      this.#allSeenIsDoubtful = true;
    }
    this.inbox.markSeen(data);
    this.#changed('seen', all ? null : data, all ? upTo : null);
  }

  #failed({ code, message, request }) {
    const error = new NotificationError(code, message);
    if (this.#state === 'connecting') {
      return this.#notLetIn(error);
    }
    this.#requests.failed(request, error);
    return this.#dispatch('failure', { code, message, request });
  }

  /** What is wrong with the credentials ends it; so does anything else that somebody is there to read, except what passes by itself. */
  #notLetIn(error) {
    const final = REFUSALS.has(error.code) || (this.#joining && !TEMPORARY.has(error.code));
    return final ? this.#refuse(error) : this.#comeBackLater(error);
  }

  // ---- events

  #enter(state, reason = null) {
    this.#state = state;
    this.#reason = reason;
    this.#dispatch('state', { state, retryAt: this.retryAt, reason });
  }

  #changed(kind, ids = null, upTo = null) {
    this.#dispatch('change', { kind, ids, upTo });
    // Without `upTo`, or when clocks of servers differ, "all seen" may have taken in too much. The counts are the server's and tell.
    if (this.#allSeenIsDoubtful && this.inbox.showsTooFewUnseen) {
      this.#synchronize(true);
    }
  }

  #announce(notifications) {
    if (notifications.length > 0) {
      this.#dispatch('push', { notifications });
    }
  }

  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
