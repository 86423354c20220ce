import { announcement, badgeText, bellLabel } from './bell-state.js';
import { bellSheet } from './bell-style.js';
import { NotificationClient } from './client.js';
import { element, icon } from './dom.js';
import { fetchToken } from './token.js';
import { listSheet } from './list-style.js';
import { BellPanel } from './panel.js';

const DEFAULT_SOURCE = new URL('../notification/websocket', import.meta.url);
const RING_MILLIS = 1200;
/** The codes of sign-ins that the page itself ended: no reason for a warning. */
const EXPECTED_ENDS = new Set(['left', 'superseded']);
/** The codes of what is wrong with the page, its back end or the configuration. */
const MISTAKES = new Set(['no-credentials', 'origin-not-allowed', 'websocket-blocked']);
/** The requests whose failure the panel reports. */
const CHANGES = new Set(['seen', 'seenAll', 'delete']);

/**
 * `<notification-bell>`: a button with the number of unseen notifications, and a panel with the list.
 *
 * Attributes:
 * - `src`: the WebSocket; by default the one of the server that this file came from
 * - `token-url`: a path of the page's own back end that answers `{"token": "..."}` for the user of its cookies, or 401
 *   if nobody is signed in. It is asked at each connection, and before a token expires
 * - `login` and `password`: signs in as soon as both are set, and removes the password from the document
 * - `theme`: `light` or `dark`; by default the `color-scheme` of the surrounding page
 * - `state` and `ringing`: set by the bell, for style sheets
 *
 * From a script, use {@link NotificationBell#credentials} for passwords that expire, {@link NotificationBell#signIn}
 * and {@link NotificationBell#signOut}. Set {@link NotificationBell#client} to share one connection. Each push
 * dispatches the event `notification`, whose `detail.notifications` are the new ones.
 *
 * Theme: the custom properties `--notification-*` in list-style.js, and the parts `button`, `badge`, `panel`, `list`,
 * `notification` and `type`.
 */
export class NotificationBell extends HTMLElement {
  static observedAttributes = ['token-url', 'login', 'password'];

  #client = null;
  #ownsClient = false;
  #login = null;
  #password = null;
  #credentials = null;
  #wasConnected = false;
  #warned = '';
  /** The attribute that the credentials came from; null for the property. */
  #source = null;
  #ring = 0;
  #onPage = null;
  #listening = null;
  #badge = element('span', {
    class: 'badge',
    part: 'badge',
    'aria-hidden': 'true',
    'data-testid': 'badge',
    hidden: true,
  });
  #button = element(
    'button',
    {
      type: 'button',
      class: 'bell',
      part: 'button',
      popovertarget: 'panel',
      'aria-haspopup': 'dialog',
      'data-testid': 'bell',
    },
    icon('bell'),
    this.#badge,
  );
  #spoken = element('div', { class: 'spoken', role: 'status', 'aria-live': 'polite', 'data-testid': 'spoken' });
  #panel = new BellPanel(this.#button);

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [listSheet, bellSheet];
    root.append(this.#button, this.#panel.node, this.#spoken);
  }

  connectedCallback() {
    this.#onPage = new AbortController();
    this.#panel.follow(this.#onPage.signal);
    this.#takeEarlyProperties();
    if (!this.#client) {
      this.#use(new NotificationClient(this.getAttribute('src') ?? DEFAULT_SOURCE), true);
    }
    if (!this.#wasConnected) {
      this.#wasConnected = true;
      this.#signInWithCredentials();
    }
    this.#render();
  }

  disconnectedCallback() {
    this.#onPage.abort();
    this.#panel.stop();
    // An element that is only moved is connected again before the microtask runs.
    queueMicrotask(() => {
      if (!this.isConnected && this.#ownsClient) {
        this.#wasConnected = false;
        this.#client.leave();
      }
    });
  }

  attributeChangedCallback(name, before, value) {
    if (value === null) {
      this.#attributeRemoved(name);
    } else if (before !== value || this.#credentials === null || this.#client?.state === 'refused') {
      this.#attributeSet(name, value);
    }
  }

  #attributeSet(name, value) {
    if (name === 'token-url') {
      this.credentials = () => fetchToken(value);
      this.#source = name;
      return;
    }
    if (name === 'login') {
      this.#login = value;
    } else {
      this.#password = value;
      this.removeAttribute('password');
    }
    if (this.#login !== null && this.#password !== null) {
      this.credentials = { login: this.#login, password: this.#password };
      this.#source = 'login';
      this.#password = null;
    }
  }

  /** The password is removed by the bell itself. Credentials that came from elsewhere stay. */
  #attributeRemoved(name) {
    if (name === 'login') {
      this.#login = null;
    }
    if (name === this.#source) {
      this.signOut();
    }
  }

  /** @returns {NotificationClient} the connection; set it to share one that the page uses for other things too */
  get client() {
    return this.#client;
  }

  set client(client) {
    if (this.#ownsClient) {
      this.#client.leave();
    }
    this.#use(client, false);
    this.#render();
  }

  /**
   * Signs in whenever the bell is on a page; null signs out. While the bell is online, new credentials of the same user
   * open no new connection.
   *
   * @param {Credentials | (() => Credentials | null | Promise<Credentials | null>) | null} credentials `{token}` or
   *     `{login, password}`, or a function that returns one of them and is called for each connection, see
   *     {@link NotificationClient#join}
   */
  set credentials(credentials) {
    if (!credentials) {
      this.signOut();
      return;
    }
    this.#credentials = credentials;
    this.#source = null;
    if (!this.isConnected) {
      this.#wasConnected = false;
    } else if (this.#client?.state === 'online') {
      this.#client.renew(credentials);
    } else if (this.#client) {
      this.#signInWithCredentials();
    }
  }

  /** @returns {Promise<string>} see {@link NotificationClient#join} */
  signIn(login, password) {
    return this.#client.join(login, password);
  }

  signOut() {
    this.#credentials = null;
    this.#client?.leave();
  }

  #signInWithCredentials() {
    if (this.#credentials !== null) {
      // The bell shows a refusal as its state. There is no caller to reject, so the developer gets a warning.
      this.signIn(this.#credentials).catch(
        ({ code, message }) => EXPECTED_ENDS.has(code) || console.warn(`notification-bell: ${message}`),
      );
    }
  }

  /** A property that was set before the element was defined hides the accessor of the same name. */
  #takeEarlyProperties() {
    for (const name of ['client', 'credentials']) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  #use(client, owns) {
    this.#listening?.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (type, listener) => client.addEventListener(type, ({ detail }) => listener(detail), { signal });
    this.#client = client;
    this.#ownsClient = owns;
    this.#panel.client = client;
    on('state', ({ reason }) => {
      this.#warn(reason ?? undefined);
      this.#render();
    });
    on('change', () => this.#render());
    on('push', ({ notifications }) => this.#pushed(notifications));
    on('failure', (failure) => {
      this.#warn(failure);
      if (CHANGES.has(failure.request)) {
        this.#panel.fail(failure.message);
      }
    });
  }

  /** Tells the developer what only a developer can mend: once until the bell is online again. */
  #warn({ code = '', message, cause } = {}) {
    if (this.#client.state === 'online' && code === '') {
      this.#warned = '';
    } else if (MISTAKES.has(code) && code !== this.#warned) {
      this.#warned = code;
      console.warn(`notification-bell: ${message}`, cause ?? '');
    }
  }

  #pushed(notifications) {
    this.#spoken.textContent = announcement(notifications, this.#client.inbox);
    clearTimeout(this.#ring);
    this.removeAttribute('ringing');
    // Reading a layout value in between restarts the animation of a bell that is still ringing.
    void this.offsetWidth;
    this.setAttribute('ringing', '');
    this.#ring = setTimeout(() => this.removeAttribute('ringing'), RING_MILLIS);
    this.dispatchEvent(new CustomEvent('notification', { detail: { notifications }, bubbles: true, composed: true }));
  }

  #render() {
    const { counts } = this.#client.inbox;
    const number = badgeText(counts);
    this.setAttribute('state', this.#client.state);
    this.#badge.textContent = number;
    this.#badge.hidden = number === '';
    this.#button.setAttribute('aria-label', bellLabel(counts));
    this.#panel.render();
  }
}
