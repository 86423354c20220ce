/** Languages by their BCP 47 tags. */

/** The languages that have texts. */
export const LANGUAGES = [
  'en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'tr', 'ru', 'uk', 'ar', 'he', 'hi', 'ja', 'ko', 'zh-Hans',
  'zh-Hant',
];

/** Chinese, and Cantonese, Hakka, Min Nan and Wu, whose speakers read and write it. */
const CHINESE = new Set(['zh', 'yue', 'hak', 'nan', 'wuu']);
/** Pages write `zh-cmn-Hans`, which RFC 5646 allows and `Intl` does not. */
const EXTENDED_CHINESE = /^zh-(cmn|yue|hak|nan|wuu)\b/i;
/** RFC 5646 (section 4.4.1) finds 35 enough; extensions need more. */
const MOST_CHARACTERS = 100;
const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

/**
 * Returns the language of an element as the page writes it: the nearest `lang` around it, also outside its shadow
 * roots, else that of the document, else that of the browser.
 *
 * @param {Element} element
 * @returns {string} a BCP 47 tag, or whatever else the page wrote there
 */
export function languageOf(element) {
  for (let at = element; at; at = at.parentElement ?? at.parentNode?.host) {
    const language = at.getAttribute('lang');
    if (language) {
      return language;
    }
  }
  return document.documentElement.lang || navigator.language || 'en';
}

/**
 * Returns which of {@link LANGUAGES} suits a reader of `tag`; English if none does, or if `tag` is not a language tag.
 *
 * @param {string} tag as `languageOf` returns it; `pt_BR` is read as `pt-BR`
 */
export function matchLanguage(tag) {
  const locale = localeOf(tag);
  if (!locale) {
    return 'en';
  }
  const { language, script } = locale.maximize();
  if (CHINESE.has(language)) {
    return script === 'Hant' ? 'zh-Hant' : 'zh-Hans';
  }
  // Who reads Hindi in Latin letters may not read Devanagari.
  const transcribed = script === 'Latn' && new Intl.Locale(language).maximize().script !== 'Latn';
  return LANGUAGES.includes(language) && !transcribed ? language : 'en';
}

/**
 * Returns the tag that numbers and dates beside texts in `language` are formatted with: that of the page if it is in
 * this language, such as `fr-CA` with French texts, otherwise `language` itself.
 *
 * @param {string} tag of the page
 * @param {string} language one of {@link LANGUAGES}
 */
export function formattingTag(tag, language) {
  const sameLanguage = localeOf(tag)?.language === new Intl.Locale(language).language;
  return (sameLanguage && supportedTag(tag)) || language;
}

/** Returns 'rtl' for a language written from right to left, otherwise 'ltr'. */
export function directionOf(tag) {
  return RIGHT_TO_LEFT.has(localeOf(tag)?.maximize().script) ? 'rtl' : 'ltr';
}

/** Returns the well-formed tag, or undefined if the browser cannot format in its language. */
export function supportedTag(tag) {
  const locale = localeOf(tag);
  return locale ? Intl.DateTimeFormat.supportedLocalesOf(locale.toString())[0] : undefined;
}

/** Returns what is well-formed at the beginning of `tag`, or null: `fr` for `fr-??` (RFC 4647, section 3.4). */
function localeOf(tag) {
  if (typeof tag !== 'string' || tag.length > MOST_CHARACTERS) {
    return null;
  }
  const subtags = tag.trim().replaceAll('_', '-').replace(EXTENDED_CHINESE, '$1').split('-');
  for (; subtags.length > 0; subtags.pop()) {
    try {
      return new Intl.Locale(subtags.join('-'));
    } catch {
      // One subtag less may do.
    }
  }
  return null;
}
