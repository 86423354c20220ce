import { Inbox } from './inbox.js';

const FIRST_RETRY = 500;
const LONGEST_RETRY = 30_000;
/** A connection that lasted so long was a good one: the next retry is quick again. */
const STEADY_AFTER = 10_000;
/** How long the server may take to answer; failed logins are answered slowly on purpose. */
const PATIENCE = 30_000;
/** A page that slept may hold a connection of which only this side thinks that it is open. */
const PROBE_PATIENCE = 8_000;
const MOST_PAGES_AT_SYNC = 20;
const USUAL_PAGE = 30;
/** The error codes that say: these credentials will not do, however often they are sent. */
const REFUSALS = new Set(['login-failed', 'login-refused', 'invalid-credentials']);

/** What the server, or the lack of one, said no to; `code` is stable, `message` is for people. */
export class NotificationError extends Error {
  constructor(code, message) {
    super(message || code);
    this.name = 'NotificationError';
    this.code = code;
  }
}

/**
 * A user's notifications over one WebSocket that comes back by itself.
 *
 * Life cycle: {@link NotificationClient#join} connects and logs in; from then on a lost connection is made again, with growing
 * pauses, until {@link NotificationClient#leave}, a refused login or the server's 1008. The credentials are kept in memory, in a
 * private field, and nowhere else.
 *
 * Events (all `CustomEvent`):
 * - `state`: {state, retryAt, reason}; state is `signed-out`, `connecting`, `online`, `offline` (trying again at `retryAt`, epoch
 *   milliseconds) or `refused` (for `reason`, a NotificationError)
 * - `change`: {kind: 'sync' | 'push' | 'seen' | 'delete' | 'counts' | 'page', ids}: {@link NotificationClient#inbox} has changed
 * - `push`: {notifications}: new ones came in, also such as were missed while offline
 * - `failure`: {code, message}: the server could not do something
 */
export class NotificationClient extends EventTarget {
  #url;
  #socket = null;
  #credentials = null;
  #joining = null;
  #state = 'signed-out';
  #retryAt = null;
  #attempt = 0;
  #timer = 0;
  #steady = 0;
  #probe = 0;
  #requests = [];
  #unseenIsDue = false;
  #listening = null;

  /** @type {Inbox} */
  inbox = new Inbox();
  /** @type {string | null} */
  userId = null;

  /** @param {string | URL} url of the server's `/notification/websocket`; http and https stand for ws and wss */
  constructor(url) {
    super();
    this.#url = new URL(url, document.baseURI);
    this.#url.protocol = this.#url.protocol.replace(/^http/, 'ws');
  }

  get state() {
    return this.#state;
  }

  get retryAt() {
    return this.#retryAt;
  }

  /**
   * Connects and logs in. While the server cannot be reached it keeps trying, and the promise stays open.
   *
   * @returns {Promise<string>} the user id; rejected with a {@link NotificationError} when the server refuses
   */
  join(login, password) {
    this.#end(new NotificationError('superseded', 'Another sign-in was started.'));
    this.#credentials = { login, password };
    this.#attempt = 0;
    this.#listen();
    return new Promise((resolve, reject) => {
      this.#joining = { resolve, reject };
      this.#open();
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
      this.#open();
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
    return this.#content({ page: number });
  }

  /** Loads what comes below {@link Inbox#all}. */
  async loadOlder() {
    const { inbox } = this;
    const from = inbox.cursor;
    const page = await this.#content(from === null ? { page: 0 } : { before: from });
    // When the list was made anew meanwhile, the page may not fit to its end.
    if (inbox === this.inbox && inbox.cursor === from) {
      inbox.page(page);
      this.#changed('page');
    }
  }

  // ---- connection

  #open() {
    clearTimeout(this.#timer);
    this.#enter('connecting');
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#send('join', this.#credentials));
    socket.addEventListener('message', ({ data }) => socket === this.#socket && this.#receive(data));
    socket.addEventListener('close', (event) => socket === this.#socket && this.#closed(event));
    this.#timer = setTimeout(() => this.#abandon(), PATIENCE);
  }

  #closed({ code, reason }) {
    this.#drop();
    if (code === 1008) {
      this.#refuse(new NotificationError('refused', reason || 'The server closed the connection and asked not to come back.'));
    } else {
      this.#retryLater();
    }
  }

  /** Gives a connection up that does not answer. Its close event may take minutes, so it is not waited for. */
  #abandon() {
    this.#drop();
    this.#retryLater();
  }

  #retryLater() {
    const pause = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#attempt++);
    // Half of it by chance, so that a restarted server does not see all its clients in the same instant.
    const delay = pause * (0.5 + Math.random() / 2);
    this.#retryAt = Date.now() + delay;
    this.#timer = setTimeout(() => this.#open(), delay);
    this.#enter('offline');
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    [this.#timer, this.#steady, this.#probe].forEach(clearTimeout);
    socket?.close();
    const lost = new NotificationError('connection-lost', 'The connection was lost.');
    this.#requests.splice(0).forEach(({ reject }) => reject(lost));
  }

  #refuse(error) {
    this.#end(error);
    this.#enter('refused', error);
    this.#changed('sync');
  }

  /** Back to the start: no connection, no credentials, no notifications. */
  #end(reason) {
    this.#drop();
    this.#listening?.abort();
    this.#credentials = null;
    this.userId = null;
    this.inbox = new Inbox();
    const joining = this.#joining;
    this.#joining = null;
    joining?.reject(reason);
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
      clearTimeout(this.#probe);
      this.#probe = setTimeout(() => this.#abandon(), PROBE_PATIENCE);
      this.#send('unseen', {});
    }
  }

  #send(name, data) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify({ name, data }));
    return true;
  }

  #content(which) {
    return new Promise((resolve, reject) => {
      if (this.#send('content', which)) {
        this.#requests.push({ key: keyOf(which), resolve, reject });
      } else {
        reject(new NotificationError('offline', 'There is no connection.'));
      }
    });
  }

  // ---- envelopes

  #receive(text) {
    clearTimeout(this.#probe);
    const envelope = JSON.parse(text);
    if (envelope.counts) {
      this.inbox.counts = envelope.counts;
    }
    switch (envelope.name) {
      case 'joined':
        return this.#joined(envelope.data);
      case 'notification':
        return this.#notified(envelope);
      case 'seen':
        return this.#seen(envelope);
      case 'delete':
        this.inbox.remove(envelope.data);
        return this.#changed('delete', envelope.data);
      case 'counts':
        this.inbox.counts = envelope.data;
        return this.#changed('counts');
      case 'error':
        return this.#failed(envelope.data);
      default:
        // A newer server may say more than this client understands.
        return undefined;
    }
  }

  #joined({ userId, counts }) {
    clearTimeout(this.#timer);
    this.#steady = setTimeout(() => (this.#attempt = 0), STEADY_AFTER);
    this.userId = userId;
    this.inbox.counts = counts;
    this.#unseenIsDue = true;
    this.#enter('online');
    this.#joining?.resolve(userId);
    this.#joining = null;
    // When the connection is lost meanwhile, the next join starts over.
    this.#synchronize().catch(() => {});
  }

  /** Loads the list again, as far down as it was, and puts it in the place of the old one in one step. */
  async #synchronize() {
    const { inbox } = this;
    const depth = inbox.cursor;
    inbox.begin();
    const first = await this.#content({ page: 0 });
    inbox.comingPage(first);
    // A short page is most likely the last, but how long pages are is a setting: the next one tells.
    const short = first.length > 0 && first.length < USUAL_PAGE;
    for (let pages = 1; pages < MOST_PAGES_AT_SYNC && ((short && pages === 1) || !inbox.reaches(depth)); pages++) {
      inbox.comingPage(await this.#content({ before: inbox.comingCursor }));
    }
    const missed = inbox.commit();
    this.#changed('sync');
    this.#announce(missed);
  }

  #notified({ data, page }) {
    if (page && ('page' in page || 'before' in page)) {
      const at = this.#requests.findIndex(({ key }) => key === keyOf(page));
      return at < 0 ? undefined : this.#requests.splice(at, 1)[0].resolve(data);
    }
    if (page?.unseen || this.#unseenIsDue) {
      this.#unseenIsDue = false;
      this.inbox.unseen(data);
      return this.#changed('page');
    }
    const fresh = this.inbox.pushed(data);
    this.#changed('push', data.map((one) => one._id));
    return this.#announce(fresh);
  }

  #seen({ data, all }) {
    if (all) {
      this.inbox.markAllSeen();
    }
    this.inbox.markSeen(data);
    this.#changed('seen', all ? null : data);
  }

  #failed({ code, message, request }) {
    const error = new NotificationError(code, message);
    const normalized = code.toLowerCase().replaceAll('_', '-');
    if (this.#state === 'connecting') {
      // The first time somebody is there to read why; later only a real refusal ends it, not a login database that is down.
      return this.#joining || REFUSALS.has(normalized) ? this.#refuse(error) : this.#abandon();
    }
    if (request === 'content') {
      this.#requests.shift()?.reject(error);
    }
    return this.#dispatch('failure', { code, message });
  }

  // ---- events

  #enter(state, reason = null) {
    this.#state = state;
    this.#retryAt = state === 'offline' ? this.#retryAt : null;
    this.#dispatch('state', { state, retryAt: this.#retryAt, reason });
  }

  #changed(kind, ids = null) {
    this.#dispatch('change', { kind, ids });
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

function keyOf(which) {
  return 'before' in which ? `before:${which.before}` : `page:${which.page}`;
}
