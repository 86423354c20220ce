import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import en from '../../main/bell/texts/en.js';
import { LANGUAGES, loadTexts } from '../../main/bell/texts/texts.js';

const FOLDER = new URL('../../main/bell/texts/', import.meta.url);
const CODE = ['language.js', 'texts.js', 'time.js', 'words.js'];
const PLACEHOLDER = /\{\w*\}/g;
/** Enough to meet every category of integers: Polish tells 22 from 25, Arabic 111 from 100, French has a million. */
const COUNTS = [...Array(200).keys(), 1_000_000];

const alternatives = (text) => (typeof text === 'string' ? [text] : Object.values(text));
const placeholders = (text) => [...new Set(alternatives(text).join().match(PLACEHOLDER))].sort();

test('this engine knows the plurals, numbers and dates of every language', () => {
  for (const formats of [Intl.PluralRules, Intl.NumberFormat, Intl.DateTimeFormat, Intl.RelativeTimeFormat]) {
    assert.deepEqual(formats.supportedLocalesOf(LANGUAGES), LANGUAGES);
  }
});

test('every file of texts is a language, and the other way round', () => {
  const files = readdirSync(FOLDER).filter((name) => !CODE.includes(name));
  assert.deepEqual(files.sort(), LANGUAGES.map((language) => `${language}.js`).sort());
});

test('each language has its own file', async () => {
  const all = await Promise.all(LANGUAGES.map(loadTexts));
  assert.equal(new Set(all).size, LANGUAGES.length);
});

for (const language of LANGUAGES) {
  test(`${language} has every text`, async () => {
    const texts = await loadTexts(language);
    const plurals = new Intl.PluralRules(language);
    const categories = plurals.resolvedOptions().pluralCategories;

    assert.deepEqual(Object.keys(texts), Object.keys(en), 'the names of en.js, in this order');
    for (const [name, text] of Object.entries(texts)) {
      assert.equal(typeof text, typeof en[name], name);
      assert.deepEqual(placeholders(text), placeholders(en[name]), name);
      for (const alternative of alternatives(text)) {
        assert.equal(typeof alternative, 'string', name);
        assert.match(alternative, /^\S(.*\S)?$/u, `${name} is neither empty nor padded`);
        assert.equal(alternative, alternative.normalize('NFC'), name);
      }
      if (typeof text === 'object') {
        assert.deepEqual(Object.keys(text).sort(), [...categories].sort(), `the plurals of ${name}`);
      }
    }
    assert.equal(texts === en, language === 'en');
  });

  test(`${language} leaves out the count only where the words tell it`, async () => {
    const plurals = new Intl.PluralRules(language);
    for (const [name, text] of Object.entries(await loadTexts(language))) {
      for (const [category, alternative] of Object.entries(typeof text === 'string' ? {} : text)) {
        const counts = COUNTS.filter((count) => count > 0 && plurals.select(count) === category);
        if (counts.length > 1) {
          assert.match(alternative, /\{count\}/, `${name}.${category} also means ${counts.slice(0, 3)}`);
        }
      }
    }
  });

  if (language !== 'en') {
    test(`${language} is translated`, async () => {
      const texts = await loadTexts(language);
      const same = Object.keys(en).filter((name) => JSON.stringify(texts[name]) === JSON.stringify(en[name]));
      // "Notifications" is French, too.
      assert.deepEqual(same.filter((name) => `${language}.${name}` !== 'fr.title'), []);
    });
  }
}
