import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Inbox } from '../../main/bell/client/inbox.js';
import { badgeText, countsOf } from '../../main/bell/view/bell-state.js';
import { showInTitle } from '../../main/bell/view/title-count.js';
import { Words } from '../../main/bell/texts/words.js';

function counts(byType) {
  const unseen = Object.values(byType).reduce((sum, n) => sum + n, 0);
  return { unseen, byType, capped: false };
}

describe('the number on a bell', () => {
  it('is that of its type, whatever the type is called', () => {
    const words = new Words();

    assert.equal(badgeText(countsOf(counts({ msg: 2, constructor: 3 }), 'constructor'), words), '3');
    assert.equal(badgeText(countsOf(counts({ msg: 2 }), 'constructor'), words), '');
    assert.equal(badgeText(countsOf(counts({ msg: 2 }), null), words), '2');
  });

  it('keeps the other types when one is marked', () => {
    const marks = { isSeen: (id) => id === '2', isRemoved: () => false, upTo: '', isEmpty: false };
    const inbox = new Inbox(marks);
    inbox.counted(counts({ msg: 1, toString: 1 }));
    inbox.begin();
    inbox.comingPage([{ _id: '2', type: 'msg' }, { _id: '1', type: 'toString' }], false);
    inbox.commit();

    assert.deepEqual(inbox.counts, counts({ toString: 1 }));
  });
});

describe('the number in the title of a page', () => {
  beforeEach(() => {
    globalThis.document = { title: 'Mail' };
  });

  for (const tag of ['en', 'ar-EG', 'fa', 'bn']) {
    it(`takes the place of the number before, in the digits of ${tag}`, () => {
      const words = new Words(tag);
      for (const unseen of [1, 2, 120, 3]) {
        showInTitle(badgeText({ unseen }, words));
      }

      assert.equal(document.title, `(${new Intl.NumberFormat(tag).format(3)}) Mail`);
      showInTitle('');
      assert.equal(document.title, 'Mail');
    });
  }

  it('stands alone on a page without a title', () => {
    let text = '';
    globalThis.document = {
      get title() {
        return text.trim();
      },
      set title(title) {
        text = title;
      },
    };
    showInTitle('1');
    showInTitle('2');

    assert.equal(document.title, '(2)');
    showInTitle('');
    assert.equal(document.title, '');
  });
});
