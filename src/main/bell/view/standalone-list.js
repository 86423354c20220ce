import { languageOf, wordsFor } from '../texts/texts.js';
import { sheetOf } from './sheet.js';
import { THEME } from './theme.js';

/**
 * Makes a list like that of the bell, for a page of its own. The caller fills it with `render(notifications)`, calls
 * `tick()` now and then for the times, and shows its `node`.
 *
 * @param {HTMLElement} place where the list is put, in the language that counts there
 * @param {{onSeen: (id: string) => void, onDelete: (id: string) => void}} actions what a person asks for
 * @returns {Promise<NotificationList>}
 */
export async function makeList(place, actions) {
  const [{ NotificationList, Times, LIST_STYLE }, words] = await Promise.all([
    import('./panel.js'),
    wordsFor(languageOf(place)),
  ]);
  const list = new NotificationList(actions, { language: { words, times: new Times(words.tag) } });
  const root = place.isConnected ? place.getRootNode() : document;
  const others = root.adoptedStyleSheets;
  root.adoptedStyleSheets = [...new Set([...others, sheetOf(THEME), sheetOf(LIST_STYLE)])];
  place.append(list.node);
  return list;
}
