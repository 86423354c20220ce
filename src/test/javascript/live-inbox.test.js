import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { LiveInbox } from '../../main/bell/client/live-inbox.js';
import { NotificationError } from '../../main/bell/client/error.js';

const KEY = 'bell.example.org/notification/websocket alice';
const STORED = `notification-marks:${KEY}`;

function id(number) {
  return String(number).padStart(24, '0');
}

function one(number, more = {}) {
  return { _id: id(number), type: 'msg', title: `number ${number}`, seen: false, ...more };
}

function counts(unseen, capped = false) {
  return { unseen, byType: unseen > 0 ? { msg: unseen } : {}, capped };
}

/** The browser's storage. */
class Storage {
  items = new Map();

  getItem(key) {
    return this.items.get(key) ?? null;
  }

  setItem(key, value) {
    this.items.set(key, value);
  }

  removeItem(key) {
    this.items.delete(key);
  }
}

/** A page that is connected to a server which the test plays. */
class Page {
  static all = [];

  sent = [];
  events = [];
  pushed = [];
  rejected = [];
  isOpen = true;

  constructor() {
    Page.all.push(this);
    this.live = new LiveInbox(
      (envelope) => {
        if (this.isOpen) {
          this.sent.push(envelope);
        }
        return this.isOpen;
      },
      {
        changed: (kind, ids, upTo) => this.events.push({ kind, ids, upTo }),
        pushed: (notifications) => this.pushed.push(notifications.map((each) => each._id)),
        silent: () => this.events.push({ kind: 'silent' }),
        rejected: (request, { code }) => this.rejected.push(`${request} ${code}`),
      },
    );
  }

  get inbox() {
    return this.live.inbox;
  }

  get shown() {
    return this.inbox.all.map(({ _id, seen }) => (seen ? `(${Number(_id)})` : `${Number(_id)}`)).join(' ');
  }

  join(unseen, key = KEY) {
    this.isOpen = true;
    this.sent = [];
    this.live.joined(key, unseen);
    this.live.reload();
  }

  /** Joins with an inbox that fits into the first page. */
  async joinWith(...notifications) {
    this.join(counts(notifications.filter(({ seen }) => !seen).length));
    await this.hear({ name: 'notification', data: notifications, page: { page: 0 }, more: false });
  }

  async hear(envelope) {
    this.live.heard();
    this.live.receive(envelope);
    await setImmediate();
  }

  async fail(request, code) {
    const handled = this.live.failed(request, new NotificationError(code));
    await setImmediate();
    return handled;
  }

  cut() {
    this.isOpen = false;
    this.live.disconnected();
  }

  /** Returns what was sent since the last call. */
  take() {
    return this.sent.splice(0);
  }
}

let page;

beforeEach(() => {
  globalThis.localStorage = new Storage();
  page = new Page();
});

afterEach(() => Page.all.splice(0).forEach((each) => each.cut()));

describe('a list', () => {
  it('shows the first page at once, then loads the unseen ones below it in pages', async () => {
    page.join(counts(5));
    assert.deepEqual(page.take(), [], 'the server sends the first page unasked');
    await page.hear({ name: 'notification', data: [one(9), one(8, { seen: true })], page: { page: 0 }, more: true });

    assert.equal(page.inbox.loaded, true);
    assert.equal(page.shown, '9 (8)');
    assert.deepEqual(page.take(), [{ name: 'unseen', data: { before: id(8), characters: 32768 } }]);
    await page.hear({
      name: 'notification',
      data: [one(7), one(5)],
      page: { unseen: true, before: id(8) },
      more: true,
    });
    assert.deepEqual(page.inbox.unread.map((each) => Number(each._id)), [9, 7, 5]);
    assert.deepEqual(page.take(), [{ name: 'unseen', data: { before: id(5), characters: 32768 } }]);
    await page.hear({
      name: 'notification',
      data: [one(3), one(1)],
      page: { unseen: true, before: id(5) },
      more: false,
    });

    assert.deepEqual(page.inbox.unread.map((each) => Number(each._id)), [9, 7, 5, 3, 1]);
    assert.equal(page.shown, '9 (8)', 'without a gap');
    assert.deepEqual(page.take(), []);
    assert.deepEqual(page.pushed, [], 'nothing of it is new');
  });

  it('asks for no unseen ones if the first page has them all', async () => {
    page.join(counts(1));

    await page.hear({ name: 'notification', data: [one(2), one(1, { seen: true })], page: { page: 0 }, more: true });

    assert.deepEqual(page.take(), []);
  });

  it('neither empties nor jumps when the connection is made again, and reports the missed ones', async () => {
    page.join(counts(0));
    await page.hear({ name: 'notification', data: [one(4, { seen: true })], page: { page: 0 }, more: true });
    page.live.loadOlder();
    assert.deepEqual(page.take(), [{ name: 'content', data: { before: id(4), characters: 32768 } }]);
    await page.hear({ name: 'notification', data: [one(3, { seen: true })], page: { before: id(4) }, more: false });
    assert.equal(page.shown, '(4) (3)');

    page.cut();
    page.join(counts(1));
    assert.equal(page.shown, '(4) (3)');
    await page.hear({ name: 'notification', data: [one(5)], page: { page: 0 }, more: true });
    assert.equal(page.shown, '5 (4) (3)');
    assert.deepEqual(page.pushed, [[id(5)]]);
    assert.deepEqual(page.take(), [{ name: 'content', data: { before: id(5), characters: 32768 } }]);
    await page.hear({ name: 'notification', data: [one(4, { seen: true })], page: { before: id(5) }, more: true });
    await page.hear({ name: 'notification', data: [one(3, { seen: true })], page: { before: id(4) }, more: false });

    assert.equal(page.shown, '5 (4) (3)');
    assert.deepEqual(page.pushed, [[id(5)]], 'once');
  });

  it('is loaded from a server that knows no pages of a limited size', async () => {
    page.join(counts(2));
    await page.hear({ name: 'notification', data: [one(1), one(9)], page: { unseen: true } });
    assert.deepEqual(page.take(), [{ name: 'content', data: { page: 0, characters: 32768 } }]);
    await page.hear({ name: 'notification', data: [one(9), one(8, { seen: true })], page: { page: 0 } });
    await page.hear({ name: 'notification', data: [], page: { before: id(8) } });

    assert.equal(page.shown, '9 (8) 1');
    assert.equal(page.inbox.complete, true);
  });

  it('takes the first answer of a server that does not mark it as the unseen ones', async () => {
    page.join(undefined);

    await page.hear({ name: 'notification', data: [one(1)] });

    assert.deepEqual(page.pushed, []);
    assert.deepEqual(page.take(), [{ name: 'content', data: { page: 0, characters: 32768 } }]);
  });
});

describe('marks', () => {
  it('show at once, and are pending until the server confirms them', async () => {
    await page.joinWith(one(2), one(1));

    assert.equal(page.live.markSeen([id(2)]), true);

    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(2)] } }]);
    assert.equal(page.shown, '(2) 1');
    assert.equal(page.inbox.isPending(id(2)), true);
    assert.deepEqual(page.inbox.counts, counts(1));
    await page.hear({ name: 'seen', data: [id(2)], counts: counts(1) });
    assert.equal(page.inbox.isPending(id(2)), false);
    assert.deepEqual(page.inbox.counts, counts(1));
    assert.equal(localStorage.items.size, 0);
  });

  it('are not counted again while the counts that follow them are under way', async () => {
    await page.joinWith(one(4), one(3), one(2), one(1));
    page.live.markSeen([id(4)]);
    page.live.remove([id(3)]);
    assert.deepEqual(page.inbox.counts, counts(2));

    await page.hear({ name: 'seen', data: [id(4)] });
    await page.hear({ name: 'delete', data: [id(3)] });
    assert.deepEqual(page.inbox.counts, counts(2));
    await page.hear({ name: 'seen', data: [id(4)] });
    assert.deepEqual(page.inbox.counts, counts(2), 'what was marked before is not counted less once more');

    await page.hear({ name: 'seen', data: [], all: true, upTo: id(1) });
    assert.deepEqual(page.inbox.counts, counts(1), 'one is newer');
    await page.hear({ name: 'counts', data: counts(3) });
    assert.deepEqual(page.inbox.counts, counts(3), 'the server decides');
  });

  it('of what the counts do not contain yet leave them as they are', async () => {
    await page.joinWith(one(2), one(1));

    await page.hear({ name: 'notification', data: [one(3)] });
    page.live.markSeen([id(3)]);
    assert.deepEqual(page.inbox.counts, counts(2));
    await page.hear({ name: 'seen', data: [id(3)] });
    assert.deepEqual(page.inbox.counts, counts(2));
    await page.hear({ name: 'counts', data: counts(2) });
    await page.hear({ name: 'delete', data: [id(2)] });
    assert.deepEqual(page.inbox.counts, counts(1));
  });

  it('of all never raise the counts, when the list is older than they are', async () => {
    await page.joinWith(one(4), one(3), one(2), one(1));
    page.cut();
    page.join(counts(2));

    await page.hear({ name: 'seen', data: [], all: true, upTo: id(1) });

    assert.deepEqual(page.inbox.counts, counts(2));
  });

  it('made without a connection are sent to their user, in the next page if need be', async () => {
    await page.joinWith(one(3), one(2), one(1));
    page.cut();
    assert.equal(page.live.markSeen([id(3)]), false);
    page.live.remove([id(2)]);
    assert.equal(page.shown, '(3) 1');
    assert.deepEqual(page.inbox.counts, counts(1));

    const other = new Page();
    other.join(counts(0), 'bell.example.org/notification/websocket bob');
    assert.deepEqual(other.take(), [], 'another user');
    const next = new Page();
    next.join(counts(3));
    assert.deepEqual(next.take(), [
      { name: 'seen', data: { ids: [id(3)] } },
      { name: 'delete', data: { ids: [id(2)] } },
    ]);
    await next.hear({ name: 'notification', data: [one(3), one(2), one(1)], page: { page: 0 }, more: false });
    assert.equal(next.shown, '(3) 1');
    await next.hear({ name: 'seen', data: [id(3)], counts: counts(2) });
    await next.hear({ name: 'delete', data: [id(2)], counts: counts(1) });

    assert.equal(localStorage.items.size, 0);
    assert.deepEqual(next.inbox.counts, counts(1));
  });

  it('that were sent into a connection which broke are sent again', async () => {
    await page.joinWith(one(1));
    page.live.markSeen([id(1)]);
    page.cut();

    page.join(counts(1));

    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(1)] } }]);
  });

  it('of one user are never sent for another', async () => {
    await page.joinWith(one(1));
    page.cut();
    page.live.markSeen([id(1)]);
    page.live.clear();

    page.join(counts(0), 'bell.example.org/notification/websocket bob');
    assert.deepEqual(page.take(), []);
    page.cut();
    page.live.clear();
    page.join(counts(1));

    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(1)] } }]);
  });

  it('without a user are not kept', () => {
    assert.equal(page.live.markSeen([id(1)]), false);
    assert.equal(localStorage.items.size, 0);
  });

  it('of all that is known spare what arrived later', async () => {
    await page.joinWith(one(2), one(1));
    page.cut();
    page.live.markAllSeen();
    assert.equal(page.shown, '(2) (1)');
    assert.equal(page.inbox.pendingAll, true);
    assert.deepEqual(page.inbox.counts, counts(0));

    page.join(counts(3));
    await page.hear({ name: 'notification', data: [one(3), one(2), one(1)], page: { page: 0 }, more: false });

    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(2), id(1)] } }]);
    assert.equal(page.shown, '3 (2) (1)');
    assert.deepEqual(page.inbox.counts, counts(1));
    assert.equal(page.inbox.pendingAll, false);
    await page.hear({ name: 'seen', data: [id(2), id(1)], counts: counts(1) });
    assert.equal(localStorage.items.size, 0);
  });

  it('of all name what is known, and spare what the server publishes in that moment', async () => {
    await page.joinWith(one(2), one(1));

    assert.equal(page.live.markAllSeen(), true);
    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(2), id(1)] } }]);
    await page.hear({ name: 'notification', data: [one(3)], counts: counts(3) });
    await page.hear({ name: 'seen', data: [id(2), id(1)], counts: counts(1) });

    assert.equal(page.shown, '3 (2) (1)');
    assert.deepEqual(page.inbox.counts, counts(1));
    assert.equal(localStorage.items.size, 0);
  });

  it('of all wait until it is known what was missed', async () => {
    await page.joinWith(one(1));
    page.cut();
    page.join(counts(2));

    assert.equal(page.live.markAllSeen(), false);
    assert.deepEqual(page.take(), [], 'the server has one that nobody has seen here');
    await page.hear({ name: 'notification', data: [one(2), one(1)], page: { page: 0 }, more: false });

    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(1)] } }]);
    assert.equal(page.shown, '2 (1)');
  });

  it('of all are one request if nothing arrived later and not all are known', async () => {
    await page.joinWith(one(2), one(1));
    page.cut();
    page.live.markAllSeen();

    page.join(counts(2, true));
    await page.hear({ name: 'notification', data: [one(2), one(1)], page: { page: 0 }, more: false });

    assert.deepEqual(page.take(), [{ name: 'seenAll', data: { upTo: id(2) } }]);
    await page.hear({ name: 'seen', data: [], all: true, upTo: id(2), counts: counts(0) });
    assert.equal(page.inbox.pendingAll, false);
    assert.equal(page.shown, '(2) (1)');
    assert.equal(localStorage.items.size, 0);
  });

  it('of what no longer exists end with the empty answer', async () => {
    await page.joinWith(one(1));
    page.live.remove([id(7)]);

    await page.hear({ name: 'delete', data: [], counts: counts(1) });

    assert.equal(page.inbox.isPending(id(7)), false);
    assert.equal(localStorage.items.size, 0);
  });

  it('end with the answer to what was asked after them', async () => {
    await page.joinWith(one(2), one(1));
    page.live.markSeen([id(1), id(7)]);
    page.live.markSeen([id(8)]);
    await page.hear({ name: 'seen', data: [id(1)], counts: counts(1) });
    assert.equal(page.inbox.isPending(id(7)), true);

    page.live.page(0);
    await page.hear({ name: 'notification', data: [one(2), one(1, { seen: true })], page: { page: 0 } });

    assert.equal(page.inbox.isPending(id(7)), false);
    assert.equal(page.inbox.isPending(id(8)), false);
    assert.equal(localStorage.items.size, 0);
  });

  it('outlast the answer to what was asked before them', async () => {
    await page.joinWith(one(2), one(1));
    page.live.page(0);
    page.live.markSeen([id(1)]);

    await page.hear({ name: 'notification', data: [one(2), one(1)], page: { page: 0 } });

    assert.equal(page.inbox.isPending(id(1)), true);
  });

  it('are sent again after an error that passes', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    await page.joinWith(one(1));
    page.live.markSeen([id(1)]);
    page.take();

    assert.equal(await page.fail('seen', 'busy'), true);
    assert.deepEqual(page.take(), []);
    assert.equal(page.inbox.isPending(id(1)), true);
    context.mock.timers.tick(1000);

    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(1)] } }]);
    assert.deepEqual(page.rejected, []);
  });

  it('that the server rejects are dropped and reported', async () => {
    await page.joinWith(one(1));
    page.live.markSeen([id(1)]);

    await page.fail('seen', 'bad-id');

    assert.deepEqual(page.rejected, ['seen bad-id']);
    assert.equal(page.shown, '1');
    assert.equal(localStorage.items.size, 0);
  });

  it('are not lost because another one is wrong', async () => {
    await page.joinWith(one(3), one(2), one(1));
    page.cut();
    page.live.markSeen([id(3), 'wrong', id(2), id(1)]);
    page.join(counts(3));
    page.take();
    await page.hear({ name: 'notification', data: [one(3), one(2), one(1)], page: { page: 0 }, more: false });

    const marked = [];
    let [request] = [{ data: { ids: [id(3), 'wrong', id(2), id(1)] } }];
    for (let rounds = 0; request && rounds < 20; rounds++) {
      const { ids } = request.data;
      if (ids.includes('wrong')) {
        await page.fail('seen', 'bad-id');
      } else {
        marked.push(...ids);
        await page.hear({ name: 'seen', data: ids, counts: counts(3 - marked.length) });
      }
      [request] = page.take();
    }

    assert.deepEqual(marked.sort(), [id(1), id(2), id(3)]);
    assert.deepEqual(page.rejected, ['seen bad-id']);
    assert.equal(page.inbox.isPending('wrong'), false);
    assert.equal(localStorage.items.size, 0);
  });

  it('last as long as the page if the storage throws', async () => {
    globalThis.localStorage = {
      getItem() {
        throw new Error('forbidden');
      },
      setItem() {
        throw new Error('full');
      },
    };
    await page.joinWith(one(1));
    page.cut();
    page.live.markSeen([id(1)]);

    page.join(counts(1));

    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(1)] } }]);
  });

  it('read from the storage are checked', async () => {
    for (const text of ['{', 'null', '[]', '{"seen":1}', '{"seen":[1,null,"","x"],"delete":{},"upTo":2}']) {
      localStorage.setItem(STORED, text);
      await new Page().joinWith(one(1));
    }
    localStorage.setItem(STORED, JSON.stringify({ seen: [id(1), 1, 'y'.repeat(65)], delete: [], upTo: 7 }));

    page.join(counts(1));

    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(1)] } }]);
  });

  it('are bounded in the storage, and sent in requests that the server takes', async () => {
    await page.joinWith();
    page.cut();
    for (let number = 1; number <= 1500; number++) {
      page.live.markSeen([id(number)]);
    }

    const stored = JSON.parse(localStorage.getItem(STORED)).seen;
    assert.equal(stored.length, 1000);
    assert.equal(stored.at(-1), id(1500));
    page.join(counts(0));

    const sent = page.take().map(({ data }) => data.ids);
    assert.deepEqual(sent.map((ids) => ids.length), [1000, 500]);
    assert.equal(new Set(sent.flat()).size, 1500);
  });

  it('of more than a request takes are all shown at once', async () => {
    const many = Array.from({ length: 1020 }, (_, index) => one(1020 - index));
    await page.joinWith(...many);

    page.live.markSeen(many.map((each) => each._id));

    assert.equal(page.inbox.unread.length, 0);
    assert.deepEqual(page.take().map(({ data }) => data.ids.length), [1000, 20]);
  });

  it('that are rejected for a while at the same time are not reported', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    await page.joinWith(one(2), one(1));
    page.live.markSeen([id(2)]);
    page.live.markSeen([id(1)]);
    page.take();

    assert.equal(await page.fail('seen', 'busy'), true);
    assert.equal(await page.fail('seen', 'busy'), true, 'it is sent again, so nobody has to try again');
    context.mock.timers.tick(1000);

    assert.deepEqual(page.take(), [{ name: 'seen', data: { ids: [id(2), id(1)] } }]);
    assert.equal(await page.fail('refresh', 'busy'), false);
  });

  it('never make counts negative', async () => {
    await page.joinWith(one(2), one(1));
    page.live.markSeen([id(2), id(1)]);

    await page.hear({ name: 'counts', data: counts(0) });

    assert.deepEqual(page.inbox.counts, counts(0));
  });
});
