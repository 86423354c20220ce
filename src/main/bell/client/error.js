/** The codes of what only a developer or an operator can mend. */
const MISTAKES = new Set(['no-credentials', 'no-connection', 'origin-not-allowed', 'websocket-blocked']);

/** Why a request failed: `code` is stable, `message` is for people, in English. */
export class NotificationError extends Error {
  constructor(code, message, options) {
    super(message || code, options);
    this.name = 'NotificationError';
    this.code = code;
  }

  /** See {@link isMistake}. */
  get isMistake() {
    return isMistake(this);
  }
}

/** Whether the message of an error is for a developer or an operator, because users can do nothing. */
export function isMistake({ code }) {
  return MISTAKES.has(code);
}
