import { fetchToken } from '../client/token.js';

/** The codes of sign-ins that the page itself ended: no reason for a warning. */
const EXPECTED_ENDS = new Set(['left', 'superseded']);

/**
 * The credentials of a bell: from the attribute `token-url`, from `login` and `password`, or from a script. What is set
 * last counts. If the attribute is removed that they came from, there are none.
 */
export class CredentialSource {
  #attribute = null;
  #login = null;
  #password = null;

  /** @type {Credentials | (() => Credentials | null | Promise<Credentials | null>) | null} */
  credentials = null;
  /**
   * Names where the credentials come from, the same for all bells with the same attributes; null for a script.
   *
   * @type {string | null}
   */
  name = null;
  /** Changes whenever credentials are set, even to the same. */
  turn = 1;

  static isExpectedEnd({ code }) {
    return EXPECTED_ENDS.has(code);
  }

  /** Takes credentials from a script; null for none. */
  set(credentials) {
    this.#take(credentials ?? null, null);
  }

  /**
   * @param {'token-url' | 'login' | 'password'} name
   * @param {string | null} value null if the attribute was removed; for the password this is done by the bell itself
   */
  attribute(name, value) {
    if (name === 'login') {
      this.#login = value;
    } else if (name === 'password') {
      this.#password = value ?? this.#password;
    }
    if (value === null) {
      if (name === this.#attribute) {
        this.#take(null, null);
      }
    } else if (name === 'token-url') {
      this.#take(() => fetchToken(value), name, value);
    } else if (this.#login !== null && this.#password !== null) {
      this.#take({ login: this.#login, password: this.#password }, 'login', this.#login);
      this.#password = null;
    }
  }

  #take(credentials, attribute, value) {
    this.credentials = credentials;
    this.#attribute = attribute;
    this.name = attribute === null ? null : `${attribute} ${value}`;
    this.turn++;
  }
}
