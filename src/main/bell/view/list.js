import { element } from './dom.js';
import { Row } from './row.js';

const NONE = new Set();

/**
 * A list of notifications, used by the bell and by the demo's inbox. Its style sheet is {@link ./list-style.js}.
 *
 * Rows are kept by id: a change to one row neither moves the focus nor folds a text in another. The arrow keys move
 * between rows, and the Delete key deletes the one with the focus.
 */
export class NotificationList {
  /** @type {HTMLElement} */
  node = element('div', {
    class: 'notifications',
    part: 'list',
    tabindex: '-1',
    'data-testid': 'list',
    keydown: (event) => this.#pressed(event),
  });
  #rows = new Map();
  #days = new Map();
  #on;
  #byDay;
  #language;

  /**
   * @param {{onSeen: (id: string) => void, onDelete: (id: string) => void}} actions
   * @param {{byDay?: boolean, language?: {words: Words, times: Times}}} options `byDay` puts a heading above the
   *     notifications of each day. A language is needed before the first {@link NotificationList#render}
   */
  constructor({ onSeen, onDelete }, { byDay = false, language = null } = {}) {
    this.#on = { seen: onSeen, remove: onDelete };
    this.#byDay = byDay;
    this.#language = language;
  }

  /** @param {{words: Words, times: Times}} language of texts and times; the next {@link render} makes all rows anew */
  set language(language) {
    this.#language = language;
    this.#rows.clear();
    this.#days.clear();
    this.node.replaceChildren();
  }

  /**
   * @param {object[]} notifications newest first
   * @param {{fresh?: Set<string>, isPending?: (id: string) => boolean}} state the ids highlighted although seen, and
   *     those with a change that the server does not have yet
   */
  render(notifications, { fresh = NONE, isPending = () => false } = {}) {
    const focus = this.#focusedRow();
    this.#removeOthers(new Set(notifications.map((one) => one._id)));
    const now = new Date();
    const places = new Map();
    notifications.forEach((one) => {
      const id = one._id;
      const row = this.#rowOf(one);
      row.update({ seen: Boolean(one.seen), fresh: fresh.has(id), pending: isPending(id) });
      const day = this.#dayOf(new Date(one.createdAt), now);
      const index = places.get(day) ?? 0;
      places.set(day, index + 1);
      placeAt(day.list, row.node, index);
    });
    this.#orderDays(places);
    this.#keepFocus(focus);
  }

  /** Updates times such as "5 min. ago", and "Today" after midnight. */
  tick() {
    const now = new Date();
    this.#rows.forEach((row) => row.tick());
    this.#days.forEach((day) => day.tick(now));
  }

  /** Moves the focus to a notification, if it is shown. */
  focus(id) {
    this.#rows.get(id)?.focus();
  }

  #removeOthers(ids) {
    for (const [id, row] of this.#rows) {
      if (!ids.has(id)) {
        row.node.remove();
        this.#rows.delete(id);
      }
    }
  }

  #rowOf(notification) {
    const id = notification._id;
    if (!this.#rows.has(id)) {
      this.#rows.set(id, new Row(notification, this.#on, this.#language));
    }
    return this.#rows.get(id);
  }

  #dayOf(date, now) {
    const key = this.#byDay ? date.toDateString() : '';
    if (!this.#days.has(key)) {
      this.#days.set(key, new Day(this.#byDay ? date : null, this.#language.times, now));
    }
    return this.#days.get(key);
  }

  /** Removes days without notifications; the others come in the order of their first notification. */
  #orderDays(places) {
    for (const [key, day] of this.#days) {
      if (!places.has(day)) {
        day.node.remove();
        this.#days.delete(key);
      }
    }
    [...places.keys()].forEach((day, index) => placeAt(this.node, day.node, index));
  }

  #focusedRow() {
    const row = this.node.getRootNode().activeElement?.closest?.('li.notification');
    return row && this.node.contains(row) ? { row, index: this.#nodes().indexOf(row) } : null;
  }

  #nodes() {
    return [...this.node.querySelectorAll('li.notification')];
  }

  /** After a row with the focus was deleted, moves the focus to the next row. */
  #keepFocus(focus) {
    if (!focus || focus.row.isConnected) {
      return;
    }
    const nodes = this.#nodes();
    const next = nodes[Math.min(focus.index, nodes.length - 1)];
    if (next) {
      this.#rows.get(next.dataset.id).focusDelete();
    } else {
      this.node.focus();
    }
  }

  #pressed(event) {
    const { key, altKey, ctrlKey, metaKey } = event;
    const focus = this.#focusedRow();
    if (!focus || altKey || ctrlKey || metaKey) {
      return;
    }
    const nodes = this.#nodes();
    const to = { ArrowDown: focus.index + 1, ArrowUp: focus.index - 1, Home: 0, End: nodes.length - 1 }[key];
    if (to !== undefined) {
      event.preventDefault();
      this.focus(nodes[Math.max(0, Math.min(to, nodes.length - 1))].dataset.id);
    } else if (key === 'Delete') {
      event.preventDefault();
      this.#on.remove(focus.row.dataset.id);
    }
  }
}

/** The notifications of one day below their heading, or all of them without one. */
class Day {
  list = element('ol', { role: 'list' });
  #date;
  #times;
  #heading = element('h3', { class: 'day' });

  constructor(date, times, now) {
    this.#date = date;
    this.#times = times;
    this.node = date === null ? this.list : element('section', {}, this.#heading, this.list);
    this.tick(now);
  }

  tick(now) {
    if (this.#date !== null) {
      this.#heading.textContent = this.#times.day(this.#date, now);
    }
  }
}

function placeAt(parent, node, index) {
  const there = parent.children[index];
  if (there !== node) {
    parent.insertBefore(node, there ?? null);
  }
}
