import en from './en.js';
import { directionOf } from './language.js';

const LEFT_TO_RIGHT_ISOLATE = '\u2066';
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const ISOLATES = /[\u2066-\u2069]/g;

/**
 * The bell's texts in one language, filled in.
 *
 * An override is a text, or an object of texts by plural category that has at least `other`. Anything else is ignored.
 */
export class Words {
  /** @type {string} the BCP 47 tag of the texts; {@link Times} takes it */
  tag;
  /** @type {'ltr' | 'rtl'} the direction of the texts */
  dir;
  #texts;
  #plurals;
  #numbers;

  /**
   * @param {string} tag as {@link formattingTag} returns it
   * @param {object} texts as {@link loadTexts} returns them
   * @param {object} [overrides] texts by name
   */
  constructor(tag = 'en', texts = en, overrides = {}) {
    this.tag = tag;
    this.dir = directionOf(tag);
    const choose = (name) => [overrides?.[name], texts[name], en[name]].find(isText);
    this.#texts = new Map(Object.keys(en).map((name) => [name, choose(name)]));
  }

  /**
   * Returns a text with its values filled in. A name that does not exist is returned itself.
   *
   * @param {string} name of a text in `en.js`
   * @param {{count?: number, more?: boolean, title?: string}} [values] `count` also chooses the plural; `more` says that
   *     there are more than that; `title` may be of any direction
   */
  text(name, values = {}) {
    const text = this.#texts.get(name) ?? name;
    const chosen = typeof text === 'string' ? text : this.#plural(text, values.count);
    const filled = {
      count: () => (values.count === undefined ? '' : `${this.#number(values.count)}${values.more ? '+' : ''}`),
      title: () => isolated(values.title ?? ''),
    };
    return chosen.replace(/\{(count|title)\}/g, (whole, key) => filled[key]());
  }

  /** Returns a count for a badge: "7", or "99+" above `most`, which keeps its plus sign at the right. */
  plus(count, most) {
    return count > most ? `${LEFT_TO_RIGHT_ISOLATE}${this.#number(most)}+${POP_ISOLATE}` : this.#number(count);
  }

  #plural(texts, count) {
    this.#plurals ??= new Intl.PluralRules(this.tag);
    const text = texts[this.#plurals.select(count)];
    return typeof text === 'string' ? text : texts.other;
  }

  #number(count) {
    this.#numbers ??= new Intl.NumberFormat(this.tag);
    return this.#numbers.format(count);
  }
}

/** Keeps a text of unknown direction from reordering the sentence around it. */
function isolated(text) {
  // An isolate that the text itself opens or closes would end ours too early or too late.
  return `${FIRST_STRONG_ISOLATE}${String(text).replace(ISOLATES, '')}${POP_ISOLATE}`;
}

/** Returns whether a value can be a text of the bell: a string, or an object of strings by plural category. */
export function isText(value) {
  return isFilled(value) || (typeof value === 'object' && isFilled(value?.other));
}

function isFilled(value) {
  return typeof value === 'string' && value !== '';
}
