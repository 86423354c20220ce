import { Arrivals } from './arrivals.js';
import { element, icon, leftBeside, MARGIN } from './dom.js';
import { NotificationList } from './list.js';
import { LIST_STYLE } from './list-style.js';
import { panelState } from './panel-state.js';
import { PANEL_STYLE } from './panel-style.js';
import { Removals } from './removals.js';
import { Times } from '../texts/time.js';
import { Viewing } from './viewing.js';

/** The style sheets of the panel, beside those of the bell. */
export const STYLES = [LIST_STYLE, PANEL_STYLE];
export { LIST_STYLE, NotificationList, Times };

const TICK_MILLIS = 30_000;
/** Pixels between the bell and its panel. */
const GAP = 12;
/** How long a failed request is reported. */
const FAILURE_MILLIS = 6000;
/** A list of one type loads older pages until so many are shown, but not more pages than this for one click. */
const ENOUGH = 10;
const MOST_PAGES = 10;

/**
 * The panel that opens under the bell: the list, the choice of what it shows, and messages about the connection.
 *
 * Moves the focus into the panel when it opens, and back to the bell when Escape closes it.
 */
export class BellPanel {
  /** @type {NotificationClient | null} whose notifications are shown */
  client = null;
  /** @type {string | null} the only type that is shown */
  type = null;
  /** @type {'open' | 'view' | 'click'} when a notification counts as seen */
  seenOn = 'click';
  /** The functions of alerts.js for desktop notifications; null if the page does not want them. */
  desktop = null;
  #anchor;
  #count;
  #parts;
  #words;
  #view = 'all';
  #loadingOlder = false;
  #ticker = 0;
  #failure = 0;
  #focusWasInside = false;
  #pointerIsInside = false;
  #fresh = new Set();
  #arrivals = new Arrivals();
  #removals;
  #viewing = new Viewing((ids) => this.#markSeen(ids));
  #list = new NotificationList(
    { onSeen: (id) => this.client.markSeen([id]), onDelete: (id) => this.#removals.add(id) },
    { byDay: true },
  );

  /**
   * @param {HTMLButtonElement} anchor the button that opens the panel
   * @param {{changed: () => void, count: () => number}} bell `changed` is called when {@link
   *     BellPanel#unseenRemovals} may have changed; `count` returns the number on the bell
   */
  constructor(anchor, { changed, count }) {
    this.#anchor = anchor;
    this.#count = count;
    this.#removals = new Removals((ids) => this.client.remove(ids), () => {
      this.render();
      changed();
    });
    this.#parts = build(this.#list.node, {
      view: (name) => this.#show(name),
      allSeen: () => this.#markAllSeen(),
      older: () => this.#loadOlder(),
      undo: () => this.#undo(),
      pill: () => this.#release(true),
      desktop: () => this.#askForDesktop(),
      closing: () => (this.#focusWasInside = this.#focused() !== null),
      toggle: (open) => this.#toggled(open),
      pointer: (inside) => this.#pointed(inside),
      focusLeft: ({ relatedTarget }) => this.#list.node.contains(relatedTarget) || queueMicrotask(() => this.render()),
    });
  }

  get node() {
    return this.#parts.panel;
  }

  get isOpen() {
    return this.node.matches(':popover-open');
  }

  /** How many unseen notifications are hidden, because they are being deleted. */
  get unseenRemovals() {
    return this.#removals.count === 0 ? 0 : this.#unread().filter(({ _id: id }) => this.#removals.has(id)).length;
  }

  /** @param {Words} words of all texts and times */
  set words(words) {
    this.#words = words;
    this.#list.language = { words, times: new Times(words.tag) };
    const { panel, heading, choice, views, allSeen, loading, undo, desktop } = this.#parts;
    panel.setAttribute('aria-label', words.text('title'));
    heading.textContent = words.text('title');
    choice.setAttribute('aria-label', words.text('show'));
    views.get('all').textContent = words.text('all');
    views.get('unread').textContent = words.text('unread');
    allSeen.lastChild.textContent = words.text('markAllRead');
    loading.setAttribute('aria-label', words.text('loading'));
    undo.textContent = words.text('undo');
    desktop.textContent = words.text('desktop');
    this.render();
  }

  /** Keeps the open panel under the bell until `signal` aborts. A browser closes it then, and no event tells. */
  follow(signal) {
    const place = () => this.isOpen && this.#place();
    window.addEventListener('resize', place, { signal });
    window.addEventListener('scroll', place, { signal, passive: true, capture: true });
    window.addEventListener('pagehide', () => this.#removals.finish(), { signal });
    document.addEventListener('visibilitychange', () => this.render(), { signal });
    signal.addEventListener('abort', () => {
      this.stop();
      this.#anchor.removeAttribute('data-open');
    });
  }

  /** Ends what is going on in a panel whose bell leaves the page, or gets another client. */
  stop() {
    clearInterval(this.#ticker);
    this.#viewing.stop();
    this.finish();
  }

  /** Does what could still be undone, as long as its user is signed in. */
  finish() {
    if (this.client) {
      this.#removals.finish();
    }
  }

  /** Reports for a few seconds that a request failed. */
  fail() {
    clearTimeout(this.#failure);
    this.#parts.failure.textContent = this.#words.text('failed');
    this.#failure = setTimeout(() => (this.#parts.failure.textContent = ''), FAILURE_MILLIS);
  }

  /** Shows the present state of the client; does nothing while the panel is closed. */
  render() {
    if (!this.isOpen) {
      return;
    }
    const { inbox } = this.client;
    if (!inbox.loaded) {
      this.#arrivals.release();
    }
    const notifications = this.#arrivals.filter(this.#listed(), this.#isBeingRead);
    this.#markOnOpening();
    this.#list.render(notifications, {
      fresh: this.#fresh,
      isPending: (id) => inbox.isPending(id),
    });
    this.#viewing.watch(this.seenOn === 'view' ? this.#list.node : null);
    this.#renderControls(notifications.length);
  }

  #renderControls(count) {
    const parts = this.#parts;
    const words = this.#words;
    const shown = panelState(this.client, {
      words,
      view: this.#view,
      count,
      unseen: this.#count(),
      loadingOlder: this.#loadingOlder,
    });
    parts.views.forEach((button, name) => button.setAttribute('aria-pressed', String(name === this.#view)));
    parts.choice.hidden = !shown.controls;
    parts.allSeen.hidden = !shown.controls;
    parts.allSeen.disabled = !shown.canMarkAllSeen;
    parts.notice.textContent = shown.notice;
    parts.notice.hidden = shown.notice === '';
    parts.loading.hidden = !shown.loading;
    parts.empty.hidden = shown.empty === null;
    [parts.emptyTitle.textContent, parts.emptyText.textContent] = shown.empty ?? ['', ''];
    this.#hide(parts.pill, this.#arrivals.count === 0);
    parts.pill.textContent = this.#arrivals.count === 0 ? '' : words.text('pill', { count: this.#arrivals.count });
    this.#hide(parts.removed, this.#removals.count === 0);
    parts.removedText.textContent =
      this.#removals.count === 0 ? '' : words.text('removed', { count: this.#removals.count });
    this.#hide(parts.desktop, !this.desktop?.canAskForDesktop?.());
    this.#hide(parts.older, !shown.hasOlder || (count === 0 && this.type === null));
    parts.older.setAttribute('aria-disabled', String(!shown.canLoadOlder));
    parts.older.textContent = shown.olderText;
  }

  /** Hides a part; if it has the focus, the panel gets it. */
  #hide(part, hidden) {
    const focused = this.#focused();
    if (hidden && !part.hidden && focused && part.contains(focused)) {
      this.node.focus({ preventScroll: true });
    }
    part.hidden = hidden;
  }

  /** What was unread when the panel opened stays among the unread ones: a row must not vanish while it is read. */
  #listed() {
    const { inbox } = this.client;
    const isListed = (one) => !one.seen || this.#fresh.has(one._id);
    const notifications = this.#view === 'all' ? inbox.all : inbox.known.filter(isListed);
    return notifications.filter((one) => this.#isOfType(one) && !this.#removals.has(one._id));
  }

  #unread() {
    return this.client.inbox.unread.filter((one) => this.#isOfType(one));
  }

  #isOfType({ type }) {
    return this.type === null || type === this.type;
  }

  get #isBeingRead() {
    return this.#pointerIsInside || this.#parts.scroll.scrollTop > 0 || this.#list.node.contains(this.#focused());
  }

  #focused() {
    return this.#anchor.getRootNode().activeElement;
  }

  #toggled(open) {
    this.#anchor.toggleAttribute('data-open', open);
    this.stop();
    this.#pointerIsInside = false;
    this.#arrivals.release();
    this.#fresh = new Set();
    if (open) {
      this.#parts.scroll.scrollTop = 0;
      this.render();
      this.#place();
      this.node.focus({ preventScroll: true });
      this.#ticker = setInterval(() => this.#list.tick(), TICK_MILLIS);
      this.#list.tick();
    } else if (this.#focusWasInside && isFocusLost(this.#anchor, this.node)) {
      this.#anchor.focus();
    }
  }

  #show(view) {
    this.#view = view;
    this.#release(false);
  }

  #pointed(inside) {
    this.#pointerIsInside = inside;
    if (!inside) {
      this.render();
    }
  }

  /** Shows what was held back, from the top. */
  #release(focusFirst) {
    this.#arrivals.release();
    this.#parts.scroll.scrollTop = 0;
    this.render();
    if (focusFirst) {
      this.#list.focus(this.#listed()[0]?._id);
    }
  }

  // ---- seen

  #markSeen(ids) {
    ids.forEach((id) => this.#fresh.add(id));
    this.client.markSeen(ids);
  }

  /**
   * With `seen="open"`, what is in an open panel is seen, if somebody looks at the page. The rows stay highlighted until
   * the panel closes. None is marked twice: the server may have rejected it.
   */
  #markOnOpening() {
    const looks = this.seenOn === 'open' && !document.hidden;
    const ids = looks ? this.#unread().map(({ _id: id }) => id).filter((id) => !this.#fresh.has(id)) : [];
    if (ids.length > 0) {
      ids.forEach((id) => this.#fresh.add(id));
      // Not within the rendering that the change of each mark brings about.
      queueMicrotask(() => this.client.markSeen(ids));
    }
  }

  #markAllSeen() {
    this.#fresh = new Set();
    if (this.type === null) {
      this.client.markAllSeen();
    } else {
      this.client.markSeen(this.#unread().map(({ _id: id }) => id));
    }
  }

  #undo() {
    const ids = this.#removals.undo();
    this.#list.focus(ids[ids.length - 1]);
  }

  async #askForDesktop() {
    await this.desktop.askForDesktop();
    this.render();
  }

  async #loadOlder() {
    if (this.#loadingOlder || this.client.state !== 'online') {
      return;
    }
    this.#loadingOlder = true;
    this.render();
    const enough = this.#listed().length + (this.type === null ? 1 : ENOUGH);
    try {
      for (let pages = 0; pages < MOST_PAGES && !this.client.inbox.complete && this.#listed().length < enough; pages++) {
        await this.client.loadOlder();
      }
    } catch {
      // The notice reports a lost connection, and the button can be pressed again.
    }
    this.#loadingOlder = false;
    this.render();
  }

  /** Under the bell or above it, and always inside the window. */
  #place() {
    const { style } = this.node;
    const bell = this.#anchor.getBoundingClientRect();
    const room = window.innerHeight;
    const below = bell.bottom < room * 0.6;
    // The bell may be scrolled out of sight.
    const distance = Math.max(MARGIN, GAP + (below ? bell.bottom : room - bell.top));
    style.setProperty('left', `${leftBeside(bell, this.node)}px`);
    style.setProperty('top', below ? `${distance}px` : 'auto');
    style.setProperty('bottom', below ? 'auto' : `${distance}px`);
    style.setProperty('max-height', `min(608px, ${room - distance - MARGIN}px)`);
  }
}

/**
 * Whether the focus is nowhere, in the closed panel, or on an element around the bell: that is where Escape leaves it. A
 * click elsewhere has moved it, and it stays there.
 */
function isFocusLost(anchor, panel) {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) {
    active = active.shadowRoot.activeElement;
  }
  if (active === null || active === document.body || panel.contains(active)) {
    return true;
  }
  for (let { host } = anchor.getRootNode(); host; { host } = host.getRootNode()) {
    if (active === host) {
      return true;
    }
  }
  return false;
}

function build(list, on) {
  const view = (name) => [name, button('view', `view-${name}`, () => on.view(name))];
  const views = new Map([view('all'), view('unread')]);
  const heading = element('h2');
  const allSeen = button('all', 'all-seen', on.allSeen, icon('checks'), element('span'));
  const choice = element('div', { class: 'views', role: 'group' }, ...views.values());
  const notice = element('p', { class: 'notice', role: 'status', 'data-testid': 'notice' });
  const failure = element('p', { class: 'notice', role: 'alert', 'data-testid': 'failure' });
  const emptyTitle = element('strong');
  const emptyText = element('span', { dir: 'auto' });
  const empty = element('div', { class: 'empty', 'data-testid': 'empty' }, icon('inbox'), emptyTitle, emptyText);
  const loading = element('div', { class: 'loading', role: 'status' }, ...[1, 2, 3].map(skeleton));
  const older = button('older', 'older', on.older);
  const pill = button('pill', 'pill', on.pill);
  const desktop = button('older', 'desktop', on.desktop);
  desktop.hidden = true;
  const removedText = element('span', { role: 'status' });
  const undo = button('undo', 'undo', on.undo);
  const removed = element('div', { class: 'removed', 'data-testid': 'removed' }, removedText, undo);
  const pointer = (inside) => ({ pointerType }) => pointerType === 'touch' || on.pointer(inside);
  list.addEventListener('focusout', on.focusLeft);
  const scroll = element('div', { class: 'scroll', part: 'scroll', tabindex: '-1' }, list, loading, empty, older);
  const panel = element(
    'section',
    {
      class: 'panel',
      part: 'panel',
      id: 'panel',
      popover: 'auto',
      role: 'dialog',
      tabindex: '-1',
      'data-testid': 'panel',
      beforetoggle: ({ newState }) => newState === 'closed' && on.closing(),
      toggle: ({ newState }) => on.toggle(newState === 'open'),
    },
    element('div', { class: 'top' }, heading, allSeen, choice),
    notice,
    failure,
    element('div', { class: 'middle', pointerenter: pointer(true), pointerleave: pointer(false) }, pill, scroll),
    removed,
    desktop,
  );
  pill.hidden = true;
  removed.hidden = true;
  return {
    panel, heading, views, choice, allSeen, notice, failure, empty, emptyTitle, emptyText, loading, older, scroll, pill,
    removed, removedText, undo, desktop,
  };
}

function button(name, testId, action, ...children) {
  return element('button', { type: 'button', class: name, 'data-testid': testId, click: action }, ...children);
}

function skeleton() {
  return element('div', { class: 'skeleton', 'aria-hidden': 'true' }, element('i'), element('b'));
}
