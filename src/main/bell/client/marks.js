import { Journal, noEntries } from './journal.js';
import { pauseBefore } from './pause.js';

/** Error codes that pass by themselves; `not-joined` ends with the connection. */
const PASSING = new Set(['busy', 'store-unavailable', 'internal', 'not-joined']);
/** Error codes of one wrong id among others that are right. */
const WRONG_ID = new Set(['bad-id', 'too-many-ids']);
/** The server takes no more ids in one request. */
const MOST_IDS = 1000;

/**
 * What the user has marked as seen or deleted, until the server confirms it.
 *
 * Each mark is written into the {@link Journal} first, then sent at once or as soon as its user is online. It is sent
 * again until it is confirmed: by an envelope that names it, or by the answer to a request that was sent after it,
 * because the server works in order. All marks may arrive twice.
 *
 * "All seen" stands for what was known at that time. It becomes a mark for each of these if all of them are known here,
 * or if newer ones arrived before it could be sent. The server itself is asked to mark all only if it has more than that:
 * what it publishes in that very moment would be marked, too.
 */
export class Marks {
  #send;
  #owner;
  #storage = '';
  #journal = null;
  #entries = noEntries();
  /** The requests under way: {kind, ids, after}, where `after` is how many reads were sent before. */
  #sent = [];
  /** Requests of which one was rejected: they are sent one at a time, so that the answer names the one. */
  #suspects = [];
  #online = false;
  /** Whether the list is up to date. Before, what this user missed is not known. */
  #inStep = false;
  #attempt = 0;
  #retry = 0;

  /**
   * @param {(envelope: object) => boolean} send whether there was a connection
   * @param {{unseenIds: Function, knowsAllUnseen: Function, readsSent: Function, changed: Function, rejected: Function}}
   *     owner callbacks: `unseenIds()` returns what is unseen for the server, `knowsAllUnseen()` whether that is all of
   *     it, `readsSent()` how many reads were requested. `changed()` is called when marks are no longer pending,
   *     `rejected(request, error)` when the server will never accept one
   */
  constructor(send, owner) {
    this.#send = send;
    this.#owner = owner;
  }

  /** The newest id of "all seen"; '' if it is not pending. */
  get upTo() {
    return this.#entries.upTo;
  }

  isSeen(id) {
    return this.#entries.seen.has(id) || id <= this.#entries.upTo;
  }

  isRemoved(id) {
    return this.#entries.delete.has(id);
  }

  get isEmpty() {
    const { seen, delete: removed, upTo } = this.#entries;
    return seen.size + removed.size === 0 && upTo === '';
  }

  /**
   * @param {'seen' | 'delete'} kind
   * @returns {boolean} whether the marks were sent at once
   */
  add(kind, ids) {
    if (!this.#journal) {
      return false;
    }
    this.#update((entries) => addAll(entries[kind], ids));
    return this.#flush();
  }

  /** @returns {boolean} whether it was sent at once */
  addAll(upTo) {
    if (!this.#journal) {
      return false;
    }
    this.#update((entries) => (entries.upTo = upTo > entries.upTo ? upTo : entries.upTo));
    return this.#sendAll();
  }

  /** Continues with what is known of a user. */
  joined(key) {
    if (this.#storage !== key) {
      this.forget();
      this.#storage = key;
      this.#journal = new Journal(key);
    }
    const stored = this.#journal.read();
    addAll(this.#entries.seen, stored.seen);
    addAll(this.#entries.delete, stored.delete);
    this.#entries.upTo = stored.upTo > this.#entries.upTo ? stored.upTo : this.#entries.upTo;
    this.#online = true;
    this.#flush();
  }

  /** The list is up to date: "all seen" can be sent. */
  synchronized() {
    this.#inStep = this.#online;
    if (!this.#sent.some(({ kind }) => kind === 'all')) {
      this.#sendAll();
    }
  }

  /** The connection is gone. What was sent may be lost. */
  disconnected() {
    clearTimeout(this.#retry);
    this.#online = false;
    this.#inStep = false;
    this.#sent = [];
    this.#suspects = [];
  }

  /** Forgets the marks of this user. They stay in the storage. */
  forget() {
    this.disconnected();
    this.#storage = '';
    this.#journal = null;
    this.#entries = noEntries();
  }

  /**
   * The server has told all sessions of the user. Call it after the inbox was changed.
   *
   * @param {'seen' | 'delete'} kind
   * @param {string[]} ids
   * @param {boolean} all whether everything was seen
   */
  confirmed(kind, ids, all = false) {
    this.#attempt = 0;
    const mine = this.#sent.filter((batch) => batch.kind === kind);
    // The answer to marks of notifications that no longer exist is empty, and for this session only.
    const done = ids.length === 0 && !all && mine.length === 1 ? mine[0].ids : ids;
    this.#drop(kind, done);
    if (kind === 'delete') {
      this.#drop('seen', done);
    }
    if (all && !this.#isUnseen((id) => id <= this.upTo)) {
      this.#dropAll();
    }
    this.#sendSuspects();
  }

  /** The server has answered a read; everything that was sent before is done. */
  passed(reads) {
    const done = this.#sent.filter(({ after }) => after < reads);
    done.forEach(({ kind, ids }) => (kind === 'all' ? this.#dropAll() : this.#drop(kind, ids)));
    if (done.length > 0) {
      this.#sendSuspects();
      this.#owner.changed();
    }
  }

  /** @returns {boolean} whether the rejected request was one of these */
  failed(request, error) {
    const kind = request === 'seenAll' ? 'all' : request;
    const mine = this.#sent.filter((batch) => batch.kind === kind);
    if (mine.length === 0) {
      // Of several requests that were rejected, the first has brought about that all are sent again.
      return PASSING.has(error.code) && this.#has(kind);
    }
    this.#sent = this.#sent.filter((batch) => batch.kind !== kind);
    if (PASSING.has(error.code)) {
      this.#flushLater();
    } else if (WRONG_ID.has(error.code) && (mine.length > 1 || mine[0].ids.length > 1)) {
      this.#suspects.push(...(mine.length > 1 ? mine : halves(mine[0])));
      this.#sendSuspects();
    } else {
      mine.forEach(({ ids }) => (kind === 'all' ? this.#dropAll() : this.#drop(kind, ids)));
      this.#sendSuspects();
      this.#owner.rejected(request, error);
    }
    return true;
  }

  #update(change) {
    change(this.#entries);
    this.#journal?.update(change);
  }

  #flush() {
    if (!this.#online) {
      return false;
    }
    for (const kind of ['seen', 'delete']) {
      const underWay = [...this.#sent, ...this.#suspects].filter((batch) => batch.kind === kind);
      const known = new Set(underWay.flatMap(({ ids }) => ids));
      const ids = [...this.#entries[kind]].filter((id) => !known.has(id));
      for (let from = 0; from < ids.length; from += MOST_IDS) {
        this.#transmit({ kind, ids: ids.slice(from, from + MOST_IDS) });
      }
    }
    this.#sendSuspects();
    return this.#online;
  }

  #transmit({ kind, ids }) {
    const envelope = kind === 'all' ? { name: 'seenAll', data: { upTo: this.upTo } } : { name: kind, data: { ids } };
    const sent = this.#send(envelope);
    if (sent) {
      this.#sent.push({ kind, ids, after: this.#owner.readsSent() });
    }
    return sent;
  }

  #has(kind) {
    return kind === 'all' ? this.upTo !== '' : this.#entries[kind]?.size > 0;
  }

  /** Sends "all seen" as soon as this marks nothing that the user has not seen. */
  #sendAll() {
    const { upTo } = this;
    if (!this.#inStep || upTo === '') {
      return false;
    }
    if (!this.#owner.knowsAllUnseen() && !this.#isUnseen((id) => id > upTo)) {
      return this.#transmit({ kind: 'all', ids: [] });
    }
    const ids = this.#owner.unseenIds().filter((id) => id <= upTo);
    this.#update((entries) => {
      addAll(entries.seen, ids);
      entries.upTo = '';
    });
    return this.#flush();
  }

  #sendSuspects() {
    const [next] = this.#suspects;
    if (next && !this.#sent.some(({ kind }) => kind === next.kind)) {
      this.#suspects.shift();
      this.#transmit(next);
    }
  }

  #flushLater() {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#flush();
      this.#sendAll();
    }, pauseBefore(this.#attempt++));
  }

  #isUnseen(which) {
    return this.#owner.unseenIds().some(which);
  }

  #drop(kind, ids) {
    const isPending = (id) => this.#entries[kind].has(id);
    if (ids.some(isPending)) {
      this.#update((entries) => ids.forEach((id) => entries[kind].delete(id)));
    }
    this.#sent = this.#sent.filter((batch) => batch.kind !== kind || batch.ids.some(isPending));
  }

  #dropAll() {
    this.#sent = this.#sent.filter(({ kind }) => kind !== 'all');
    if (this.upTo !== '') {
      const { upTo } = this;
      this.#update((entries) => (entries.upTo = entries.upTo > upTo ? entries.upTo : ''));
    }
  }
}

function addAll(set, ids) {
  ids.forEach((id) => set.add(id));
}

function halves({ kind, ids }) {
  const middle = Math.ceil(ids.length / 2);
  return [ids.slice(0, middle), ids.slice(middle)].map((half) => ({ kind, ids: half }));
}
