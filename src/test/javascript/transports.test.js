import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Transports } from '../../main/bell/client/transports.js';

const ADDRESS = new URL('wss://bell.example.org/notification/websocket');
const FIVE_MINUTES = 300_000;

class SockJsSocket {}

let transports;
let statuses;

beforeEach(() => {
  mock.timers.enable({ apis: ['Date'], now: 1_000_000_000_000 });
  globalThis.WebSocket = class {};
  globalThis.window = { location: { origin: 'https://www.example.org' } };
  statuses = { info: 200, bell: 200 };
  globalThis.fetch = async (url) => answer(url.href);
  transports = new Transports(ADDRESS, async () => ({ loadSockJs: async () => SockJsSocket }));
});

afterEach(() => mock.timers.reset());

function answer(url) {
  const status = {
    'https://bell.example.org/notification/info': statuses.info,
    'https://bell.example.org/bell.js': statuses.bell,
  }[url];
  if (!status) {
    throw new TypeError('the page may not read it');
  }
  return { status };
}

async function block() {
  transports.newSocket();
  assert.equal(await transports.failed(), null, 'once may happen');
  transports.newSocket();
  return transports.failed();
}

describe('connections', () => {
  it('are WebSockets', () => {
    assert.ok(transports.newSocket() instanceof WebSocket);
  });

  it('are made with SockJS after two handshakes failed while the server can be reached', async () => {
    const { fallsBack, reason } = await block();

    assert.equal(fallsBack, true);
    assert.equal(reason.code, 'websocket-blocked');
    assert.ok(transports.newSocket() instanceof SockJsSocket);
  });

  it('stay WebSockets if the server cannot be reached', async () => {
    statuses = {};

    assert.deepEqual(await block(), { reason: null, fallsBack: false });

    assert.ok(transports.newSocket() instanceof WebSocket);
  });

  it('stay WebSockets for an origin that is not allowed', async () => {
    for (const info of [undefined, 403]) {
      statuses.info = info;
      const { fallsBack, reason } = await block();

      assert.equal(fallsBack, false);
      assert.equal(reason.code, 'origin-not-allowed');
    }
  });

  it('stay WebSockets for half a minute after one has worked: its server may be restarted', async () => {
    transports.newSocket();
    transports.opened();

    for (let failures = 1; failures < 6; failures++) {
      transports.newSocket();
      assert.equal(await transports.failed(), null, `after ${failures}`);
    }
    transports.newSocket();
    assert.equal((await transports.failed()).fallsBack, true);
  });

  it('stay WebSockets while the server stops', async () => {
    statuses.info = 503;

    assert.deepEqual(await block(), { reason: null, fallsBack: false });

    assert.ok(transports.newSocket() instanceof WebSocket);
  });

  it('stay WebSockets if the SockJS client cannot be loaded, and the reason is told', async () => {
    transports = new Transports(ADDRESS, () => Promise.reject(new Error('policy')));

    const { fallsBack, reason } = await block();

    assert.equal(fallsBack, false);
    assert.equal(reason.code, 'websocket-blocked');
    assert.ok(transports.newSocket() instanceof WebSocket);
  });

  it('try the WebSocket again after five minutes, once', async () => {
    await block();
    transports.newSocket();
    transports.opened();

    mock.timers.tick(FIVE_MINUTES);

    assert.ok(transports.newSocket() instanceof WebSocket);
    assert.equal(await transports.failed(), null);
    assert.ok(transports.newSocket() instanceof SockJsSocket);
  });

  it('stay with the WebSocket when one opens again', async () => {
    await block();
    mock.timers.tick(FIVE_MINUTES);
    transports.newSocket();

    transports.opened();

    assert.ok(transports.newSocket() instanceof WebSocket);
  });

  it('do not turn to SockJS if a WebSocket opened while the reason was looked for', async () => {
    transports.newSocket();
    await transports.failed();
    transports.newSocket();
    const found = transports.failed();
    transports.newSocket();
    transports.opened();

    assert.equal(await found, null);
    assert.ok(transports.newSocket() instanceof WebSocket);
  });
});
