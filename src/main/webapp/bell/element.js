import { bellSheet } from './bell-style.js';
import { NotificationClient } from './client.js';
import { element, icon } from './dom.js';
import { listSheet } from './list-style.js';
import { NotificationList } from './list.js';

const DEFAULT_SOURCE = new URL('../notification/websocket', import.meta.url);
const RING_MILLIS = 1200;
const TICK_MILLIS = 30_000;
/** Between the bell and its panel, and between the panel and the edge of the window. */
const GAP = 12;
const MARGIN = 8;
/** How long it is said that something did not work. */
const FAILURE_MILLIS = 6000;
/** Ends of a sign-in that somebody wanted. */
const QUIET = new Set(['left', 'superseded']);
const CHANGES = new Set(['seen', 'seenAll', 'delete']);

/**
 * `<notification-bell>`: a button with the number of unseen notifications and a panel with the list.
 *
 * Attributes: `src` (the WebSocket; by default that of the server that this file came from), `login` and `password` (signs in
 * as soon as both are there; the password is taken out of the document at once), `theme` (`light` or `dark`; by default the
 * `color-scheme` of the page around it). `state` and `ringing` are set by the bell, for style sheets.
 *
 * From a script: {@link NotificationBell#credentials} for passwords that expire, {@link NotificationBell#signIn},
 * {@link NotificationBell#signOut}, or {@link NotificationBell#client} to share one connection. A push is also an event
 * `notification` of this element, with the notifications in its `detail`.
 *
 * Theme: the custom properties `--notification-*` in list-style.js; parts `button`, `badge`, `panel`, `list`, `notification`,
 * `type`.
 */
export class NotificationBell extends HTMLElement {
  static observedAttributes = ['login', 'password'];

  #client = null;
  #owned = false;
  #login = null;
  #password = null;
  #credentials = null;
  #wasHere = false;
  #view = 'all';
  #loading = false;
  #ticker = 0;
  #ring = 0;
  #failure = 0;
  #here = null;
  #focusWasInside = false;
  #connection = null;
  #parts;
  #list = new NotificationList({
    onSeen: (id) => this.#client.markSeen([id]),
    onDelete: (id) => this.#client.remove([id]),
  });

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [listSheet, bellSheet];
    this.#parts = build(this.#list.node, {
      view: (name) => this.#show(name),
      allSeen: () => this.#client.markAllSeen(),
      older: () => this.#loadOlder(),
      closing: () => (this.#focusWasInside = this.shadowRoot.activeElement !== null),
      toggle: (open) => this.#toggled(open),
    });
    root.append(this.#parts.bell, this.#parts.panel, this.#parts.spoken);
  }

  connectedCallback() {
    this.#here = new AbortController();
    const { signal } = this.#here;
    const place = () => this.#parts.panel.matches(':popover-open') && this.#place();
    window.addEventListener('resize', place, { signal });
    window.addEventListener('scroll', place, { signal, passive: true, capture: true });
    this.#takeWhatWasSetEarly();
    if (!this.#client) {
      this.#use(new NotificationClient(this.getAttribute('src') ?? DEFAULT_SOURCE), true);
    }
    if (!this.#wasHere) {
      this.#wasHere = true;
      this.#signInByItself();
    }
    this.#render();
  }

  disconnectedCallback() {
    this.#here.abort();
    clearInterval(this.#ticker);
    // An element that is only being moved is back before the microtask runs.
    queueMicrotask(() => {
      if (!this.isConnected && this.#owned) {
        this.#wasHere = false;
        this.#client.leave();
      }
    });
  }

  attributeChangedCallback(name, before, value) {
    if (value === null) {
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
      this.#password = null;
    }
  }

  /** @returns {NotificationClient} the connection; one may be set that the page uses for other things too */
  get client() {
    return this.#client;
  }

  set client(client) {
    if (this.#owned) {
      this.#client.leave();
    }
    this.#use(client, false);
    this.#render();
  }

  /**
   * Signs in whenever the bell is on a page, with `{login, password}` or with what a function gives, which is asked anew at every
   * connection; null signs out.
   *
   * @param {Credentials | (() => Credentials | null | Promise<Credentials | null>) | null} credentials see
   *     {@link NotificationClient#join}
   */
  set credentials(credentials) {
    if (!credentials) {
      this.signOut();
      return;
    }
    this.#credentials = typeof credentials === 'function' ? credentials : () => credentials;
    if (this.isConnected && this.#client) {
      this.#signInByItself();
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

  #signInByItself() {
    if (this.#credentials !== null) {
      // A refusal shows as the state of the bell; there is no caller to tell but the developer.
      this.signIn(this.#credentials).catch(({ code, message }) => QUIET.has(code) || console.warn(`notification-bell: ${message}`));
    }
  }

  /** A property that was set before the browser knew the element hides the accessor of that name. */
  #takeWhatWasSetEarly() {
    for (const name of ['client', 'credentials']) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  #use(client, owned) {
    this.#connection?.abort();
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    this.#client = client;
    this.#owned = owned;
    client.addEventListener('state', () => this.#render(), { signal });
    client.addEventListener('change', () => this.#render(), { signal });
    client.addEventListener('push', ({ detail }) => this.#pushed(detail.notifications), { signal });
    client.addEventListener('failure', ({ detail }) => CHANGES.has(detail.request) && this.#failed(detail.message), { signal });
  }

  // ---- what the reader does

  #toggled(open) {
    const { bell, panel } = this.#parts;
    bell.toggleAttribute('data-open', open);
    clearInterval(this.#ticker);
    if (open) {
      this.#render();
      this.#place();
      panel.focus({ preventScroll: true });
      this.#ticker = setInterval(() => this.#list.tick(), TICK_MILLIS);
      this.#list.tick();
    } else if (this.#focusWasInside && [null, document.body, this].includes(document.activeElement)) {
      // Whoever closed it with Escape goes on where the panel was opened; whoever clicked elsewhere stays there.
      bell.focus();
    }
  }

  #show(view) {
    this.#view = view;
    this.#parts.scroll.scrollTop = 0;
    this.#render();
  }

  async #loadOlder() {
    this.#loading = true;
    this.#render();
    try {
      await this.#client.loadOlder();
    } catch {
      // The notice says that there is no connection; the button is there for another try.
    }
    this.#loading = false;
    this.#render();
  }

  // ---- what the server says

  #pushed(notifications) {
    const { spoken } = this.#parts;
    const [first] = notifications;
    const what = notifications.length === 1 ? `New notification: ${first.title || first.content.slice(0, 100)}.` : `${notifications.length} new notifications.`;
    const { counts, countsAreOld } = this.#client.inbox;
    spoken.textContent = countsAreOld ? what : `${what} ${countLabel(counts)}.`;
    clearTimeout(this.#ring);
    this.removeAttribute('ringing');
    // Reading a layout value between the two makes a ring that is already sounding start anew.
    void this.offsetWidth;
    this.setAttribute('ringing', '');
    this.#ring = setTimeout(() => this.removeAttribute('ringing'), RING_MILLIS);
    this.dispatchEvent(new CustomEvent('notification', { detail: { notifications }, bubbles: true, composed: true }));
  }

  #failed(message) {
    clearTimeout(this.#failure);
    this.#parts.failure.textContent = message;
    this.#failure = setTimeout(() => (this.#parts.failure.textContent = ''), FAILURE_MILLIS);
  }

  #render() {
    const { inbox, state } = this.#client;
    const parts = this.#parts;
    const { unseen } = inbox.counts;
    this.setAttribute('state', state);
    parts.badge.textContent = unseen > 99 ? '99+' : String(unseen);
    parts.badge.hidden = unseen === 0;
    parts.bell.setAttribute('aria-label', `Notifications, ${countLabel(inbox.counts)}`);
    if (parts.panel.matches(':popover-open')) {
      this.#renderPanel(inbox, state === 'online');
    }
  }

  #renderPanel(inbox, online) {
    const parts = this.#parts;
    const list = this.#view === 'all' ? inbox.all : inbox.unread;
    const empty = emptyText(this.#client, this.#view);
    this.#list.render(list, online);
    parts.views.forEach((button, name) => button.setAttribute('aria-pressed', String(name === this.#view)));
    // Whoever is not signed in has nothing to choose from.
    parts.controls.forEach((control) => (control.hidden = !online && !inbox.loaded));
    parts.allSeen.disabled = !online || inbox.counts.unseen === 0;
    parts.notice.textContent = noticeText(this.#client);
    parts.notice.hidden = !inbox.loaded || parts.notice.textContent === '';
    parts.loading.hidden = inbox.loaded || this.#client.stale || (this.#client.state !== 'online' && this.#client.state !== 'connecting');
    parts.empty.hidden = list.length > 0 || !parts.loading.hidden;
    parts.emptyTitle.textContent = empty[0];
    parts.emptyText.textContent = empty[1];
    const done = this.#view !== 'all' || inbox.complete || list.length === 0;
    if (done && this.shadowRoot.activeElement === parts.older) {
      parts.panel.focus({ preventScroll: true });
    }
    parts.older.hidden = done;
    parts.older.disabled = !online || this.#loading;
    parts.older.textContent = this.#loading ? 'Loading…' : 'Load older';
  }

  /** Under the bell, its far edge on the bell's, and never outside the window. */
  #place() {
    const { bell, panel } = this.#parts;
    const at = bell.getBoundingClientRect();
    const width = panel.offsetWidth;
    const room = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const left = Math.max(MARGIN, Math.min(at.right - width, room.width - width - MARGIN));
    const below = at.bottom < room.height * 0.6;
    panel.style.setProperty('left', `${left}px`);
    panel.style.setProperty('top', below ? `${at.bottom + GAP}px` : 'auto');
    panel.style.setProperty('bottom', below ? 'auto' : `${room.height - at.top + GAP}px`);
    panel.style.setProperty('max-height', `min(38rem, ${below ? room.height - at.bottom - GAP - MARGIN : at.top - GAP - MARGIN}px)`);
  }
}

function countLabel({ unseen, capped }) {
  return unseen === 0 ? 'none unread' : `${capped ? 'more than ' : ''}${unseen} unread`;
}

function noticeText({ state, stale }) {
  const texts = {
    offline: 'No connection. The list may be out of date. Trying again.',
    connecting: 'Connecting…',
    online: stale ? 'The list may be out of date. Trying again.' : '',
  };
  return texts[state] ?? '';
}

function emptyText({ state, reason, stale }, view) {
  if (state === 'offline') {
    return ['No connection', reason?.message ?? 'The server cannot be reached. Trying again.'];
  }
  if (state === 'refused') {
    return ['Not signed in', reason?.message ?? 'The server did not accept this sign-in.'];
  }
  if (stale) {
    return ["Couldn't load your notifications", 'Trying again.'];
  }
  if (state === 'signed-out') {
    return ['Not signed in', 'Sign in to see your notifications.'];
  }
  return view === 'all' ? ['No notifications yet', "You'll see notifications here."] : ["You're all caught up", 'No unread notifications.'];
}

function build(list, on) {
  const badge = element('span', { class: 'badge', part: 'badge', 'aria-hidden': 'true', 'data-testid': 'badge', hidden: true });
  const bell = element(
    'button',
    { type: 'button', class: 'bell', part: 'button', popovertarget: 'panel', 'aria-haspopup': 'dialog', 'data-testid': 'bell' },
    icon('bell'),
    badge,
  );
  const views = new Map(
    [['all', 'All'], ['unread', 'Unread']].map(([name, text]) => [
      name,
      element('button', { type: 'button', class: 'view', 'data-testid': `view-${name}`, click: () => on.view(name) }, text),
    ]),
  );
  const allSeen = element('button', { type: 'button', class: 'all', 'data-testid': 'all-seen', click: on.allSeen }, icon('checks'), 'Mark all as read');
  const choice = element('div', { class: 'views', role: 'group', 'aria-label': 'Show' }, ...views.values());
  const notice = element('p', { class: 'notice', role: 'status', 'data-testid': 'notice' });
  const failure = element('p', { class: 'notice', role: 'alert', 'data-testid': 'failure' });
  const emptyTitle = element('strong');
  const emptyText = element('span');
  const empty = element('div', { class: 'empty', 'data-testid': 'empty' }, icon('bell'), emptyTitle, emptyText);
  const loading = element('div', { class: 'loading', role: 'status', 'aria-label': 'Loading' }, ...[1, 2, 3].map(skeleton));
  const older = element('button', { type: 'button', class: 'older', 'data-testid': 'older', click: on.older });
  const scroll = element('div', { class: 'scroll' }, list, loading, empty, older);
  const panel = element(
    'section',
    {
      class: 'panel', part: 'panel', id: 'panel', popover: 'auto', role: 'dialog', 'aria-label': 'Notifications', tabindex: '-1',
      'data-testid': 'panel', beforetoggle: ({ newState }) => newState === 'closed' && on.closing(),
      toggle: ({ newState }) => on.toggle(newState === 'open'),
    },
    element('div', { class: 'top' }, element('h2', {}, 'Notifications'), allSeen, choice),
    notice,
    failure,
    scroll,
  );
  const spoken = element('div', { class: 'spoken', role: 'status', 'aria-live': 'polite', 'data-testid': 'spoken' });
  return { badge, bell, views, controls: [allSeen, choice], allSeen, notice, failure, empty, emptyTitle, emptyText, loading, older, scroll, panel, spoken };
}

function skeleton() {
  return element('div', { class: 'skeleton', 'aria-hidden': 'true' }, element('i'), element('b'));
}
