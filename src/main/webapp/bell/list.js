import { element, icon } from './dom.js';
import { safeUrl } from './links.js';
import { moment, timeAgo } from './time.js';

/** A longer text starts folded: one notification must not push all others out of sight. */
const FOLD_CHARACTERS = 320;
const FOLD_LINES = 6;
const HUES = [165, 225, 265, 320, 25, 75];

/**
 * A list of notifications, used by the bell and by the demo's inbox. Its style sheet is {@link ./list-style.js}.
 *
 * Rows are kept by id: a change to one row neither moves the focus nor folds a text in another.
 */
export class NotificationList {
  /** @type {HTMLOListElement} */
  node = element('ol', { class: 'notifications', role: 'list', part: 'list', tabindex: '-1', 'data-testid': 'list' });
  #rows = new Map();
  #actions;

  /** @param {{onSeen: (id: string) => void, onDelete: (id: string) => void}} actions */
  constructor(actions) {
    this.#actions = actions;
  }

  /**
   * @param {object[]} notifications in the order to show
   * @param {boolean} enabled whether rows can be marked and deleted now
   */
  render(notifications, enabled = true) {
    const focus = this.#focusedRow();
    const ids = new Set(notifications.map((one) => one._id));
    for (const [id, row] of this.#rows) {
      if (!ids.has(id)) {
        row.node.remove();
        this.#rows.delete(id);
      }
    }
    notifications.forEach((one, index) => this.#place(one, index, enabled));
    this.#keepFocus(focus, notifications.length);
  }

  /** Updates times such as "5 min. ago". */
  tick() {
    this.#rows.forEach((row) => row.tick());
  }

  #place(notification, index, enabled) {
    let row = this.#rows.get(notification._id);
    if (!row) {
      row = new Row(notification, this.#actions);
      this.#rows.set(notification._id, row);
    }
    row.update(notification, enabled);
    const there = this.node.children[index];
    if (there !== row.node) {
      this.node.insertBefore(row.node, there ?? null);
    }
  }

  #focusedRow() {
    const row = this.node.getRootNode().activeElement?.closest?.('li.notification');
    return row && this.node.contains(row) ? { row, index: [...this.node.children].indexOf(row) } : null;
  }

  /** After a row with the focus was deleted, moves the focus to the next row. */
  #keepFocus(focus, length) {
    if (!focus || focus.row.isConnected) {
      return;
    }
    const row = this.node.children[Math.min(focus.index, length - 1)];
    (row?.querySelector('.delete') ?? this.node).focus();
  }
}

class Row {
  #created;
  #time;
  #seenButton;
  #deleteButton;

  constructor(notification, { onSeen, onDelete }) {
    const id = notification._id;
    const name = notification.title || notification.content.slice(0, 60);
    const seen = () => onSeen(id);
    this.#created = new Date(notification.createdAt);
    const properties = { datetime: this.#created.toISOString(), title: moment(this.#created) };
    this.#time = element('time', { class: 'time', ...properties });
    this.#seenButton = actionButton('seen', 'check', `Mark as read: ${name}`, seen);
    this.#deleteButton = actionButton('delete', 'trash', `Delete: ${name}`, () => onDelete(id));
    this.node = element(
      'li',
      { class: 'notification', part: 'notification', 'data-testid': 'notification', 'data-id': id },
      tile(notification),
      element(
        'div',
        { class: 'body' },
        ...title(notification, seen),
        ...content(notification.content),
        ...image(notification.image),
        foot(notification, seen, this.#time),
      ),
      element('div', { class: 'actions' }, this.#seenButton, this.#deleteButton),
    );
    this.node.style.setProperty('--hue', hue(notification.type));
    this.tick();
  }

  update({ seen }, enabled) {
    this.node.dataset.seen = String(seen);
    this.#seenButton.disabled = !enabled;
    this.#deleteButton.disabled = !enabled;
    if (seen && this.node.getRootNode().activeElement === this.#seenButton) {
      // The button is about to be hidden and would lose the focus.
      this.#deleteButton.focus();
    }
    this.#seenButton.hidden = seen;
  }

  tick() {
    this.#time.textContent = timeAgo(this.#created);
  }
}

function actionButton(name, glyph, label, action) {
  const properties = { 'aria-label': label, title: label.split(':')[0], 'data-testid': name, click: action };
  return element('button', { type: 'button', class: `action ${name}`, ...properties }, icon(glyph));
}

/** The publisher's icon, or the initial of the type if there is no icon or it does not load. */
function tile({ icon: address, type, title: text }) {
  const initial = [...(type || text || '')][0];
  const plain = initial ? initial.toLocaleUpperCase() : icon('bell');
  const node = element('div', { class: 'tile', 'aria-hidden': 'true' }, plain);
  const url = safeUrl(address);
  if (url) {
    node.replaceChildren(picture(url, () => node.replaceChildren(plain)));
  }
  return node;
}

function image(address) {
  const url = safeUrl(address);
  if (!url) {
    return [];
  }
  const node = picture(url, () => node.remove());
  node.className = 'image';
  return [node];
}

function picture(url, onError) {
  return element('img', {
    src: url.href,
    alt: '',
    loading: 'lazy',
    decoding: 'async',
    // The page's address may be personal data.
    referrerpolicy: 'no-referrer',
    error: onError,
  });
}

function title({ title: text, url: address }, seen) {
  if (!text) {
    return [];
  }
  const url = safeUrl(address);
  const inner = url ? link(url, text, seen) : text;
  return [element('strong', { class: 'title', dir: 'auto', 'data-testid': 'title' }, inner)];
}

function content(text) {
  const paragraph = element('p', { class: 'content', dir: 'auto', 'data-testid': 'content' }, text);
  if (text.length <= FOLD_CHARACTERS && text.split('\n').length <= FOLD_LINES) {
    return [paragraph];
  }
  const unfold = element(
    'button',
    {
      type: 'button',
      class: 'unfold',
      'aria-expanded': 'false',
      click: () => {
        const folded = paragraph.classList.toggle('folded');
        unfold.setAttribute('aria-expanded', String(!folded));
        unfold.textContent = folded ? 'Show more' : 'Show less';
      },
    },
    'Show more',
  );
  paragraph.classList.add('folded');
  return [paragraph, unfold];
}

function foot({ type, title: text, url: address }, seen, time) {
  const parts = [time];
  if (type) {
    parts.unshift(element('span', { class: 'type', part: 'type', dir: 'auto', 'data-testid': 'type' }, type));
  }
  const url = safeUrl(address);
  const host = url && url.host !== location.host ? url.host : 'Open';
  if (url && !text) {
    parts.push(link(url, host, seen, icon('out')));
  } else if (url && host !== 'Open') {
    parts.push(element('span', { class: 'host' }, host));
  } else if (!url && address) {
    const hint = "Not a web address, so it isn't a link";
    parts.push(element('code', { class: 'refused', title: hint, 'data-testid': 'refused-link' }, address));
  }
  return element('div', { class: 'foot' }, ...parts);
}

/** Makes a link. Links to other sites open in a new tab that cannot reach this one. */
function link(url, text, seen, ...more) {
  const away = url.origin !== location.origin;
  return element(
    'a',
    {
      class: 'link',
      href: url.href,
      target: away && '_blank',
      rel: away && 'noopener noreferrer',
      'data-testid': 'link',
      click: seen,
    },
    text,
    ...more,
  );
}

/** Returns the hue of a type, the same on every page. */
function hue(type) {
  let sum = 0;
  for (const character of type ?? '') {
    sum = (sum * 31 + character.codePointAt(0)) % 9973;
  }
  return type ? HUES[sum % HUES.length] : HUES[0];
}
