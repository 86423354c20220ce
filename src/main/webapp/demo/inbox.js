import { NotificationList } from '../bell.js';

/** Changes that come together are loaded once. */
const CALM_MILLIS = 120;
const TICK_MILLIS = 30_000;

const byId = (id) => document.getElementById(id);

/** The whole inbox, page by page as the server numbers them. */
export class PagedInbox {
  #client;
  #page = 0;
  #rows = [];
  #more = false;
  #timer = 0;
  #turn = 0;
  #list;

  constructor(client) {
    this.#client = client;
    this.#list = new NotificationList({ onSeen: (id) => client.markSeen([id]), onDelete: (id) => client.remove([id]) });
    byId('rows').append(this.#list.node);
    byId('newer').addEventListener('click', () => this.#turnTo(this.#page - 1));
    byId('older').addEventListener('click', () => this.#turnTo(this.#page + 1));
    byId('all-seen').addEventListener('click', () => client.markAllSeen());
    client.addEventListener('change', ({ detail }) => this.#changed(detail));
    client.addEventListener('state', ({ detail }) => this.#entered(detail.state));
    setInterval(() => this.#list.tick(), TICK_MILLIS);
  }

  #entered(state) {
    if (this.#client.userId === null) {
      this.#page = 0;
      this.#rows = [];
      this.#more = false;
    } else if (state === 'online') {
      this.#loadSoon();
    }
    this.#render();
  }

  /** Seen and delete are shown at once; whatever moves rows from page to page is loaded again. */
  #changed({ kind, ids }) {
    if (kind === 'seen') {
      this.#rows = this.#rows.map((one) => (ids === null || ids.includes(one._id) ? { ...one, seen: true } : one));
    } else if (kind === 'delete') {
      this.#rows = this.#rows.filter((one) => !ids.includes(one._id));
    }
    if (kind === 'push' || kind === 'delete') {
      this.#loadSoon();
    }
    this.#render();
  }

  #turnTo(page) {
    this.#page = page;
    this.#load();
    byId('inbox').scrollIntoView({ block: 'start' });
  }

  #loadSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), CALM_MILLIS);
  }

  async #load() {
    const turn = ++this.#turn;
    const page = this.#page;
    try {
      // The next page is asked for too: whether there is one is the only way to know if this is the last.
      const [rows, next] = await Promise.all([this.#client.page(page), this.#client.page(page + 1)]);
      if (turn === this.#turn) {
        this.#show(rows, next.length > 0);
      }
    } catch {
      // The connection went away; the next one loads again.
    }
  }

  #show(rows, more) {
    if (rows.length === 0 && this.#page > 0) {
      this.#turnTo(this.#page - 1);
      return;
    }
    this.#rows = rows;
    this.#more = more;
    this.#render();
  }

  #render() {
    const { state, inbox } = this.#client;
    const online = state === 'online';
    this.#list.render(this.#rows, online);
    byId('summary').textContent = summary(inbox.counts);
    byId('all-seen').disabled = !online || inbox.counts.unseen === 0;
    byId('nothing').hidden = this.#rows.length > 0 || !inbox.loaded;
    byId('pages').hidden = this.#page === 0 && !this.#more;
    byId('newer').disabled = !online || this.#page === 0;
    byId('older').disabled = !online || !this.#more;
    byId('page-number').textContent = `Page ${this.#page + 1}`;
  }
}

function summary({ unseen, byType, capped }) {
  if (unseen === 0) {
    return 'Nothing unread.';
  }
  const types = Object.entries(byType).sort(([, a], [, b]) => b - a);
  // The isolates keep a type with writing-direction marks from turning the rest of the line around.
  const words = types.slice(0, 4).map(([type, count]) => `${count} ${type ? `\u2068${type}\u2069` : 'without a type'}`);
  return `${capped ? 'More than ' : ''}${unseen} unread${types.length > 1 ? `: ${words.join(', ')}${types.length > 4 ? ' …' : ''}` : ''}`;
}
