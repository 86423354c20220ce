const SVG = 'http://www.w3.org/2000/svg';
const BELL = [
  'M6 9a6 6 0 1 1 12 0c0 5 1.6 6.6 2.3 7.3.4.4.1 1.2-.5 1.2H4.2c-.6 0-.9-.8-.5-1.2C4.4 15.6 6 14 6 9Z',
  'M9.7 20.5a2.5 2.5 0 0 0 4.6 0',
];

/**
 * The button with the bell, the badge with its number, the text that screen readers announce, and a message for when
 * there is no panel.
 *
 * Made without the helpers of dom.js, which belong to the part of the bell that is loaded later.
 */
export class BellButton {
  node = make('button', { type: 'button', class: 'bell', part: 'button', 'aria-haspopup': 'dialog', 'data-testid': 'bell' });
  spoken = make('div', { class: 'spoken', role: 'status', 'aria-live': 'polite', 'data-testid': 'spoken' });
  note = make('div', { class: 'note', popover: '', role: 'alert', 'data-testid': 'note' });
  #badge = make('span', { class: 'badge', part: 'badge', 'aria-hidden': 'true', 'data-testid': 'badge', hidden: '' });

  /** @param {() => void} clicked */
  constructor(clicked) {
    const shapes = BELL.map((d) => set(document.createElementNS(SVG, 'path'), { d }));
    const icon = set(document.createElementNS(SVG, 'svg'), {
      viewBox: '0 0 24 24',
      class: 'icon',
      'aria-hidden': 'true',
    });
    icon.append(...shapes);
    this.node.append(icon, this.#badge);
    this.node.addEventListener('click', clicked);
  }

  /**
   * @param {string} label
   * @param {string} number empty hides the badge
   */
  show(label, number) {
    this.node.setAttribute('aria-label', label);
    this.#badge.textContent = number;
    this.#badge.hidden = number === '';
  }

  /** Shows a message until the person presses something. */
  say(text) {
    this.note.textContent = text;
    this.note.togglePopover(true);
  }
}

function make(tag, attributes) {
  return set(document.createElement(tag), attributes);
}

function set(node, attributes) {
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  return node;
}
