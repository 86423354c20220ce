import { makeList } from '../bell.js';

/** Changes within this time are loaded together. */
const CALM_MILLIS = 120;
const AGAIN_MILLIS = 3000;
const FAILURE_MILLIS = 6000;
const TICK_MILLIS = 30_000;

const byId = (id) => document.getElementById(id);

/** The whole inbox, in numbered pages. */
export class PagedInbox {
  #client;
  #page = 0;
  #rows = [];
  #more = false;
  #loaded = false;
  #timer = 0;
  #failure = 0;
  #turn = 0;
  #list = null;

  constructor(client) {
    this.#client = client;
    const actions = { onSeen: (id) => client.markSeen([id]), onDelete: (id) => client.remove([id]) };
    makeList(byId('rows'), actions).then((list) => {
      this.#list = list;
      this.#render();
    });
    byId('newer').addEventListener('click', () => this.#turnTo(this.#page - 1));
    byId('older').addEventListener('click', () => this.#turnTo(this.#page + 1));
    byId('all-seen').addEventListener('click', () => client.markAllSeen());
    client.addEventListener('change', ({ detail }) => this.#changed(detail));
    client.addEventListener('state', () => this.#entered());
    client.addEventListener('failure', ({ detail }) => this.#failed(detail));
    setInterval(() => this.#list?.tick(), TICK_MILLIS);
  }

  #entered() {
    if (this.#client.userId === null) {
      this.#page = 0;
      this.#rows = [];
      this.#more = false;
      this.#loaded = false;
    }
    this.#render();
  }

  /** Shows `seen` and `delete` at once. Then reloads the page: rows move, and an older answer may still arrive. */
  #changed({ kind, ids, upTo }) {
    if (kind === 'seen') {
      const isSeen = ({ _id: id }) => (ids === null ? upTo === null || id <= upTo : ids.includes(id));
      this.#rows = this.#rows.map((one) => (isSeen(one) ? { ...one, seen: true } : one));
    } else if (kind === 'delete') {
      this.#rows = this.#rows.filter((one) => !ids.includes(one._id));
    }
    if (['sync', 'push', 'seen', 'delete'].includes(kind)) {
      this.#loadSoon();
    }
    this.#render();
  }

  #failed({ message, request }) {
    if (request === 'content') {
      return;
    }
    clearTimeout(this.#failure);
    byId('inbox-problem').textContent = message;
    byId('inbox-problem').hidden = false;
    this.#failure = setTimeout(() => (byId('inbox-problem').hidden = true), FAILURE_MILLIS);
  }

  #turnTo(page) {
    this.#page = page;
    this.#load();
    byId('inbox').scrollIntoView({ block: 'start' });
  }

  #loadSoon(millis = CALM_MILLIS) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), millis);
  }

  async #load() {
    if (this.#client.state !== 'online') {
      return; // The reconnect loads it.
    }
    const turn = ++this.#turn;
    const page = this.#page;
    try {
      // Only the next page tells whether this one is the last.
      const [rows, next] = await Promise.all([this.#client.page(page), this.#client.page(page + 1)]);
      if (turn === this.#turn) {
        this.#show(rows, next.length > 0);
      }
    } catch {
      this.#loadSoon(AGAIN_MILLIS);
    }
  }

  #show(rows, more) {
    if (rows.length === 0 && this.#page > 0) {
      this.#turnTo(this.#page - 1);
      return;
    }
    this.#rows = rows;
    this.#more = more;
    this.#loaded = true;
    this.#render();
  }

  #render() {
    const { state, inbox } = this.#client;
    const online = state === 'online';
    this.#list?.render(this.#rows);
    byId('summary').textContent = summary(inbox.counts);
    byId('all-seen').disabled = !online || inbox.counts.unseen === 0;
    byId('nothing').hidden = this.#rows.length > 0 || !this.#loaded;
    byId('pages').hidden = this.#page === 0 && !this.#more;
    byId('newer').disabled = !online || this.#page === 0;
    byId('older').disabled = !online || !this.#more;
    byId('page-number').textContent = `Page ${this.#page + 1}`;
  }
}

function summary({ unseen, byType, capped }) {
  if (unseen === 0) {
    return 'No unread notifications.';
  }
  const types = Object.entries(byType).sort(([, a], [, b]) => b - a);
  // The isolates stop a type with writing-direction marks from reversing the rest of the line.
  const words = types.slice(0, 4).map(([type, count]) => `${type ? `\u2068${type}\u2069` : 'no type'} ${count}`);
  const more = types.length > 4 ? ' · …' : '';
  return `${unseen}${capped ? '+' : ''} unread${types.length > 1 ? `: ${words.join(' · ')}${more}` : ''}`;
}
