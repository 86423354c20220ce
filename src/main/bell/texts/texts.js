/** Loads the texts in the reader's language. */
import en from './en.js';
import { formattingTag, matchLanguage, supportedTag } from './language.js';
import { Words, isText } from './words.js';

export { LANGUAGES, languageOf, matchLanguage } from './language.js';
export { Words } from './words.js';

/** Each file is loaded only for a reader of its language. A bundler needs the paths as literals. */
const FILES = new Map([
  ['fr', () => import('./fr.js')],
  ['de', () => import('./de.js')],
  ['es', () => import('./es.js')],
  ['it', () => import('./it.js')],
  ['pt', () => import('./pt.js')],
  ['nl', () => import('./nl.js')],
  ['pl', () => import('./pl.js')],
  ['sv', () => import('./sv.js')],
  ['tr', () => import('./tr.js')],
  ['ru', () => import('./ru.js')],
  ['uk', () => import('./uk.js')],
  ['ar', () => import('./ar.js')],
  ['he', () => import('./he.js')],
  ['hi', () => import('./hi.js')],
  ['ja', () => import('./ja.js')],
  ['ko', () => import('./ko.js')],
  ['zh-Hans', () => import('./zh-Hans.js')],
  ['zh-Hant', () => import('./zh-Hant.js')],
]);

const loads = new Map();

/**
 * Loads the texts of one of {@link LANGUAGES}, once. Resolves to the English texts if they cannot be loaded, and the
 * next call tries again. Never rejects.
 *
 * @param {string} language
 * @returns {Promise<object>}
 */
export async function loadTexts(language) {
  if (!loads.has(language) && FILES.has(language)) {
    loads.set(
      language,
      FILES.get(language)().then((file) => file.default),
    );
  }
  try {
    return (await loads.get(language)) ?? en;
  } catch {
    loads.delete(language);
    return en;
  }
}

/**
 * Returns the words for a page in the language `tag`, with the page's own texts in place of some.
 *
 * Texts, numbers and dates are always in one language: in that of the page if there are texts in it, or if the page
 * brings every text itself; otherwise in English.
 *
 * @param {string} tag
 * @param {object} [overrides] see {@link Words}
 * @returns {Promise<Words>}
 */
export async function wordsFor(tag, overrides) {
  const language = matchLanguage(tag);
  const texts = await loadTexts(language);
  const all = Object.keys(en).every((name) => isText(overrides?.[name]));
  const used = texts === en ? 'en' : language;
  return new Words((all && supportedTag(tag)) || formattingTag(tag, used), texts, overrides);
}
