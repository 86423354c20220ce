/** Makes elements. Strings always become text nodes: a publisher's text is never parsed as HTML. */

const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  inbox: ['M4 13.5 6.5 5h11l2.5 8.5V19H4Z', 'M4 13.5h4.5c0 2 1.5 3 3.5 3s3.5-1 3.5-3H20'],
  check: ['M5 12.5 10 17.5 19.5 7'],
  checks: ['M2.5 12.5 7 17 15.5 7.5', 'M11.5 16.5 12 17 20.5 7.5'],
  trash: ['M4.5 7h15', 'M9.5 7V4.5h5V7', 'M6.5 7l.8 12.5h9.4L17.5 7', 'M10.3 10.8v5.2', 'M13.7 10.8v5.2'],
  close: ['M6 6l12 12', 'M18 6 6 18'],
};

/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {Record<string, string | boolean | ((event: Event) => void)>} properties attributes: `true` sets an empty one,
 *     `false` omits it. A function is a listener for the event of that name
 * @param {...(Node | string)} children
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') {
      node.addEventListener(name, value);
    } else if (value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children);
  return node;
}

/** Pixels between what opens beside the bell and the edge of the window. */
export const MARGIN = 8;

/**
 * Returns where something begins that opens beside the bell: both end together; or they begin together if there is more
 * room. It is always inside the window.
 *
 * @param {DOMRect} bell
 * @param {HTMLElement} node
 */
export function leftBeside(bell, node) {
  const width = node.offsetWidth;
  const last = document.documentElement.clientWidth - width - MARGIN;
  const inside = (left) => Math.max(MARGIN, Math.min(left, last));
  const lefts = [bell.right - width, bell.left];
  const [wanted, other] = getComputedStyle(node).direction === 'rtl' ? lefts.reverse() : lefts;
  return inside(inside(wanted) !== wanted && inside(other) === other ? other : wanted);
}

/** Makes a line icon in the colour of the text. It is decoration: the element around it needs a name of its own. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  for (const shape of PATHS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', shape);
    svg.append(path);
  }
  return svg;
}
