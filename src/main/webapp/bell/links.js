/**
 * The address of a link or an image, when it may be used at all: http, https or relative to the page.
 *
 * The texts of a notification come from whoever may publish. A `javascript:` or `data:` address that looks like a link is the
 * classic way in. The browser's own parser decides, because it is what a click would use: it drops tabs and newlines inside
 * a scheme, which hand-written checks overlook.
 *
 * @returns {URL | null} null for anything that is not to be followed: show it as text
 */
export function safeUrl(text, base = document.baseURI) {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') {
    return null;
  }
  try {
    const url = new URL(trimmed, base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}
