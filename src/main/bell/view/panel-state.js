/** What the panel shows beside its list. No DOM and no clock in here. */

/**
 * Returns what to show for the state of a client.
 *
 * @param {NotificationClient} client
 * @param {{words: Words, view: 'all' | 'unread', count: number, unseen: number, loadingOlder: boolean}} shown how many
 *     notifications the list has, how many are unseen, and whether older ones were requested and have not arrived
 */
export function panelState(client, { words, view, count, unseen, loadingOlder }) {
  const { inbox, state, stale } = client;
  const online = state === 'online';
  const loading = !inbox.loaded && !stale && (online || state === 'connecting');
  const known = inbox.loaded || online;
  return {
    loading,
    controls: known,
    canMarkAllSeen: known && unseen > 0,
    notice: inbox.loaded ? noticeText(client, words) : '',
    empty: count > 0 || loading ? null : emptyTexts(client, view, words),
    hasOlder: view === 'all' && !inbox.complete && inbox.loaded,
    canLoadOlder: online && !loadingOlder,
    olderText: words.text(loadingOlder ? 'loading' : 'older'),
  };
}

function noticeText({ state, stale }, words) {
  switch (state) {
    case 'offline':
      return words.text('mayBeOld');
    case 'connecting':
      return words.text('connecting');
    default:
      return stale ? words.text('refreshing') : '';
  }
}

function emptyTexts({ state, reason, stale }, view, words) {
  const texts = (title, text) => [words.text(title), reason?.isMistake ? reason.message : words.text(text)];
  if (state === 'offline') {
    return texts('offlineTitle', reason?.code === 'offline' ? 'deviceOffline' : 'unreachable');
  }
  if (state === 'refused') {
    return texts('notSignedInTitle', reason?.code === 'signed-out' ? 'signedOut' : 'refused');
  }
  if (stale) {
    return texts('loadFailedTitle', 'tryingAgain');
  }
  if (state === 'signed-out') {
    return texts('notSignedInTitle', 'signIn');
  }
  return view === 'all' ? texts('emptyTitle', 'emptyText') : texts('caughtUpTitle', 'caughtUpText');
}
