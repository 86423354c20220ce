import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';
import en from '../../main/bell/texts/en.js';
import { formattingTag } from '../../main/bell/texts/language.js';
import { Words, languageOf, loadTexts, matchLanguage, wordsFor } from '../../main/bell/texts/texts.js';

/** As much of an element as has a language. */
class Place {
  constructor(parentNode, lang = null) {
    this.parentNode = parentNode;
    this.lang = lang;
  }

  get parentElement() {
    return this.parentNode instanceof Place ? this.parentNode : null;
  }

  getAttribute(name) {
    return name === 'lang' ? this.lang : null;
  }
}

/** Runs an action with other globals, and puts the old ones back. */
function withPage({ documentLanguage = '', browserLanguage }, action) {
  const before = ['document', 'navigator'].map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  const define = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true });
  define('document', { documentElement: { lang: documentLanguage } });
  define('navigator', { language: browserLanguage });
  try {
    return action();
  } finally {
    before.forEach(([name, was]) => (was ? Object.defineProperty(globalThis, name, was) : delete globalThis[name]));
  }
}

test('the nearest lang around an element is its language, also across shadow roots', () => {
  const page = new Place({}, 'en');
  const host = new Place(new Place(page, 'fr-CA'));
  const inner = new Place(new Place({ host }));
  assert.equal(languageOf(inner), 'fr-CA');
  assert.equal(languageOf(new Place(page, 'de')), 'de');
  assert.equal(languageOf(new Place(new Place(page, 'de'), '')), 'de');
  assert.equal(languageOf(new Place(page)), 'en');
});

test('without a lang around it, an element has the language of the document, then that of the browser', () => {
  const detached = new Place(null);
  const language = (page) => withPage(page, () => languageOf(detached));
  assert.equal(language({ documentLanguage: 'sv', browserLanguage: 'it' }), 'sv');
  assert.equal(language({ browserLanguage: 'it' }), 'it');
  assert.equal(language({}), 'en');
});

test('a tag has the file of its language', () => {
  const table = {
    en: ['en', 'en-GB', 'EN-us', 'no', 'nb-NO', 'th', 'und', 'hi-Latn', 'constructor', '__proto__'],
    fr: ['fr', 'fr-CA', 'FR', 'fr-Latn-FR-u-nu-latn', ' fr ', 'fr_FR', 'fr-??', 'fr--FR', 'fr_CA.UTF-8'],
    pt: ['pt', 'pt-BR', 'pt_PT'],
    he: ['he', 'iw', 'iw-IL'],
    'zh-Hans': ['zh', 'zh-CN', 'zh-SG', 'zh-Hans', 'zh-Hans-TW', 'zh-Latn', 'cmn', 'zh-cmn-Hans', 'zh-CHS'],
    'zh-Hant': ['zh-TW', 'zh-HK', 'zh-MO', 'zh-Hant', 'zh-Hant-CN', 'zh_TW_#Hant', 'yue', 'zh-yue', 'zh-cmn-Hant'],
    ar: ['ar', 'ar-EG', 'ar-u-nu-arab'],
    uk: ['uk', 'uk-UA'],
    ja: ['ja', 'ja-JP', 'ja-Hira'],
  };
  for (const [language, tags] of Object.entries(table)) {
    tags.forEach((tag) => assert.equal(matchLanguage(tag), language, tag));
  }
});

test('nonsense has English texts', () => {
  const hostile = ['', ' ', 'x-??', 'x-private', '-', 'f', '\0', '<b>', 'fr\u202e', '-fr', `fr${'-fr'.repeat(50_000)}`];
  for (const tag of [...hostile, null, undefined, 0, {}, [], Symbol('fr'), Object.create(null), () => 'fr']) {
    assert.equal(matchLanguage(tag), 'en');
    assert.equal(formattingTag(tag, 'en'), 'en');
  }
});

test('numbers and dates are in the language of the texts', () => {
  assert.equal(formattingTag('fr-CA', 'fr'), 'fr-CA');
  assert.equal(formattingTag('en-GB', 'en'), 'en-GB');
  assert.equal(formattingTag('pt_br', 'pt'), 'pt-BR');
  assert.equal(formattingTag('zh-HK', 'zh-Hant'), 'zh-HK');
  assert.equal(formattingTag('iw', 'he'), 'he');
  assert.equal(formattingTag('th', 'en'), 'en');
  assert.equal(formattingTag('fr', 'en'), 'en');
});

test('a page has its words with one import', async () => {
  const words = await wordsFor('fr-CA');
  assert.equal(words.tag, 'fr-CA');
  assert.equal(words.text('unread'), 'Non lues');
  assert.equal(await loadTexts('fr'), await loadTexts('fr'));
  assert.equal((await wordsFor('th-TH')).tag, 'en');
});

test('texts that cannot be loaded are English, and so are the dates; the next page tries again', async () => {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === './sv.js') {
        throw new Error('offline');
      }
      return next(specifier, context);
    },
  });
  const words = await wordsFor('sv');
  hooks.deregister();
  assert.equal(words.tag, 'en');
  assert.equal(words.text('unread'), 'Unread');
  assert.equal(await loadTexts('klingon'), en);
  assert.equal((await wordsFor('sv')).text('unread'), 'Olästa');
});

test('a page that brings every text has its own language, and one that brings some has not', async () => {
  const persian = Object.fromEntries(Object.keys(en).map((name) => [name, `متن ${name}`]));
  const words = await wordsFor('fa', persian);
  assert.equal(words.tag, 'fa');
  assert.equal(words.dir, 'rtl');
  assert.equal(words.plus(5, 99), '۵');

  const some = await wordsFor('fa', { ...persian, title: undefined });
  assert.equal(some.tag, 'en');
  assert.equal(some.dir, 'ltr');
  assert.equal((await wordsFor('x-??', persian)).tag, 'en');
});

test('the direction is that of the texts', async () => {
  for (const tag of ['ar', 'ar-EG', 'he', 'iw']) {
    assert.equal((await wordsFor(tag)).dir, 'rtl', tag);
  }
  for (const tag of ['fa', 'ur', 'en', 'ru', 'ja']) {
    assert.equal((await wordsFor(tag)).dir, 'ltr', tag);
  }
  assert.equal(new Words('ur').dir, 'rtl');
});

test('the count chooses the plural and is written as the language writes numbers', async () => {
  const pills = async (tag, counts) => {
    const words = await wordsFor(tag);
    return counts.map((count) => words.text('pill', { count }));
  };
  assert.deepEqual(await pills('pl', [1, 3, 5, 22]), ['1 nowe', '3 nowe', '5 nowych', '22 nowe']);
  assert.deepEqual(await pills('ru', [1, 3, 21]), ['1 новое', '3 новых', '21 новое']);
  assert.deepEqual(await pills('ar-EG', [3, 11]), ['٣ جديدة', '١١ جديدًا']);
  assert.deepEqual(await pills('de', [1234]), ['1.234 neue']);
  assert.equal(new Words().text('removed', { count: 1 }), 'Notification deleted');
  assert.equal(new Words().text('removed', { count: 2 }), '2 notifications deleted');
  assert.equal(new Words().text('pill'), ' new');
});

test('a title is isolated from the sentence and cannot leave its place', () => {
  const said = (title) => new Words().text('newOne', { title });
  assert.equal(said('שלום'), 'New notification: \u2068שלום\u2069');
  assert.equal(said('a\u2069\u2067b\u202e'), 'New notification: \u2068ab\u202e\u2069');
  assert.equal(said('$& {count} {title}'), 'New notification: \u2068$& {count} {title}\u2069');
  assert.equal(said(undefined), 'New notification: \u2068\u2069');
});

test('a count above the most that a badge shows keeps its plus sign at the right', () => {
  assert.equal(new Words('ar').plus(100, 99), '\u206699+\u2069');
  assert.equal(new Words('ar-EG').plus(100, 99), '\u2066٩٩+\u2069');
  assert.equal(new Words().plus(1000, 99), '\u206699+\u2069');
  assert.equal(new Words().plus(99, 99), '99');
  assert.equal(new Words().plus(0, 99), '0');
});

test('an override takes the place of one text', () => {
  const words = new Words('fr', en, { title: 'Boîte', pill: { one: '{count} truc', other: '{count} trucs' } });
  assert.equal(words.text('title'), 'Boîte');
  assert.equal(words.text('pill', { count: 0 }), '0 truc');
  assert.equal(words.text('pill', { count: 2 }), '2 trucs');
  assert.equal(words.text('undo'), 'Undo');
  assert.equal(new Words('en', en, { pill: '{count}!' }).text('pill', { count: 3 }), '3!');
});

test('an override of a wrong type is ignored', () => {
  const wrong = [null, undefined, '', 0, 1, true, [], ['a'], {}, { one: 'a' }, { other: 1 }, { other: '' }, () => 'a'];
  for (const value of [...wrong, Symbol('a'), new Map([['other', 'a']])]) {
    const words = new Words('en', en, { title: value, pill: value });
    assert.equal(words.text('title'), 'Notifications');
    assert.equal(words.text('pill', { count: 3 }), '3 new');
  }
  for (const overrides of [null, 'title', 7, [], Symbol('a'), JSON.parse('{"__proto__": {"title": 1}}')]) {
    assert.equal(new Words('en', en, overrides).text('title'), 'Notifications');
  }
  const half = new Words('en', en, { pill: { one: 1, other: '{count} fresh' } });
  assert.equal(half.text('pill', { count: 1 }), '1 fresh');
});

test('a name that does not exist is its own text', () => {
  for (const name of ['constructor', '__proto__', 'nothing']) {
    assert.equal(new Words('en', en, { nothing: 'x' }).text(name), name);
  }
});
