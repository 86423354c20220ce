import { panelState } from './bell-state.js';
import { element, icon } from './dom.js';
import { NotificationList } from './list.js';

const TICK_MILLIS = 30_000;
/** Pixels between the bell and its panel, and between the panel and the edge of the window. */
const GAP = 12;
const MARGIN = 8;
/** How long a failed request is reported. */
const FAILURE_MILLIS = 6000;

/**
 * The panel that opens under the bell: the list, the choice of what it shows, and messages about the connection.
 *
 * Moves the focus into the panel when it opens, and back to the bell when Escape closes it.
 */
export class BellPanel {
  /** @type {NotificationClient | null} whose notifications are shown */
  client = null;
  #anchor;
  #parts;
  #view = 'all';
  #loadingOlder = false;
  #ticker = 0;
  #failure = 0;
  #focusWasInside = false;
  #list = new NotificationList({
    onSeen: (id) => this.client.markSeen([id]),
    onDelete: (id) => this.client.remove([id]),
  });

  /** @param {HTMLButtonElement} anchor the button that opens the panel */
  constructor(anchor) {
    this.#anchor = anchor;
    this.#parts = build(this.#list.node, {
      view: (name) => this.#show(name),
      allSeen: () => this.client.markAllSeen(),
      older: () => this.#loadOlder(),
      closing: () => (this.#focusWasInside = this.#focused() !== null),
      toggle: (open) => this.#toggled(open),
    });
  }

  get node() {
    return this.#parts.panel;
  }

  get #isOpen() {
    return this.node.matches(':popover-open');
  }

  /** Keeps the open panel under the bell until `signal` aborts. */
  follow(signal) {
    const place = () => this.#isOpen && this.#place();
    window.addEventListener('resize', place, { signal });
    window.addEventListener('scroll', place, { signal, passive: true, capture: true });
  }

  /** Stops the clock of a panel whose bell leaves the page. */
  stop() {
    clearInterval(this.#ticker);
  }

  /** Reports a failed request for a few seconds. */
  fail(message) {
    clearTimeout(this.#failure);
    this.#parts.failure.textContent = message;
    this.#failure = setTimeout(() => (this.#parts.failure.textContent = ''), FAILURE_MILLIS);
  }

  /** Shows the present state of the client; does nothing while the panel is closed. */
  render() {
    if (!this.#isOpen) {
      return;
    }
    const parts = this.#parts;
    const shown = panelState(this.client, this.#view, this.#loadingOlder);
    this.#list.render(shown.notifications, shown.online);
    parts.views.forEach((button, name) => button.setAttribute('aria-pressed', String(name === this.#view)));
    parts.choice.hidden = !shown.controls;
    parts.allSeen.hidden = !shown.controls;
    parts.allSeen.disabled = !shown.canMarkAllSeen;
    parts.notice.textContent = shown.notice;
    parts.notice.hidden = shown.notice === '';
    parts.loading.hidden = !shown.loading;
    parts.empty.hidden = shown.empty === null;
    [parts.emptyTitle.textContent, parts.emptyText.textContent] = shown.empty ?? ['', ''];
    if (!shown.hasOlder && this.#focused() === parts.older) {
      this.node.focus({ preventScroll: true });
    }
    parts.older.hidden = !shown.hasOlder;
    parts.older.disabled = !shown.canLoadOlder;
    parts.older.textContent = shown.olderText;
  }

  #focused() {
    return this.#anchor.getRootNode().activeElement;
  }

  #toggled(open) {
    this.#anchor.toggleAttribute('data-open', open);
    this.stop();
    if (open) {
      this.render();
      this.#place();
      this.node.focus({ preventScroll: true });
      this.#ticker = setInterval(() => this.#list.tick(), TICK_MILLIS);
      this.#list.tick();
    } else if (this.#focusWasInside && this.#focusIsLost()) {
      this.#anchor.focus();
    }
  }

  /** Escape leaves the focus nowhere, or on the bell's element. A click elsewhere has moved it, and it stays there. */
  #focusIsLost() {
    return [null, document.body, this.#anchor.getRootNode().host].includes(document.activeElement);
  }

  #show(view) {
    this.#view = view;
    this.#parts.scroll.scrollTop = 0;
    this.render();
  }

  async #loadOlder() {
    this.#loadingOlder = true;
    this.render();
    try {
      await this.client.loadOlder();
    } catch {
      // The notice reports a lost connection, and the button can be pressed again.
    }
    this.#loadingOlder = false;
    this.render();
  }

  /** Under the bell or above it, with right edges aligned, and always inside the window. */
  #place() {
    const { style, offsetWidth: width } = this.node;
    const bell = this.#anchor.getBoundingClientRect();
    const room = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const below = bell.bottom < room.height * 0.6;
    const height = (below ? room.height - bell.bottom : bell.top) - GAP - MARGIN;
    style.setProperty('left', `${Math.max(MARGIN, Math.min(bell.right - width, room.width - width - MARGIN))}px`);
    style.setProperty('top', below ? `${bell.bottom + GAP}px` : 'auto');
    style.setProperty('bottom', below ? 'auto' : `${room.height - bell.top + GAP}px`);
    style.setProperty('max-height', `min(38rem, ${height}px)`);
  }
}

function build(list, on) {
  const view = (name, text) => [name, button('view', `view-${name}`, () => on.view(name), text)];
  const views = new Map([view('all', 'All'), view('unread', 'Unread')]);
  const allSeen = button('all', 'all-seen', on.allSeen, icon('checks'), 'Mark all as read');
  const choice = element('div', { class: 'views', role: 'group', 'aria-label': 'Show' }, ...views.values());
  const notice = element('p', { class: 'notice', role: 'status', 'data-testid': 'notice' });
  const failure = element('p', { class: 'notice', role: 'alert', 'data-testid': 'failure' });
  const emptyTitle = element('strong');
  const emptyText = element('span');
  const empty = element('div', { class: 'empty', 'data-testid': 'empty' }, icon('bell'), emptyTitle, emptyText);
  const rows = [1, 2, 3].map(skeleton);
  const loading = element('div', { class: 'loading', role: 'status', 'aria-label': 'Loading' }, ...rows);
  const older = button('older', 'older', on.older);
  const scroll = element('div', { class: 'scroll' }, list, loading, empty, older);
  const panel = element(
    'section',
    {
      class: 'panel',
      part: 'panel',
      id: 'panel',
      popover: 'auto',
      role: 'dialog',
      'aria-label': 'Notifications',
      tabindex: '-1',
      'data-testid': 'panel',
      beforetoggle: ({ newState }) => newState === 'closed' && on.closing(),
      toggle: ({ newState }) => on.toggle(newState === 'open'),
    },
    element('div', { class: 'top' }, element('h2', {}, 'Notifications'), allSeen, choice),
    notice,
    failure,
    scroll,
  );
  return { panel, views, choice, allSeen, notice, failure, empty, emptyTitle, emptyText, loading, older, scroll };
}

function button(name, testId, action, ...children) {
  return element('button', { type: 'button', class: name, 'data-testid': testId, click: action }, ...children);
}

function skeleton() {
  return element('div', { class: 'skeleton', 'aria-hidden': 'true' }, element('i'), element('b'));
}
