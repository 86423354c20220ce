import { pauseBefore } from './connection.js';

const MOST_PAGES = 20;
const USUAL_PAGE = 30;

/**
 * Brings an {@link Inbox} up to date: loads the list again, as far down as before, and replaces the old one in one
 * step.
 */
export class Synchronization {
  #requests;
  #turn = 0;

  /** @param {Requests} requests */
  constructor(requests) {
    this.#requests = requests;
  }

  /**
   * Tries until it succeeds. A later run cancels an earlier one.
   *
   * @param {Inbox} inbox
   * @param {boolean} unseenToo whether to request the unseen ones; after a login the server sends them unasked
   * @param {() => void} onTrouble called after each failed attempt
   * @returns {Promise<object[] | null>} the notifications that were missed; null if the run was cancelled
   */
  async run(inbox, unseenToo, onTrouble) {
    const turn = ++this.#turn;
    for (let attempt = 0; turn === this.#turn; attempt++) {
      try {
        await this.#load(inbox, unseenToo || attempt > 0, () => turn === this.#turn);
        return inbox.commit();
      } catch {
        // The client has reported the failure, or the run was cancelled.
      }
      if (turn === this.#turn) {
        onTrouble();
        await new Promise((resolve) => setTimeout(resolve, pauseBefore(attempt)));
      }
    }
    return null;
  }

  cancel() {
    this.#turn++;
  }

  async #load(inbox, unseenToo, wanted) {
    const answer = async (promise) => {
      const data = await promise;
      if (!wanted()) {
        throw new Error('cancelled');
      }
      return data;
    };
    const depth = inbox.cursor;
    inbox.begin();
    if (unseenToo) {
      inbox.unseen(await answer(this.#requests.unseen()));
    }
    const first = await answer(this.#requests.content({ page: 0 }));
    inbox.comingPage(first);
    // A short page is probably the last. The page length is a setting of the server, so the next page decides.
    const short = first.length > 0 && first.length < USUAL_PAGE;
    for (let pages = 1; pages < MOST_PAGES && ((short && pages === 1) || !inbox.reaches(depth)); pages++) {
      inbox.comingPage(await answer(this.#requests.content({ before: inbox.comingCursor })));
    }
  }
}
