import { element, icon } from './dom.js';
import { safeUrl } from './links.js';

/** A longer text starts folded: one notification must not push all others out of sight. */
const FOLD_CHARACTERS = 320;
const FOLD_LINES = 6;
const CHARACTERS_OF_NAME = 60;
const HUES = [165, 225, 265, 320, 25, 75];
const MIDDLE = 1;

/**
 * One notification of a {@link NotificationList}. If it has a link, the whole row is the link.
 *
 * A publisher's texts become text nodes. Each has its own writing direction and cannot leave its row.
 */
export class Row {
  #created;
  #time = element('time', { class: 'time', dir: 'auto' });
  #pending = element('span', { class: 'pending', hidden: true, 'data-testid': 'pending' });
  #unread;
  #seenButton;
  #deleteButton;
  #times;

  /**
   * @param {object} notification
   * @param {{seen: (id: string) => void, remove: (id: string) => void}} on what a person asks for
   * @param {{words: Words, times: Times}} language
   */
  constructor(notification, on, { words, times }) {
    const id = notification._id;
    const name = notification.title || notification.content.slice(0, CHARACTERS_OF_NAME);
    const seen = () => this.node.dataset.seen === 'true' || on.seen(id);
    this.#times = times;
    this.#created = new Date(notification.createdAt);
    this.#time.dateTime = this.#created.toISOString();
    this.#time.title = times.moment(this.#created);
    this.#pending.textContent = words.text('pending');
    this.#unread = element('span', { class: 'spoken' }, words.text('unread'));
    this.#seenButton = actionButton('seen', 'check', words.text('markRead'), name, seen);
    this.#deleteButton = actionButton('delete', 'trash', words.text('remove'), name, () => on.remove(id));
    const link = linkOf(notification, seen, name);
    this.node = element(
      'li',
      {
        class: link ? 'notification linked' : 'notification',
        part: 'notification',
        tabindex: '-1',
        'data-testid': 'notification',
        'data-id': id,
        click: ({ target }) => target.closest('a, button') || seen(),
      },
      tile(notification),
      element(
        'div',
        { class: 'body' },
        this.#unread,
        ...title(notification, link),
        ...content(notification, link, words),
        ...image(notification.image),
        ...choices(notification.actions, seen),
        foot(notification, words, this.#time, this.#pending),
      ),
      element('div', { class: 'actions' }, this.#seenButton, this.#deleteButton),
    );
    this.node.style.setProperty('--hue', hue(notification.type));
    this.tick();
  }

  /** @param {{seen: boolean, fresh: boolean, pending: boolean}} state `fresh`: highlighted although seen */
  update({ seen, fresh, pending }) {
    const { dataset } = this.node;
    dataset.seen = String(seen);
    this.node.toggleAttribute('data-fresh', fresh);
    this.#unread.hidden = seen;
    this.#pending.hidden = !pending;
    if (seen && this.node.getRootNode().activeElement === this.#seenButton) {
      // The button is about to be hidden and would lose the focus.
      this.#deleteButton.focus();
    }
    this.#seenButton.hidden = seen;
  }

  /** Updates the time, such as "5 min. ago". */
  tick() {
    this.#time.textContent = this.#times.ago(this.#created);
  }

  /** Moves the focus to the row's link, or to the row. */
  focus() {
    (this.node.querySelector('.main') ?? this.node).focus();
  }

  focusDelete() {
    this.#deleteButton.focus();
  }
}

function actionButton(name, glyph, label, of, action) {
  const properties = { 'aria-label': `${label}: ${of}`, title: label, 'data-testid': name, click: action };
  return element('button', { type: 'button', class: `action ${name}`, ...properties }, icon(glyph));
}

/** The publisher's icon, or the initial of the type if there is no icon or it does not load. */
function tile({ icon: address, type, title: text }) {
  const initial = [...(type || text || '')][0];
  const plain = initial ? initial.toLocaleUpperCase() : icon('inbox');
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

function linkOf({ title: text, content: more, url: address }, seen, name) {
  const url = safeUrl(address);
  if (!url) {
    return null;
  }
  const node = link('link main', url, text || more, seen);
  if (!text) {
    node.setAttribute('aria-label', name);
  }
  return node;
}

function title({ title: text }, main) {
  return text
    ? [element('strong', { class: 'title', dir: 'auto', 'data-testid': 'title' }, main ?? text)]
    : [];
}

function content({ title: heading, content: text }, main, words) {
  const inner = heading ? text : (main ?? text);
  const paragraph = element('p', { class: 'content', dir: 'auto', 'data-testid': 'content' }, inner);
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
        unfold.textContent = words.text(folded ? 'more' : 'less');
      },
    },
    words.text('more'),
  );
  paragraph.classList.add('folded');
  return [paragraph, unfold];
}

/** The links that a publisher offers as answers. */
function choices(actions, seen) {
  const links = (actions ?? [])
    .map(({ label, url }) => [label, safeUrl(url)])
    .filter(([, url]) => url)
    .map(([label, url]) => {
      const node = link('choice', url, label, seen);
      node.dataset.testid = 'choice';
      node.dir = 'auto';
      return node;
    });
  return links.length > 0 ? [element('div', { class: 'choices' }, ...links)] : [];
}

function foot({ type, url: address }, words, time, pending) {
  const parts = [time];
  if (type) {
    parts.unshift(element('span', { class: 'type', part: 'type', dir: 'auto', 'data-testid': 'type' }, type));
  }
  const url = safeUrl(address);
  if (url && url.host !== location.host) {
    parts.push(element('bdi', { class: 'host' }, url.host));
  } else if (!url && address) {
    const properties = { title: words.text('notALink'), dir: 'ltr', 'data-testid': 'refused-link' };
    parts.push(element('code', { class: 'refused', ...properties }, address));
  }
  return element('div', { class: 'foot' }, ...parts, pending);
}

/** Makes a link. Links to other sites open in a new tab that cannot reach this one. */
function link(name, url, text, seen) {
  const away = url.origin !== location.origin;
  return element(
    'a',
    {
      class: name,
      href: url.href,
      target: away && '_blank',
      rel: away && 'noopener noreferrer',
      'data-testid': 'link',
      click: seen,
      auxclick: ({ button }) => button === MIDDLE && seen(),
    },
    text,
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
