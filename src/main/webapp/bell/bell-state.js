/** What the bell and its panel show for the state of a client. No DOM and no clock in here. */

const CHARACTERS_READ_ALOUD = 100;

/** The number on the bell; empty hides it. */
export function badgeText({ unseen }) {
  if (unseen === 0) {
    return '';
  }
  return unseen > 99 ? '99+' : String(unseen);
}

/** The name of the bell for a screen reader. */
export function bellLabel(counts) {
  return `Notifications, ${countText(counts)}`;
}

/** What a screen reader says when notifications arrive. */
export function announcement([first, ...more], { counts, countsAreOld }) {
  const news = more.length > 0
    ? `${more.length + 1} new notifications.`
    : `New notification: ${first.title || first.content.slice(0, CHARACTERS_READ_ALOUD)}.`;
  return countsAreOld ? news : `${news} ${countText(counts)}.`;
}

/**
 * What the open panel shows.
 *
 * @param {NotificationClient} client
 * @param {'all' | 'unread'} view
 * @param {boolean} loadingOlder whether a page of older notifications was requested and has not arrived
 */
export function panelState(client, view, loadingOlder) {
  const { inbox, state, stale } = client;
  const online = state === 'online';
  const notifications = view === 'all' ? inbox.all : inbox.unread;
  const loading = !inbox.loaded && !stale && (online || state === 'connecting');
  return {
    notifications,
    online,
    loading,
    controls: online || inbox.loaded,
    canMarkAllSeen: online && inbox.counts.unseen > 0,
    notice: inbox.loaded ? noticeText(client) : '',
    empty: notifications.length > 0 || loading ? null : emptyTexts(client, view),
    hasOlder: view === 'all' && !inbox.complete && notifications.length > 0,
    canLoadOlder: online && !loadingOlder,
    olderText: loadingOlder ? 'Loading…' : 'Show older notifications',
  };
}

function countText({ unseen, capped }) {
  return unseen === 0 ? 'none unread' : `${unseen}${capped ? '+' : ''} unread`;
}

function noticeText({ state, stale }) {
  switch (state) {
    case 'offline':
      return 'No connection. This list may be out of date. Reconnecting…';
    case 'connecting':
      return 'Connecting…';
    default:
      return stale ? 'This list may be out of date. Refreshing…' : '';
  }
}

function emptyTexts({ state, reason, stale }, view) {
  if (state === 'offline') {
    return ['No connection', reason?.message ?? "The server can't be reached. Reconnecting…"];
  }
  if (state === 'refused') {
    return ['Not signed in', reason?.message ?? "The server didn't accept this sign-in."];
  }
  if (stale) {
    return ["Couldn't load your notifications", 'Trying again…'];
  }
  if (state === 'signed-out') {
    return ['Not signed in', 'Sign in to see your notifications.'];
  }
  return view === 'all'
    ? ['No notifications yet', "You'll see notifications here."]
    : ["You're all caught up", 'No unread notifications.'];
}
