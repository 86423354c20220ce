/** What the bell shows for the state of a client. No DOM and no clock in here. */

import { ofType } from '../client/inbox.js';

const CHARACTERS_READ_ALOUD = 100;
const MOST_ON_BADGE = 99;

/**
 * The counts of one type, or of all.
 *
 * @param {{unseen: number, byType: Record<string, number>, capped: boolean}} counts
 * @param {string | null} type
 */
export function countsOf(counts, type) {
  return type === null ? counts : { ...counts, unseen: ofType(counts.byType, type) };
}

/** The number on the bell; empty hides it. */
export function badgeText({ unseen }, words) {
  return unseen === 0 ? '' : words.plus(unseen, MOST_ON_BADGE);
}

/** The name of the bell for a screen reader. */
export function bellLabel(counts, words) {
  return `${words.text('title')}, ${countText(counts, words)}`;
}

/** What a screen reader says when notifications arrive. @param {object | null} counts null if they are uncertain */
export function announcement(news, counts, words) {
  const text = `${newsText(news, words)}.`;
  return counts === null ? text : `${text} ${countText(counts, words)}.`;
}

/** One line on what has arrived. */
export function newsText([first, ...more], words) {
  return more.length > 0
    ? words.text('newMany', { count: more.length + 1 })
    : words.text('newOne', { title: first.title || first.content.slice(0, CHARACTERS_READ_ALOUD) });
}

function countText({ unseen, capped }, words) {
  return unseen === 0 ? words.text('noneUnread') : words.text('countUnread', { count: unseen, more: capped });
}
