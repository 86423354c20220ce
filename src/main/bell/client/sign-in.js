import { NotificationError } from './error.js';

/** Over how long at most the pages ask for their next tokens. */
const MOST_SPREAD = 60_000;
/** Before a session ends, a token that could not be renewed is asked for again after so long. */
const RENEWAL_PAUSE = 10_000;
/** Error codes of credentials that will never be accepted. */
const REFUSALS = new Set(['login-failed', 'bad-login', 'token-refused']);
/** Error codes that pass by themselves. */
const TEMPORARY = new Set(['login-unavailable', 'store-unavailable', 'busy', 'internal']);

/** The credentials of a page: where they come from, and when they are asked for again. Kept in memory only. */
export class SignIn {
  #onDue;
  #credentials = null;
  #renewable = false;
  #unproven = false;
  #timer = 0;

  /** @param {() => void} onDue called when the next credentials are to be sent */
  constructor(onDue) {
    this.#onDue = onDue;
  }

  /** Whether the server has not yet accepted credentials that replaced others. */
  get unproven() {
    return this.#unproven;
  }

  /** Uses these credentials from now on. */
  take(credentials) {
    this.#renewable = typeof credentials === 'function';
    this.#credentials = this.#renewable ? credentials : () => credentials;
    this.#unproven = true;
  }

  forget() {
    this.rest();
    this.#credentials = null;
  }

  /** Asks for nothing by itself until the server is heard again. */
  rest() {
    clearTimeout(this.#timer);
  }

  /** The server has accepted the credentials. */
  accepted() {
    this.#unproven = false;
  }

  /**
   * Asks for credentials.
   *
   * @returns {Promise<{data?: object, error?: NotificationError, isOver?: boolean, isCurrent: () => boolean}>} what to
   *     send; or why there are none now; or that nobody is signed in any more. `isCurrent()` is false once other
   *     credentials replaced these
   */
  async ask() {
    const asked = this.#credentials;
    const isCurrent = () => asked === this.#credentials;
    try {
      const credentials = await asked();
      if (credentials) {
        return { data: wireForm(credentials), isCurrent };
      }
      return { error: new NotificationError('signed-out', 'You are no longer signed in.'), isOver: true, isCurrent };
    } catch (cause) {
      return { error: new NotificationError('no-credentials', "Couldn't renew your sign-in.", { cause }), isCurrent };
    }
  }

  /** Asks for the next token at some time in the first half: those of all pages may end in the same second. */
  expiring(expiresAt) {
    const left = Date.parse(expiresAt) - Date.now();
    this.#renewIn(Math.random() * Math.max(0, Math.min(MOST_SPREAD, left / 2)));
  }

  /** The next credentials were not available: asks again before the session ends. */
  renewLater() {
    this.#renewIn(RENEWAL_PAUSE);
  }

  /** @returns {boolean} whether it is of no use to send these credentials again */
  isHopeless(code) {
    return REFUSALS.has(code) || (code === 'token-expired' && !this.#renewable);
  }

  /** @returns {boolean} whether an error passes by itself */
  passes(code) {
    return code === 'token-expired' || TEMPORARY.has(code);
  }

  #renewIn(millis) {
    clearTimeout(this.#timer);
    if (this.#renewable) {
      this.#timer = setTimeout(this.#onDue, millis);
    }
  }
}

function wireForm({ token, login, password }) {
  return token === undefined ? { login, password } : { token };
}
