import { NotificationClient } from '../client/client.js';
import { isMistake } from '../client/error.js';
import { acquire, release } from '../client/shared.js';
import en from '../texts/en.js';
import { languageOf, Words, wordsFor } from '../texts/texts.js';
import { announcement, badgeText, bellLabel, countsOf, newsText } from './bell-state.js';
import { BELL_STYLE } from './bell-style.js';
import { BellButton } from './button.js';
import { CredentialSource } from './credentials.js';
import { sheetOf } from './sheet.js';
import { THEME } from './theme.js';
import { showInTitle } from './title-count.js';

/** Beside the file that the build makes of all modules. In the npm package, `import.meta.url` is the page's origin. */
const defaultSource = () => new URL('./notification/websocket', import.meta.url);
/** Where there is no DOM, the module can still be imported. */
const Base = globalThis.HTMLElement ?? Object;
/** The address of a bell whose `src` is malformed: no connection can be opened. */
const NOWHERE = 'about:invalid';
const RING_MILLIS = 1200;
/** What arrives within this time is announced as one. */
const BURST_MILLIS = 400;
/** The requests whose failure the panel reports. */
const CHANGES = new Set(['seen', 'seenAll', 'delete']);
const SEEN_MODES = ['open', 'view', 'click'];
/** Attributes that are properties, too. */
const REFLECTED = {
  src: 'src',
  tokenUrl: 'token-url',
  login: 'login',
  type: 'type',
  theme: 'theme',
  seen: 'seen',
  toast: 'toast',
  sound: 'sound',
  desktop: 'desktop',
  titleCount: 'title-count',
};
/** Attributes that override single texts: `text-mark-all-read` is `markAllRead`. */
const TEXT_ATTRIBUTES = new Map(Object.keys(en).map((name) => [`text-${kebab(name)}`, name]));

/**
 * `<notification-bell>`: a button with the number of unseen notifications, and a panel with the list.
 *
 * docs/bell.md describes its attributes, properties, events, parts and custom properties. Everything can be set in any
 * order, before and after the element is inserted; what belongs together takes effect together, in a microtask.
 */
export class NotificationBell extends Base {
  static observedAttributes = [...Object.values(REFLECTED), 'password', 'lang', ...TEXT_ATTRIBUTES.keys()];

  #client = null;
  /** The client that the page has not given: {address, source, client}, shared with other bells if it has a source. */
  #own = null;
  #given = null;
  #source = new CredentialSource();
  #applied = 0;
  #settling = false;
  #onPage = null;
  #listening = null;
  #warned = '';
  #ring = 0;
  #news = [];
  #burst = 0;
  #overrides = {};
  #words = new Words();
  #language = '';
  #languageTurn = 0;
  #parts = {};
  #isInTitle = false;
  #toast = null;
  #sound = null;
  #button = new BellButton(() => this.#clicked());
  #panel = null;
  #root = document.createElement('div');

  constructor() {
    super();
    this.#root.className = 'root';
    this.#root.append(this.#button.node, this.#button.spoken, this.#button.note);
    this.attachShadow({ mode: 'open' }).append(this.#root);
    this.#adopt([THEME, BELL_STYLE]);
  }

  connectedCallback() {
    this.#takeEarlyProperties();
    this.#onPage?.abort();
    this.#onPage = new AbortController();
    this.#panel?.follow(this.#onPage.signal);
    this.#followLanguage(this.#onPage.signal);
    this.#settle();
    whenIdle(() => this.isConnected && this.#loadPanel());
  }

  disconnectedCallback() {
    this.#onPage.abort();
    this.#settleSoon();
  }

  attributeChangedCallback(name, before, value) {
    if (name === 'token-url' || name === 'login' || name === 'password') {
      this.#signInChanged(name, before, value);
    } else if (name === 'lang' || TEXT_ATTRIBUTES.has(name)) {
      this.#loadLanguage();
    } else if (before !== value) {
      this.#settleSoon();
    }
  }

  #signInChanged(name, before, value) {
    const again = this.#client?.state === 'refused' || !this.#source.credentials;
    if (before !== value || again) {
      this.#source.attribute(name, value);
    }
    if (name === 'password' && value !== null) {
      this.removeAttribute('password');
    }
    this.#settleSoon();
  }

  /** @returns {NotificationClient} the connection; set it to share one that the page uses for other things too */
  get client() {
    this.#settle();
    return this.#client;
  }

  set client(client) {
    if (this.#given && client !== this.#given) {
      this.#applied = 0;
    }
    this.#given = client;
    this.#settle();
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
    this.#source.set(credentials);
    this.#settleSoon();
  }

  /** @param {object | null} texts overrides single texts; the names are those of texts/en.js */
  set texts(texts) {
    this.#overrides = texts ?? {};
    this.#loadLanguage();
  }

  get texts() {
    return this.#overrides;
  }

  /** @returns {Promise<string>} see {@link NotificationClient#join} */
  signIn(login, password) {
    this.#source.set(typeof login === 'string' ? { login, password } : login);
    this.#settle(false);
    this.#applied = this.#source.turn;
    return this.#client.join(this.#source.credentials);
  }

  signOut() {
    this.#source.set(null);
    this.#settle();
  }

  // ---- bringing everything in step

  #settleSoon() {
    if (!this.#settling) {
      this.#settling = true;
      // An element that is only moved is connected again before the microtask runs.
      queueMicrotask(() => {
        this.#settling = false;
        this.#settle();
      });
    }
  }

  /** Makes the connection and what is shown what attributes and properties say. */
  #settle(signIn = true) {
    this.#takeClient();
    if (this.isConnected) {
      this.#settlePanel();
      this.#settleAlerts();
      this.#render();
    } else {
      this.#removeToast();
      this.#renderTitle('');
    }
    if (signIn && this.isConnected) {
      this.#applyCredentials();
    }
  }

  #takeClient() {
    if (this.#given) {
      this.#leaveOwn();
      this.#own = null;
      this.#use(this.#given);
      return;
    }
    const address = this.#address;
    const source = this.isConnected ? this.#source.name : null;
    if (this.#own?.address !== address || this.#own.source !== source) {
      this.#leaveOwn();
      const client = source === null ? new NotificationClient(address) : acquire(address, source);
      this.#own = { address, source, client };
    } else if (!this.isConnected) {
      this.#leaveOwn();
    }
    this.#use(this.#own.client);
  }

  get #address() {
    try {
      return new URL(this.src ?? defaultSource(), document.baseURI).href;
    } catch {
      return NOWHERE;
    }
  }

  /** Signs out, but for other bells with the same client. */
  #leaveOwn() {
    if (!this.#own) {
      return;
    }
    if (this.#own.source !== null) {
      this.#panel?.stop();
      release(this.#own.client);
      this.#own = null;
    } else if (this.#applied !== 0) {
      this.#panel?.stop();
      this.#own.client.leave();
    }
    this.#applied = 0;
  }

  #applyCredentials() {
    const { credentials, turn } = this.#source;
    if (turn === this.#applied) {
      return;
    }
    this.#panel?.finish();
    const isFirst = this.#applied === 0;
    this.#applied = turn;
    const { state } = this.#client;
    const isDown = state === 'signed-out' || state === 'refused';
    if (credentials === null) {
      if (!isFirst) {
        this.#client.leave();
      }
    } else if (state === 'online' && !isFirst) {
      this.#client.renew(credentials);
    } else if (isDown || !isFirst || (this.#own?.source ?? null) === null) {
      // The bell shows a refusal as its state. There is no caller to reject, so the developer gets a warning.
      this.#client.join(credentials).catch((error) => CredentialSource.isExpectedEnd(error) || warn(error));
    }
  }

  /** A property that was set before the element was defined hides the accessor of the same name. */
  #takeEarlyProperties() {
    for (const name of ['client', 'credentials', 'texts', ...Object.keys(REFLECTED)]) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  /** Follows a client while the bell is on a page: one that is removed leaves nothing behind. */
  #use(client) {
    if (client !== this.#client) {
      this.#panel?.stop();
      this.#client = client;
      this.#ignoreClient();
      this.#forgetNews();
    }
    if (!this.isConnected) {
      this.#ignoreClient();
    } else if (this.#listening === null) {
      this.#listen(client);
    }
  }

  #ignoreClient() {
    this.#listening?.abort();
    this.#listening = null;
  }

  #listen(client) {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (type, listener) => client.addEventListener(type, ({ detail }) => listener(detail), { signal });
    on('state', ({ reason }) => {
      this.#warn(reason);
      this.#render();
    });
    on('change', () => this.#render());
    on('leaving', () => this.#panel?.finish());
    on('push', ({ notifications }) => this.#pushed(notifications));
    on('failure', (failure) => {
      this.#warn(failure);
      if (CHANGES.has(failure.request)) {
        this.#panel?.fail();
      }
    });
  }

  /** Tells the developer what only a developer can mend: once until the bell is online again. */
  #warn(error) {
    if (this.#client.state === 'online' && !error) {
      this.#warned = '';
    } else if (error && isMistake(error) && error.code !== this.#warned) {
      this.#warned = error.code;
      warn(error);
    }
  }

  // ---- what arrives

  #pushed(all) {
    const notifications = all.filter(({ type }) => this.type === null || type === this.type);
    if (notifications.length === 0) {
      return;
    }
    this.dispatchEvent(new CustomEvent('notification', { detail: { notifications }, bubbles: true, composed: true }));
    this.#news = [...notifications, ...this.#news];
    if (this.#burst === 0) {
      this.#startRinging();
      this.#burst = setTimeout(() => this.#announce(), BURST_MILLIS);
    }
  }

  #startRinging() {
    clearTimeout(this.#ring);
    this.removeAttribute('ringing');
    // Reading a layout value in between restarts the animation of a bell that is still ringing.
    void this.offsetWidth;
    this.setAttribute('ringing', '');
    this.#ring = setTimeout(() => this.removeAttribute('ringing'), RING_MILLIS);
  }

  #announce() {
    const news = this.#news;
    this.#news = [];
    this.#burst = 0;
    if (!this.isConnected || news.length === 0) {
      return;
    }
    const counts = this.#client.inbox.countsAreOld ? null : this.#counts;
    this.#button.spoken.textContent = announcement(news, counts, this.#words);
    this.#alert(news);
  }

  /** Nothing of a user who is no longer signed in stays on the screen. */
  #forgetNews() {
    this.#news = [];
    this.#button.spoken.textContent = '';
    this.#toast?.hide();
  }

  // ---- what is loaded later

  /** Opens the panel. As soon as it is loaded, the button does that by itself. */
  async #clicked() {
    this.#toast?.hide();
    if (this.#panel !== null) {
      return;
    }
    await this.#loadPanel();
    if (!this.isConnected || this.#panel?.isOpen) {
      return;
    }
    if (this.#panel) {
      this.#panel.node.showPopover();
    } else {
      // After an update of the server, the panel of this page is no longer there.
      this.#button.say(this.#words.text(this.#client.state === 'online' ? 'reload' : 'unreachable'));
    }
  }

  async #loadPanel() {
    const { BellPanel, STYLES } = (await this.#load('panel', () => import('./panel.js'))) ?? {};
    if (this.#panel !== null || !BellPanel) {
      return;
    }
    this.#adopt(STYLES);
    this.#panel = new BellPanel(this.#button.node, {
      changed: () => this.#renderBell(),
      count: () => this.#counts.unseen,
    });
    this.#panel.follow(this.#onPage.signal);
    this.#button.node.after(this.#panel.node);
    this.#button.node.setAttribute('popovertarget', this.#panel.node.id);
    this.#settlePanel();
    this.#panel.words = this.#words;
  }

  #settlePanel() {
    if (this.#panel) {
      this.#panel.client = this.#client;
      this.#panel.type = this.type;
      this.#panel.seenOn = SEEN_MODES.includes(this.seen) ? this.seen : 'click';
      this.#panel.desktop = this.desktop === null ? null : this.#parts.alerts;
    }
  }

  #settleAlerts() {
    if (this.isConnected && !this.#parts.alerts && [this.toast, this.sound, this.desktop].some((one) => one !== null)) {
      this.#load('alerts', () => import('./alerts.js')).then((alerts) => alerts && this.#settle());
    }
    if (this.toast === null || !this.isConnected) {
      this.#removeToast();
    }
  }

  /** Loads a part once; null if that fails. */
  async #load(name, load) {
    try {
      return (this.#parts[name] ??= await load());
    } catch (error) {
      warn(error);
      return null;
    }
  }

  #adopt(styles) {
    this.shadowRoot.adoptedStyleSheets = [...this.shadowRoot.adoptedStyleSheets, ...styles.map(sheetOf)];
  }

  #alert(news) {
    const { alerts } = this.#parts;
    if (!alerts) {
      this.#settleAlerts();
      return;
    }
    const words = this.#words;
    const [first] = news;
    const opened = () => this.#open(first);
    if (this.sound !== null || this.desktop !== null) {
      this.#alertOnce(alerts, news, opened);
    }
    if (this.toast !== null && !this.#panel?.isOpen && !document.hidden) {
      this.#toast ??= this.#makeToast(alerts);
      const title = news.length > 1 ? newsText(news, words) : first.title || words.text('title');
      this.#toast.show(title, first.content, opened);
    }
  }

  /** Plays the sound and shows the desktop notification, if no other tab of the browser does. */
  async #alertOnce(alerts, news, opened) {
    const words = this.#words;
    const { length } = await alerts.claim(this.#client, news.map(({ _id: id }) => id));
    if (length === 0) {
      return;
    }
    if (this.sound !== null) {
      this.#sound ??= new alerts.Sound();
      this.#sound.play(this.sound);
    }
    if (this.desktop !== null && document.hidden) {
      alerts.showOnDesktop(news[0], { title: words.text('title'), lang: words.tag, dir: words.dir, opened });
    }
  }

  #makeToast({ Toast, STYLES }) {
    this.#adopt(STYLES.filter((style) => !this.shadowRoot.adoptedStyleSheets.includes(sheetOf(style))));
    return new Toast(this.#button.node, this.#words.text('close'));
  }

  #removeToast() {
    this.#toast?.remove();
    this.#toast = null;
  }

  /** Opens a notification as a click on its row would; one without a link opens the panel. */
  #open(notification) {
    if (this.#parts.alerts.follow(notification)) {
      this.#client.markSeen([notification._id]);
    } else if (!this.#panel?.isOpen) {
      this.#button.node.click();
    }
  }

  // ---- language

  /** Follows the `lang` of all ancestors. */
  #followLanguage(signal) {
    // Most languages on a page are those of other elements.
    const observer = new MutationObserver(() => languageOf(this) !== this.#language && this.#loadLanguage());
    for (let { root } = { root: this.getRootNode() }; root; root = root.host?.getRootNode()) {
      const target = root.documentElement ?? root;
      observer.observe(target, { attributes: true, attributeFilter: ['lang'], subtree: true });
    }
    signal.addEventListener('abort', () => observer.disconnect());
    this.#loadLanguage();
  }

  async #loadLanguage() {
    const turn = ++this.#languageTurn;
    this.#language = languageOf(this);
    const words = await wordsFor(this.#language, { ...this.#overrides, ...this.#textAttributes() });
    if (turn !== this.#languageTurn) {
      return; // Another change has started another load.
    }
    this.#words = words;
    this.#root.lang = words.tag;
    this.#root.dir = words.dir;
    this.#removeToast();
    if (this.#panel) {
      this.#panel.words = words;
    }
    if (this.#client) {
      this.#render();
    }
  }

  #textAttributes() {
    const texts = {};
    for (const [attribute, name] of TEXT_ATTRIBUTES) {
      if (this.hasAttribute(attribute)) {
        texts[name] = this.getAttribute(attribute);
      }
    }
    return texts;
  }

  // ---- what is shown

  get #counts() {
    const counts = countsOf(this.#client.inbox.counts, this.type);
    return { ...counts, unseen: Math.max(0, counts.unseen - (this.#panel?.unseenRemovals ?? 0)) };
  }

  #render() {
    this.setAttribute('state', this.#client.state);
    if (this.#client.userId === null) {
      this.#forgetNews();
    }
    this.#renderBell();
    this.#panel?.render();
  }

  #renderBell() {
    const number = badgeText(this.#counts, this.#words);
    this.#button.show(bellLabel(this.#counts, this.#words), number);
    this.#renderTitle(number);
  }

  /** Takes the number away when the attribute or the bell is removed. */
  #renderTitle(number) {
    const wanted = this.titleCount !== null && this.isConnected;
    if (wanted || this.#isInTitle) {
      this.#isInTitle = wanted;
      showInTitle(wanted ? number : '');
    }
  }
}

for (const [property, attribute] of Object.entries(REFLECTED)) {
  Object.defineProperty(NotificationBell.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute);
    },
    set(value) {
      if (value === null || value === undefined || value === false) {
        this.removeAttribute(attribute);
      } else {
        this.setAttribute(attribute, value === true ? '' : value);
      }
    },
  });
}

function kebab(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function warn({ message, cause }) {
  console.warn(`notification-bell: ${message}`, cause ?? '');
}

function whenIdle(task) {
  (globalThis.requestIdleCallback ?? setTimeout)(task);
}
