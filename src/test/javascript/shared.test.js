import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { acquire, release } from '../../main/bell/client/shared.js';
import { NotificationClient } from '../../main/bell/client/client.js';

const URL_ = 'wss://bell.example.org/notification/websocket';

beforeEach(() => {
  globalThis.document = { baseURI: 'https://www.example.org/page' };
});

describe('bells of one page', () => {
  it('share a client if server and source of the credentials are the same', () => {
    const one = acquire(URL_, '/my/token');
    const same = acquire(new URL(URL_), '/my/token');
    const otherSource = acquire(URL_, '/other/token');
    const otherServer = acquire('wss://other.example.org/', '/my/token');

    assert.equal(same, one);
    assert.equal(new Set([one, otherSource, otherServer]).size, 3);
    [one, same, otherSource, otherServer].forEach(release);
  });

  it('leave when the last one goes, and nothing of the client is kept', () => {
    const client = acquire(URL_, '/my/token');
    acquire(URL_, '/my/token');
    const states = [];
    client.addEventListener('state', ({ detail }) => states.push(detail.state));

    release(client);
    assert.deepEqual(states, []);
    release(client);

    assert.deepEqual(states, ['signed-out']);
    const next = acquire(URL_, '/my/token');
    assert.notEqual(next, client);
    release(next);
  });

  it('do not end a client that came from elsewhere', () => {
    const client = new NotificationClient(URL_);
    const states = [];
    client.addEventListener('state', ({ detail }) => states.push(detail.state));

    release(client);

    assert.deepEqual(states, []);
  });
});
