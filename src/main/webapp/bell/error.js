/** Why a request failed: `code` is stable, `message` is for people. */
export class NotificationError extends Error {
  constructor(code, message, options) {
    super(message || code, options);
    this.name = 'NotificationError';
    this.code = code;
  }
}
