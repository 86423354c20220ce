import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Inbox } from '../../main/bell/client/inbox.js';

const MANY = Inbox.MOST + 500;

function one(number, more = {}) {
  return { _id: String(number).padStart(24, '0'), type: '', title: `number ${number}`, seen: false, ...more };
}

function loaded(...notifications) {
  const inbox = new Inbox();
  inbox.begin();
  inbox.comingPage(notifications, false);
  inbox.commit();
  return inbox;
}

describe('an inbox', () => {
  it('that was empty still shows the newest after more pushes than it keeps', () => {
    const inbox = loaded();

    for (let i = 1; i <= MANY; i++) {
      inbox.pushed([one(i)]);
    }

    assert.equal(inbox.all.length, Inbox.MOST);
    assert.equal(inbox.all[0]._id, one(MANY)._id);
    assert.equal(inbox.unread.length, Inbox.MOST);
    assert.equal(inbox.complete, false, 'older ones can be loaded');
    assert.equal(inbox.cursor, one(MANY - Inbox.MOST + 1)._id);
  });

  it('shows nothing before its first page, however many pushes arrive', () => {
    const inbox = new Inbox();

    for (let i = 1; i <= MANY; i++) {
      inbox.pushed([one(i)]);
    }

    assert.equal(inbox.all.length, 0);
    assert.equal(inbox.unread.length, Inbox.MOST);
  });

  it('keeps what was loaded without a gap when pushes push out the oldest', () => {
    const inbox = new Inbox();
    inbox.begin();
    inbox.comingPage([one(20), one(19), one(18)], true);
    inbox.commit();

    for (let i = 21; i <= 20 + Inbox.MOST - 1; i++) {
      inbox.pushed([one(i)]);
    }

    assert.equal(inbox.all.length, Inbox.MOST);
    assert.equal(inbox.all.at(-1)._id, one(20)._id);
    assert.equal(inbox.cursor, one(20)._id);
  });

  it('reports as missed what is unseen, newer, and not shown early', () => {
    const inbox = loaded(one(1));

    inbox.begin();
    inbox.comingPage([one(5), one(4, { seen: true }), one(3)], true);
    const early = inbox.preview([one(5), one(4, { seen: true }), one(3)]);
    inbox.unseen([one(2)]);
    assert.deepEqual(inbox.all.map(({ _id: id }) => id), [5, 4, 3, 1].map((n) => one(n)._id), 'nothing disappears');
    inbox.comingPage([one(2), one(1)], false);
    const late = inbox.commit();

    assert.deepEqual(early.map(({ _id: id }) => id), [one(5)._id, one(3)._id]);
    assert.deepEqual(late.map(({ _id: id }) => id), [one(2)._id]);
  });
});
