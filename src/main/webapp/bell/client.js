import { Connection } from './connection.js';
import { NotificationError } from './error.js';
import { refusalOf } from './refusal.js';
import { LiveInbox } from './live-inbox.js';

export { NotificationError };

/** After sleep, a page may hold a connection that only this side believes to be open. */
const PROBE_PATIENCE = 8_000;
/** Error codes of credentials that will never be accepted. */
const REFUSALS = new Set(['login-failed', 'bad-login', 'token-refused']);
/** Error codes that pass by themselves. */
const TEMPORARY = new Set(['login-unavailable', 'store-unavailable', 'busy', 'internal']);
/** Over how long at most the pages ask for their next tokens. */
const MOST_SPREAD = 60_000;
/** After so many handshakes that failed one after the other, and after as many more, the reason is looked for. */
const EXPLAINED = 2;
/** Before a session ends, a token that could not be renewed is asked for again after so long. */
const RENEWAL_PAUSE = 10_000;

/**
 * A user's notifications over one WebSocket that reconnects by itself.
 *
 * Life cycle: {@link NotificationClient#join} connects and logs in. From then on a lost connection is made again, with
 * growing pauses, until {@link NotificationClient#leave}, a refused login or one of the server's close codes 1008 and
 * 4003. The credentials are kept in memory only, in a private field. Before a token expires, the client asks for the
 * next one and sends it on the same connection.
 *
 * Events (all `CustomEvent`):
 * - `state`: {state, retryAt, reason}. The state is `signed-out`, `connecting`, `online`, `offline` or `refused`.
 *   `retryAt` is the time of the next attempt in epoch milliseconds, or null. `reason` is a NotificationError or null
 * - `change`: {kind, ids, upTo}: {@link NotificationClient#inbox} has changed. The kind is `sync`, `push`, `seen`,
 *   `delete`, `counts`, `page` or `stale`. For `seen` with `ids` null, everything up to `upTo` was seen, or simply
 *   everything if that is null too
 * - `push`: {notifications}: new ones arrived, including those missed while offline
 * - `failure`: {code, message, request, cause}: the server could not do something, or the credentials could not be
 *   renewed
 */
export class NotificationClient extends EventTarget {
  #address;
  #connection;
  #live;
  #failedHandshakes = 0;
  #credentials = null;
  #renewable = false;
  #unproven = false;
  #renewal = 0;
  #joining = null;
  #state = 'signed-out';
  #reason = null;
  #listening = null;

  /** @type {string | null} */
  userId = null;

  /** @param {string | URL} url of the server's `/notification/websocket`; http and https stand for ws and wss */
  constructor(url) {
    super();
    const address = new URL(url, document.baseURI);
    address.protocol = address.protocol.replace(/^http/, 'ws');
    this.#address = address;
    this.#connection = new Connection(address, {
      connecting: () => this.#enter('connecting', this.#reason),
      opened: (isCurrent) => this.#opened(isCurrent),
      received: (text) => this.#receive(text),
      silent: () => this.#probe(),
      closed: (event) => this.#closed(event),
    });
    this.#live = new LiveInbox((envelope) => this.#connection.send(envelope), {
      changed: (kind, ids, upTo) => this.#changed(kind, ids, upTo),
      pushed: (notifications) => this.#dispatch('push', { notifications }),
      silent: () => this.#reconnectLater(),
    });
  }

  /** @returns {Inbox} what is known of the notifications; another object after signing out */
  get inbox() {
    return this.#live.inbox;
  }

  /** Whether the list could not be brought up to date; another attempt follows. */
  get stale() {
    return this.#live.stale;
  }

  get state() {
    return this.#state;
  }

  get retryAt() {
    return this.#connection.retryAt;
  }

  /** Why the client is not online, if the state alone does not say. */
  get reason() {
    return this.#reason;
  }

  /**
   * Connects and logs in. If the server is unavailable, the client keeps trying and the promise stays pending.
   *
   * @param {string | Credentials | (() => Credentials | null | Promise<Credentials | null>)} login the login; or
   *     `{token}` or `{login, password}`; or, for those that expire, a function that returns one of them and is called
   *     for each connection, and before a token expires. If it throws, it is called again later. If it returns null,
   *     nobody is signed in any more, and the client stops as after a refusal
   * @param {string} [password]
   * @returns {Promise<string>} the user id; rejected with a {@link NotificationError} if the server refuses
   */
  join(login, password) {
    this.#end(new NotificationError('superseded', 'Another sign-in was started.'));
    this.#take(typeof login === 'string' ? { login, password } : login);
    this.#listen();
    return new Promise((resolve, reject) => {
      this.#joining = { resolve, reject };
      try {
        this.#connection.open();
      } catch (error) {
        // For example, a page over https may not connect to ws:.
        this.#refuse(new NotificationError('no-connection', error.message, { cause: error }));
      }
    });
  }

  /**
   * Uses other credentials from now on, on the same connection if they are of the same user.
   *
   * @param {Credentials | (() => Credentials | null | Promise<Credentials | null>)} credentials see
   *     {@link NotificationClient#join}
   */
  renew(credentials) {
    this.#take(credentials);
    if (this.#state === 'online') {
      this.#unproven = true;
      this.#refresh();
    } else if (this.#state === 'connecting' || this.#state === 'offline') {
      this.#connection.open();
    }
  }

  #take(credentials) {
    this.#renewable = typeof credentials === 'function';
    this.#credentials = this.#renewable ? credentials : () => credentials;
  }

  /** Logs out, closes the connection and forgets everything. */
  leave() {
    this.#send('leave', {});
    this.#end(new NotificationError('left', 'Signed out.'));
    this.#enter('signed-out');
    this.#changed('sync');
  }

  /** Connects now instead of waiting for the next attempt. */
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

  /**
   * @returns {Promise<object[]>} one page of the whole inbox, newest first; does not change {@link
   *     NotificationClient#inbox}
   */
  page(number) {
    return this.#live.page(number);
  }

  /** Loads the page below {@link Inbox#all}. */
  loadOlder() {
    return this.#live.loadOlder();
  }

  // ---- connection

  #opened(isCurrent) {
    this.#failedHandshakes = 0;
    return this.#logIn(isCurrent);
  }

  async #logIn(isCurrent) {
    const { credentials, error } = await this.#askForCredentials();
    if (!isCurrent()) {
      return;
    }
    if (error) {
      this.#reconnectLater(new NotificationError('no-credentials', "Couldn't renew your sign-in.", { cause: error }));
    } else if (credentials) {
      this.#send('join', wireForm(credentials));
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

  /** Sends new credentials on the same connection, so that the session does not end with the old ones. */
  async #refresh() {
    const isCurrent = this.#connection.currency();
    const asked = this.#credentials;
    const { credentials, error } = await this.#askForCredentials();
    if (!isCurrent() || this.#state !== 'online' || asked !== this.#credentials) {
      return;
    }
    if (error) {
      const message = "Couldn't renew your sign-in.";
      this.#notRenewed(new NotificationError('no-credentials', message, { cause: error }));
    } else if (credentials) {
      this.#send('refresh', wireForm(credentials));
    } else {
      this.#refuse(new NotificationError('signed-out', 'You are no longer signed in.'));
    }
  }

  #renewIn(millis) {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => this.#refresh(), millis);
  }

  /** The old credentials are good still, unless the page has replaced them: then the next login decides who it is. */
  #notRenewed(error) {
    if (error.code === 'joined-already' || this.#unproven) {
      this.#joinAgain(error.code === 'joined-already' ? null : error);
      return;
    }
    if (this.#renewable) {
      this.#renewIn(RENEWAL_PAUSE);
    }
    this.#dispatch('failure', { code: error.code, message: error.message, request: 'refresh', cause: error.cause });
  }

  /** The user may be another one now: forgets what is shown, and logs in anew. */
  #joinAgain(reason) {
    this.#forgetUser();
    this.#connection.resetPauses();
    this.#reconnectLater(reason);
  }

  #forgetUser() {
    this.#live.clear();
    this.userId = null;
    this.#changed('sync');
  }

  #closed({ code, reason, opened }) {
    if (code === 4003) {
      this.#refuse(new NotificationError('token-refused', 'The server does not accept the token of this page.'));
    } else if (code === 1008) {
      const why = reason ? `: ${reason}` : '';
      const message = `The server closed the connection${why}. Sign in again in a few minutes.`;
      this.#refuse(new NotificationError('refused', message));
    } else {
      this.#reconnectLater(this.#state === 'connecting' ? this.#reason : null);
      if (code === 1006 && !opened && ++this.#failedHandshakes % EXPLAINED === 0) {
        this.#explain();
      }
    }
  }

  /** Finds out why no connection can be opened, and says so until one can. */
  async #explain() {
    const reason = await refusalOf(this.#address);
    if (this.#state === 'offline' && this.#failedHandshakes > 0) {
      this.#enter('offline', reason);
    }
  }

  #reconnectLater(reason = null) {
    clearTimeout(this.#renewal);
    this.#live.disconnected();
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
    this.#live.disconnected();
    clearTimeout(this.#renewal);
    this.#connection.close();
    this.#connection.resetPauses();
    this.#listening?.abort();
    this.#credentials = null;
    this.#reason = null;
    this.#live.clear();
    this.userId = null;
    const joining = this.#joining;
    this.#joining = null;
    joining?.reject(reason);
  }

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    window.addEventListener('online', () => this.#wake(), { signal });
    window.addEventListener('offline', () => this.#lostNetwork(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || this.#wake(), { signal });
  }

  #wake() {
    this.retry();
    this.#probe();
  }

  /** Asks for a sign of life. While an answer is under way, its own deadline counts: it may be long. */
  #probe() {
    if (this.#state === 'online' && !this.#live.isWaiting) {
      this.#connection.expectWithin(PROBE_PATIENCE);
      this.#send('ping', {});
    }
  }

  #lostNetwork() {
    if (this.#state === 'online' || this.#state === 'connecting') {
      this.#reconnectLater(new NotificationError('offline', 'This device is offline.'));
    }
  }

  #send(name, data) {
    return this.#connection.send({ name, data });
  }

  // ---- envelopes

  #receive(text) {
    const envelope = JSON.parse(text);
    switch (envelope.name) {
      case 'joined':
        return this.#joined(envelope.data);
      case 'error':
        return this.#failed(envelope.data);
      case 'token-expiring':
        return this.#expiring(envelope.data);
      case 'refreshed':
        this.#unproven = false;
        return undefined;
      default:
        return this.#live.receive(envelope);
    }
  }

  #joined({ userId, counts }) {
    if (this.userId !== null && this.userId !== userId) {
      // The page's back end has signed in another user in the meantime.
      this.#forgetUser();
    }
    this.#unproven = false;
    this.#connection.settled();
    this.userId = userId;
    this.#live.joined(counts);
    this.#enter('online');
    this.#joining?.resolve(userId);
    this.#joining = null;
    if (this.#state === 'online') {
      this.#live.reload();
    }
  }

  /** Asks for the next token at some time in the first half: those of all pages may end in the same second. */
  #expiring({ expiresAt }) {
    if (this.#renewable) {
      const left = Date.parse(expiresAt) - Date.now();
      this.#renewIn(Math.random() * Math.max(0, Math.min(MOST_SPREAD, left / 2)));
    }
  }

  #failed({ code, message, request }) {
    const error = new NotificationError(code, message);
    if (this.#state === 'connecting') {
      this.#notLetIn(error);
      return;
    }
    if (request === 'refresh') {
      this.#notRenewed(error);
      return;
    }
    this.#live.failed(request, error);
    this.#dispatch('failure', { code, message, request });
  }

  /** Stops if the credentials are wrong, or if a person waits for the answer and the error does not pass by itself. */
  #notLetIn(error) {
    const expired = error.code === 'token-expired';
    const hopeless = REFUSALS.has(error.code) || (expired && !this.#renewable);
    const passes = expired || TEMPORARY.has(error.code);
    if (hopeless || (this.#joining && !passes)) {
      this.#refuse(error);
    } else {
      this.#reconnectLater(error);
    }
  }

  // ---- events

  #enter(state, reason = null) {
    this.#state = state;
    this.#reason = reason;
    this.#dispatch('state', { state, retryAt: this.retryAt, reason });
  }

  #changed(kind, ids = null, upTo = null) {
    this.#dispatch('change', { kind, ids, upTo });
  }

  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function wireForm({ token, login, password }) {
  return token === undefined ? { login, password } : { token };
}
