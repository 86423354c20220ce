const sheets = new Map();

/** Returns the style sheet with that text, one for all elements of the page. */
export function sheetOf(style) {
  if (!sheets.has(style)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    sheets.set(style, sheet);
  }
  return sheets.get(style);
}
