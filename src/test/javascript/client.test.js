import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { NotificationClient } from '../../main/bell/client/client.js';

const JOINED = { name: 'joined', data: { userId: 'alice', counts: { unseen: 0, byType: {}, capped: false } } };
const REFUSED = { code: 'token-refused', message: '', request: 'join' };
const FIRST_PAGE = { name: 'notification', data: [], page: { page: 0 }, more: false };

/** Counts its listeners. */
class Target {
  listeners = 0;

  addEventListener(type, listener, { signal } = {}) {
    this.listeners++;
    signal?.addEventListener('abort', () => this.listeners--);
  }
}

class FakeSocket extends EventTarget {
  static last;
  readyState = 0;
  sent = [];

  constructor() {
    super();
    FakeSocket.last = this;
  }

  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  async hear(envelope) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(envelope) }));
    await setImmediate();
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }
}

let client;

beforeEach(() => {
  globalThis.WebSocket = FakeSocket;
  globalThis.window = new Target();
  globalThis.document = Object.assign(new Target(), { baseURI: 'https://www.example.org/', hidden: false });
  globalThis.localStorage = { getItem: () => null, setItem() {}, removeItem() {} };
  client = new NotificationClient('https://bell.example.org/notification/websocket');
});

function timers() {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

async function online(credentials = { token: 't' }) {
  const joining = client.join(credentials);
  FakeSocket.last.open();
  await setImmediate();
  await FakeSocket.last.hear(JOINED);
  assert.equal(await joining, 'alice');
  return FakeSocket.last;
}

describe('a client', () => {
  it('asks for a first page of limited size', async () => {
    const socket = await online();

    assert.deepEqual(socket.sent, [{ name: 'join', data: { token: 't', characters: 32768 } }]);
    await socket.hear(FIRST_PAGE);
    assert.equal(client.inbox.loaded, true);
    client.leave();
  });

  it('that was left has neither timers nor listeners', async () => {
    const before = timers();
    const socket = await online(() => ({ token: 't' }));
    await socket.hear({ name: 'token-expiring', data: { expiresAt: new Date(Date.now() + 60_000).toISOString() } });
    client.loadOlder().catch(() => {});
    client.markSeen(['x']);
    await socket.hear({ name: 'error', data: { code: 'busy', message: '', request: 'seen' } });
    assert.ok(timers() > before && window.listeners > 0 && document.listeners > 0);

    client.leave();

    assert.equal(timers(), before);
    assert.equal(window.listeners, 0);
    assert.equal(document.listeners, 0);
  });

  it('is offline as soon as a handshake fails, though its socket does not end', () => {
    client.join({ token: 't' }).catch(() => {});

    FakeSocket.last.dispatchEvent(new Event('error'));

    const { state } = client;
    client.leave(); // a client that waits would keep the test alive
    assert.equal(state, 'offline');
  });

  it('stays online after an error of an open socket, whose end follows', async () => {
    const socket = await online();

    socket.dispatchEvent(new Event('error'));

    const { state } = client;
    client.leave();
    assert.equal(state, 'online');
  });

  it('can be left while it tells what happens', async () => {
    const before = timers();
    const leaveWhen = (type, isTime) =>
      client.addEventListener(type, function leave({ detail }) {
        if (isTime(detail)) {
          client.removeEventListener(type, leave);
          client.leave();
        }
      });
    leaveWhen('state', ({ state }) => state === 'connecting');
    await assert.rejects(client.join({ token: 't' }), { code: 'left' });
    assert.equal(client.state, 'signed-out');
    assert.equal(timers(), before);

    const socket = await online(() => ({ token: 't' }));
    socket.dispatchEvent(Object.assign(new Event('close'), { code: 1001, reason: '' }));
    client.retry();
    FakeSocket.last.open();
    await setImmediate();
    leaveWhen('change', ({ kind }) => kind === 'sync');
    await FakeSocket.last.hear({ name: 'joined', data: { ...JOINED.data, userId: 'bob' } });
    assert.equal(client.state, 'signed-out');
    assert.equal(client.userId, null);
    assert.equal(timers(), before);
  });

  it('that was left while the list could not be loaded has no timers', async () => {
    const before = timers();
    const socket = await online();
    await socket.hear({ name: 'error', data: { code: 'store-unavailable', message: '', request: 'join' } });
    await socket.hear(FIRST_PAGE);
    client.page(0).catch(() => {});
    await socket.hear({ name: 'error', data: { code: 'store-unavailable', message: '', request: 'content' } });

    client.leave();
    await setImmediate();

    assert.equal(timers(), before);
  });

  it('says why it has no credentials, and asks again', async () => {
    const cause = new Error('the back end is down');
    const reasons = [];
    client.addEventListener('state', ({ detail }) => reasons.push(detail.reason));
    client.join(() => {
      throw cause;
    }).catch(() => {});
    FakeSocket.last.open();
    await setImmediate();

    assert.equal(client.state, 'offline');
    assert.equal(client.reason.code, 'no-credentials');
    assert.equal(client.reason.cause, cause);
    assert.notEqual(client.retryAt, null);
    assert.equal(reasons.filter((reason) => reason !== null).length, 1);
    client.leave();
  });

  it('keeps its connection when the same user gets new credentials', async () => {
    const socket = await online();
    await socket.hear(FIRST_PAGE);

    client.renew({ token: 'next' });
    await setImmediate();
    await socket.hear({ name: 'refreshed', data: {} });

    assert.equal(FakeSocket.last, socket);
    assert.deepEqual(socket.sent.at(-1), { name: 'refresh', data: { token: 'next' } });
    assert.equal(client.state, 'online');
    client.leave();
  });

  it('lets what is about to be deleted be kept when its user is signed out', async () => {
    const items = new Map();
    globalThis.localStorage.setItem = (key, value) => items.set(key, value);
    for (const end of [() => client.leave(), (socket) => socket.hear({ name: 'error', data: REFUSED })]) {
      items.clear();
      const socket = await online(() => ({ token: 't' }));
      await socket.hear(FIRST_PAGE);
      client.addEventListener('leaving', () => client.remove(['x']), { once: true });
      socket.dispatchEvent(Object.assign(new Event('close'), { code: 1001, reason: '' }));
      client.retry();
      FakeSocket.last.open();
      await setImmediate();

      await end(FakeSocket.last);

      assert.match([...items.values()].join(), /"delete":\["x"\]/);
      client.leave();
    }
  });

  it('sends nothing that was marked before the login is accepted', async () => {
    const socket = await online();
    await socket.hear(FIRST_PAGE);
    socket.dispatchEvent(Object.assign(new Event('close'), { code: 1001, reason: '' }));
    client.markSeen(['x']);
    client.retry();
    const next = FakeSocket.last;
    assert.notEqual(next, socket);
    next.open();
    await setImmediate();
    client.markSeen(['y']);
    assert.deepEqual(next.sent.map(({ name }) => name), ['join']);

    await next.hear(JOINED);

    assert.deepEqual(next.sent.slice(1), [{ name: 'seen', data: { ids: ['x', 'y'] } }]);
    client.leave();
  });
});
