import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Announcer } from '../../main/bell/client/announcer.js';

const SCOPE = 'bell.example.org alice';
const KEY = `notification-announced:${SCOPE}`;

let items;
let locks;

/** Runs one after the other, as those of a browser do. */
class Locks {
  #last = Promise.resolve();

  request(name, work) {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

function page(properties) {
  globalThis.document = { hidden: false, hasFocus: () => true, ...properties };
}

beforeEach(() => {
  items = new Map();
  locks = new Locks();
  globalThis.localStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
  };
  Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
  page({});
});

afterEach(() => mock.timers.reset());

async function settle() {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}

describe('a notification', () => {
  it('is announced by one tab', async () => {
    const tabs = [1, 2, 3].map(() => new Announcer(SCOPE));

    const announced = await Promise.all(tabs.map((tab) => tab.claim(['a', 'b'])));

    assert.deepEqual(announced.flat().sort(), ['a', 'b']);
    assert.deepEqual(await tabs[2].claim(['b', 'c']), ['c']);
  });

  it('of another user is announced too', async () => {
    await new Announcer(SCOPE).claim(['a']);

    assert.deepEqual(await new Announcer('bell.example.org bob').claim(['a']), ['a']);
  });

  it('is announced by a tab that is looked at, before hidden ones', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    page({ hidden: true });
    const hidden = new Announcer(SCOPE).claim(['a']);
    await settle();
    assert.equal(items.size, 0);
    page({ hasFocus: () => false });
    const visible = new Announcer(SCOPE).claim(['a']);
    page({});
    assert.deepEqual(await new Announcer(SCOPE).claim(['a']), ['a']);

    mock.timers.tick(300);

    assert.deepEqual(await hidden, []);
    assert.deepEqual(await visible, []);
  });

  it('is announced by a hidden tab if no other one is there', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    page({ hidden: true });
    const hidden = new Announcer(SCOPE).claim(['a']);

    mock.timers.tick(300);

    assert.deepEqual(await hidden, ['a']);
  });

  it('is announced by one tab where there are no locks', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
    // Both read before either writes.
    const before = items.get(KEY) ?? null;
    let reads = 0;
    localStorage.getItem = (key) => (++reads <= 2 ? before : (items.get(key) ?? null));
    const claims = [new Announcer(SCOPE).claim(['a']), new Announcer(SCOPE).claim(['a'])];
    await settle();
    mock.timers.tick(50);

    assert.deepEqual((await Promise.all(claims)).flat(), ['a']);
  });

  it('is announced by every tab where nothing is shared', async () => {
    localStorage.getItem = () => {
      throw new Error('forbidden');
    };
    assert.deepEqual(await new Announcer(SCOPE).claim(['a']), ['a']);
    globalThis.localStorage = undefined;
    assert.deepEqual(await new Announcer(SCOPE).claim(['a']), ['a']);
  });

  it('is announced whatever the storage holds', async () => {
    for (const text of ['{', '{}', 'null', '[null]', '[1]', '[{"id":1,"at":1}]', '[{"id":"a","at":9e99}]']) {
      items.set(KEY, text);

      assert.deepEqual(await new Announcer(SCOPE).claim(['a']), ['a'], text);
    }
  });

  it('leaves little behind', async () => {
    const tab = new Announcer(SCOPE);
    for (let i = 0; i < 1000; i++) {
      await tab.claim([`${i}`]);
    }

    assert.equal(JSON.parse(items.get(KEY)).length, 200);
  });

  it('leaves nothing of other users for good', async () => {
    class Storage {
      getItem(key) {
        return this[key] ?? null;
      }

      setItem(key, value) {
        this[key] = value;
      }

      removeItem(key) {
        delete this[key];
      }
    }
    const storage = Object.assign(new Storage(), { 'notification-marks:x': '1', other: '2' });
    globalThis.localStorage = storage;
    mock.timers.enable({ apis: ['Date'] });
    await new Announcer('bell.example.org bob').claim(['a']);
    mock.timers.tick(300_000);
    await new Announcer('bell.example.org carol').claim(['a']);
    mock.timers.tick(300_001);

    await new Announcer(SCOPE).claim(['a']);

    const names = ['notification-announced:bell.example.org carol', KEY, 'notification-marks:x', 'other'];
    assert.deepEqual(Object.keys(storage).sort(), names.sort());
  });

  it('is forgotten after ten minutes', async () => {
    mock.timers.enable({ apis: ['Date'], now: 1_000_000_000_000 });
    await new Announcer(SCOPE).claim(['a']);
    mock.timers.tick(600_000);
    await new Announcer(SCOPE).claim(['b']);

    assert.deepEqual(JSON.parse(items.get(KEY)).map(({ id }) => id), ['b']);
  });
});
