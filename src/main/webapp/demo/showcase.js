/** The card "Try the bell": its controls are the attributes of the bell in the top bar, and of the tag to copy. */
import { offerCopy } from '../copy.js';

const byId = (id) => document.getElementById(id);
const ACCENT = '--notification-accent';
const ACCENT_TEXT = '--notification-accent-text';
const LINE_LENGTH = 60;

/** The languages of the bell, each in its own words. */
const LANGUAGES = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  es: 'Español',
  it: 'Italiano',
  pt: 'Português',
  nl: 'Nederlands',
  pl: 'Polski',
  sv: 'Svenska',
  tr: 'Türkçe',
  ru: 'Русский',
  uk: 'Українська',
  ar: 'العربية',
  he: 'עברית',
  hi: 'हिन्दी',
  ja: '日本語',
  ko: '한국어',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
};

/** The accent colours, with the colour of the text on them. Each is for light and dark. */
const ACCENTS = {
  violet: ['light-dark(#6d28d9, #c4b5fd)', 'light-dark(#ffffff, #1e1038)'],
  blue: ['light-dark(#1d4ed8, #93c5fd)', 'light-dark(#ffffff, #0b1e3f)'],
  orange: ['light-dark(#b45309, #fdba74)', 'light-dark(#ffffff, #331a03)'],
  pink: ['light-dark(#be185d, #f9a8d4)', 'light-dark(#ffffff, #3b0a20)'],
};

/** The controls have the names of the attributes. */
const ATTRIBUTES = ['lang', 'theme', 'seen', 'type', 'toast', 'sound', 'desktop', 'title-count'];

export class Showcase {
  #bell;
  #script;
  #form = byId('showcase-form');
  #wasOpen = false;

  /**
   * @param {HTMLElement} bell
   * @param {URL} script the address of bell.js
   */
  constructor(bell, script) {
    this.#bell = bell;
    this.#script = script;
    Object.entries(LANGUAGES).forEach(([tag, name]) => this.#form.elements.lang.append(languageOption(tag, name)));
    this.#form.querySelectorAll('[name="accent"]').forEach(({ value, nextElementSibling: swatch }) => {
      swatch.style.setProperty('--swatch', ACCENTS[value]?.[0] ?? 'var(--accent)');
    });
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    this.#form.addEventListener('input', () => this.#apply());
    this.#keepPanelOpen();
    offerCopy(byId('copy-tag'), byId('tag'));
    this.#apply();
  }

  #apply() {
    ATTRIBUTES.forEach((name) => {
      const value = this.#value(name);
      if (value === null) {
        this.#bell.removeAttribute(name);
      } else if (value !== this.#bell.getAttribute(name)) {
        this.#bell.setAttribute(name, value);
      }
    });
    const accent = ACCENTS[this.#form.elements.accent.value];
    [ACCENT, ACCENT_TEXT].forEach((property, i) => this.#bell.style.setProperty(property, accent?.[i] ?? ''));
    byId('tag').textContent = this.#code(accent);
  }

  /** Returns the value of an attribute; null for none, which is the default. */
  #value(name) {
    const control = this.#form.elements[name];
    if (control.type === 'checkbox') {
      return control.checked ? '' : null;
    }
    return control.value === '' ? null : control.value;
  }

  #code(accent) {
    const attributes = ATTRIBUTES.map((name) => [name, this.#value(name)])
      .filter(([, value]) => value !== null)
      .map(([name, value]) => (value === '' ? name : `${name}="${escaped(value)}"`));
    const lines = ['<notification-bell token-url="/my/bell-token"'];
    attributes.forEach((attribute) => {
      if (lines.at(-1).length + attribute.length < LINE_LENGTH) {
        lines.push(`${lines.pop()} ${attribute}`);
      } else {
        lines.push(`  ${attribute}`);
      }
    });
    const style = accent
      ? `<style>\n  notification-bell {\n    ${ACCENT}: ${accent[0]};\n    ${ACCENT_TEXT}: ${accent[1]};\n  }\n</style>\n`
      : '';
    const script = `<script type="module" src="${escaped(this.#script.href)}"></script>\n`;
    return `${style}${script}${lines.join('\n')}></notification-bell>`;
  }

  /** A click outside closes the panel. One on these controls opens it again, because it shows what they change. */
  #keepPanelOpen() {
    this.#form.addEventListener('pointerdown', () => (this.#wasOpen = this.#isOpen()));
    this.#form.addEventListener('click', ({ target }) => target.closest('select') || this.#reopen(target));
    this.#form.addEventListener('change', ({ target }) => this.#reopen(target));
  }

  #reopen(target) {
    if (this.#wasOpen && !this.#isOpen()) {
      const { shadowRoot } = this.#bell;
      const control = target.closest('label')?.control ?? target;
      // The panel takes the focus when it has opened.
      const keepFocus = () => control.focus({ preventScroll: true });
      shadowRoot.querySelector('[part~="panel"]').addEventListener('toggle', keepFocus, { once: true });
      shadowRoot.querySelector('[part~="button"]').click();
    }
  }

  #isOpen() {
    return this.#bell.shadowRoot.querySelector('[part~="panel"]:popover-open') !== null;
  }
}

function languageOption(tag, name) {
  const option = new Option(name, tag);
  option.lang = tag;
  return option;
}

function escaped(value) {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
