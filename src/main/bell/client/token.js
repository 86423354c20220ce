import { NotificationError } from './error.js';

/** The statuses by which a back end says that nobody is signed in. */
const SIGNED_OUT = new Set([204, 401, 403]);
const PATIENCE = 20_000;

/**
 * Asks the page's own back end for a token, with its cookies.
 *
 * @param {string} url
 * @returns {Promise<{token: string} | null>} null if nobody is signed in; rejected if the back end does not answer with
 *     a token
 */
export async function fetchToken(url) {
  const response = await fetch(new URL(url, document.baseURI), {
    cache: 'no-store',
    credentials: 'include',
    headers: { Accept: 'application/json' },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (SIGNED_OUT.has(response.status) || isLoginPage(response)) {
    return null;
  }
  if (!response.ok) {
    throw new NotificationError('no-token', `${url} answered with status ${response.status}.`);
  }
  const answer = await response.json();
  if (typeof answer?.token !== 'string') {
    throw new NotificationError('no-token', `${url} did not answer with {"token": "..."}.`);
  }
  return { token: answer.token };
}

/** Many back ends redirect to their login page instead of answering 401. */
function isLoginPage(response) {
  return response.redirected && !(response.headers.get('Content-Type') ?? '').includes('json');
}
