/**
 * Returns the address of a link or an image if it is safe: http, https or relative to the page.
 *
 * A publisher's address may be an attack, such as a `javascript:` or `data:` address that looks like a link. The
 * browser's own parser decides, because a click uses it too. It drops tabs and newlines inside a scheme, which
 * hand-written checks overlook.
 *
 * @returns {URL | null} null for an address that must not be followed: show it as text
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
