import { Connection } from './connection.js';
import { followDevice } from './device.js';
import { NotificationError } from './error.js';
import { LiveInbox } from './live-inbox.js';
import { PAGE_CHARACTERS } from './requests.js';
import { SignIn } from './sign-in.js';
import { Transports } from './transports.js';

export { NotificationError };

/** After sleep, a page may hold a connection that only this side believes to be open. */
const PROBE_PATIENCE = 8_000;

/**
 * A user's notifications over one WebSocket that reconnects by itself, or over SockJS where WebSockets are blocked.
 *
 * Life cycle: {@link NotificationClient#join} connects and logs in. From then on a lost connection is made again, with
 * growing pauses, until {@link NotificationClient#leave}, a refused login or one of the server's close codes 1008 and
 * 4003. The credentials are kept in memory only, in a private field. Before a token expires, the client asks for the
 * next one and sends it on the same connection.
 *
 * What the user marks as seen or deletes shows at once, and is kept until the server confirms it: while offline, and in
 * the browser's storage after the page has left. The inbox says what is still pending.
 *
 * Events (all `CustomEvent`):
 * - `state`: {state, retryAt, reason}. The state is `signed-out`, `connecting`, `online`, `offline` or `refused`.
 *   `retryAt` is the time of the next attempt in epoch milliseconds, or null. `reason` is a NotificationError or null
 * - `change`: {kind, ids, upTo}: {@link NotificationClient#inbox} has changed. The kind is `sync`, `push`, `seen`,
 *   `delete`, `counts`, `page` or `stale`. For `seen` with `ids` null, everything up to `upTo` was seen, or simply
 *   everything if that is null too
 * - `push`: {notifications}: new ones arrived, including those missed while offline
 * - `leaving`: the user is about to be signed out. What is marked now is still kept for this user
 * - `failure`: {code, message, request, cause}: the server could not do something, or the credentials could not be
 *   renewed. A mark that the server did not accept is no longer shown; one that it could not take now is sent again
 */
export class NotificationClient extends EventTarget {
  #address;
  #connection;
  #live;
  #transports;
  #signIn = new SignIn(() => this.#refresh());
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
    this.#transports = new Transports(address);
    this.#connection = new Connection(() => this.#transports.newSocket(), {
      connecting: () => this.#enter('connecting', this.#reason),
      opened: (isCurrent) => this.#opened(isCurrent),
      received: (envelope) => this.#receive(envelope),
      silent: () => this.#probe(),
      closed: (event) => this.#closed(event),
    });
    this.#live = new LiveInbox((envelope) => this.#connection.send(envelope), {
      changed: (kind, ids, upTo) => this.#changed(kind, ids, upTo),
      pushed: (notifications) => this.#dispatch('push', { notifications }),
      silent: () => this.#reconnectLater(),
      rejected: (request, { code, message }) => this.#dispatch('failure', { code, message, request }),
    });
  }

  /** @returns {string} the address of the WebSocket */
  get address() {
    return this.#address.href;
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
    this.#signIn.take(typeof login === 'string' ? { login, password } : login);
    this.#listening = new AbortController();
    followDevice({ wake: () => this.#wake(), lostNetwork: () => this.#lostNetwork() }, this.#listening.signal);
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
    this.#signIn.take(credentials);
    if (this.#state === 'online') {
      this.#refresh();
    } else if (this.#state === 'connecting' || this.#state === 'offline') {
      this.#connection.open();
    }
  }

  /** Logs out, closes the connection and forgets everything. */
  leave() {
    this.#leaving();
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

  /** @returns {boolean} whether it was sent at once. If not, and a user is known, it is sent as soon as possible */
  markSeen(ids) {
    return this.#live.markSeen(ids);
  }

  /**
   * Marks everything that is known by now.
   *
   * @returns {boolean} see {@link NotificationClient#markSeen}
   */
  markAllSeen() {
    return this.#live.markAllSeen();
  }

  /**
   * Deletes notifications.
   *
   * @returns {boolean} see {@link NotificationClient#markSeen}
   */
  remove(ids) {
    return this.#live.remove(ids);
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
    this.#transports.opened();
    return this.#logIn(isCurrent);
  }

  async #logIn(isCurrent) {
    const { data, error, isOver } = await this.#signIn.ask();
    if (!isCurrent()) {
      return;
    }
    if (isOver) {
      this.#refuse(error);
    } else if (error) {
      this.#reconnectLater(error);
    } else {
      this.#send('join', { ...data, characters: PAGE_CHARACTERS });
    }
  }

  /** Sends new credentials on the same connection, so that the session does not end with the old ones. */
  async #refresh() {
    const isCurrent = this.#connection.currency();
    const answer = await this.#signIn.ask();
    if (!isCurrent() || this.#state !== 'online' || !answer.isCurrent()) {
      return;
    }
    if (answer.isOver) {
      this.#refuse(answer.error);
    } else if (answer.error) {
      this.#notRenewed(answer.error);
    } else {
      this.#send('refresh', answer.data);
    }
  }

  /** The old credentials are good still, unless the page has replaced them: then the next login decides who it is. */
  #notRenewed(error) {
    const otherUser = error.code === 'joined-already';
    if (otherUser || this.#signIn.unproven) {
      this.#joinAgain(otherUser ? null : error);
      return;
    }
    this.#signIn.renewLater();
    this.#dispatch('failure', { code: error.code, message: error.message, request: 'refresh', cause: error.cause });
  }

  /** The user may be another one now: forgets what is shown, and logs in anew. */
  #joinAgain(reason) {
    this.#connection.resetPauses();
    this.#reconnectLater(reason);
    this.#forgetUser();
  }

  #leaving() {
    if (this.userId !== null) {
      this.#dispatch('leaving', null);
    }
  }

  #forgetUser() {
    this.#leaving();
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
      if (code === 1006 && !opened) {
        this.#explain();
      }
    }
  }

  /** Finds out why no connection can be opened, and connects in another way or says so until one can. */
  async #explain() {
    const found = await this.#transports.failed();
    if (found === null || this.#state !== 'offline') {
      return;
    }
    if (found.fallsBack) {
      this.retry();
    } else {
      this.#enter('offline', found.reason);
    }
  }

  #reconnectLater(reason = null) {
    this.#signIn.rest();
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
    this.#leaving();
    this.#live.disconnected();
    this.#signIn.forget();
    this.#connection.close();
    this.#connection.resetPauses();
    this.#listening?.abort();
    this.#reason = null;
    this.#live.clear();
    this.userId = null;
    const joining = this.#joining;
    this.#joining = null;
    joining?.reject(reason);
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

  #receive(envelope) {
    this.#live.heard();
    switch (envelope.name) {
      case 'joined':
        return this.#joined(envelope.data);
      case 'error':
        return this.#failed(envelope.data);
      case 'token-expiring':
        return this.#signIn.expiring(envelope.data.expiresAt);
      case 'refreshed':
        return this.#signIn.accepted();
      default:
        return this.#live.receive(envelope);
    }
  }

  #joined({ userId, counts }) {
    if (this.userId !== null && this.userId !== userId) {
      // The page's back end has signed in another user in the meantime.
      this.#forgetUser();
      if (this.#state !== 'connecting') {
        return; // The page has signed out when it heard that.
      }
    }
    this.#signIn.accepted();
    this.#connection.settled();
    this.userId = userId;
    this.#live.joined(`${this.#address.host}${this.#address.pathname} ${userId}`, counts);
    this.#enter('online');
    this.#joining?.resolve(userId);
    this.#joining = null;
    if (this.#state === 'online') {
      this.#live.reload();
    }
  }

  #failed({ code, message, request }) {
    const error = new NotificationError(code, message);
    if (this.#state === 'connecting') {
      this.#notLetIn(error);
    } else if (request === 'refresh') {
      this.#notRenewed(error);
    } else if (!this.#live.failed(request, error)) {
      this.#dispatch('failure', { code, message, request });
    }
  }

  /** Stops if the credentials are wrong, or if a person waits for the answer and the error does not pass by itself. */
  #notLetIn(error) {
    if (this.#signIn.isHopeless(error.code) || (this.#joining && !this.#signIn.passes(error.code))) {
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
