import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Requests } from '../../main/bell/client/requests.js';

const PATIENCE = 30_000;

let requests;
let silences;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  silences = 0;
  requests = new Requests(() => true, () => silences++);
});

afterEach(() => mock.timers.reset());

describe('a server', () => {
  it('may take as long as something arrives in between', () => {
    requests.content({ page: 0 });
    for (let i = 0; i < 10; i++) {
      mock.timers.tick(PATIENCE - 1);
      requests.heard();
    }

    assert.equal(silences, 0);
    mock.timers.tick(PATIENCE);
    assert.equal(silences, 1);
  });

  it('gets more time after each silence, until it answers', () => {
    const ask = () => requests.content({ page: 0 }).catch(() => {});
    const silentAfter = () => {
      const before = silences;
      let millis = 0;
      for (; silences === before && millis < 1_000_000; millis += 1000) {
        mock.timers.tick(1000);
      }
      requests.drop(new Error('the connection is made again'));
      return millis;
    };
    assert.deepEqual(
      [1, 2, 3, 4].map(() => ask() && silentAfter()),
      [PATIENCE, 2 * PATIENCE, 4 * PATIENCE, 4 * PATIENCE],
    );

    ask();
    requests.answered({ data: [], page: { page: 0 }, more: false });

    ask();
    assert.equal(silentAfter(), PATIENCE);
  });

  it('is asked one thing at a time, and its answers are told apart', async () => {
    const sent = [];
    requests = new Requests((envelope) => sent.push(envelope.name) > 0, () => {});
    const unseen = requests.unseen('b');
    const page = requests.content({ before: 'b' });
    assert.deepEqual(sent, ['unseen']);

    assert.equal(requests.answered({ data: [], page: { before: 'b' } }), false);
    assert.equal(requests.answered({ data: [], page: { unseen: true } }), false);
    assert.equal(requests.answered({ data: [1], page: { unseen: true, before: 'b' }, more: true }), true);
    assert.equal(requests.answered({ data: [2], page: { before: 'b' }, more: false }), true);

    assert.deepEqual((await unseen).notifications, [1]);
    assert.deepEqual((await page).notifications, [2]);
  });
});
