import { pauseBefore } from './connection.js';

const MOST_PAGES = 20;
const USUAL_PAGE = 30;

/** Brings an {@link Inbox} up to date with the server: the list again, as far down as it was, put in the place of the old one in one step. */
export class Synchronization {
  #requests;
  #turn = 0;

  /** @param {Requests} requests */
  constructor(requests) {
    this.#requests = requests;
  }

  /**
   * Tries until it is done; the last one that was started counts.
   *
   * @param {Inbox} inbox
   * @param {boolean} unseenToo whether to ask for the unseen ones; after a login they come unasked
   * @param {() => void} onTrouble it did not work and is tried again
   * @returns {Promise<object[] | null>} the notifications that were missed; null when it was cancelled
   */
  async run(inbox, unseenToo, onTrouble) {
    const turn = ++this.#turn;
    for (let attempt = 0; turn === this.#turn; attempt++) {
      try {
        await this.#load(inbox, unseenToo || attempt > 0, () => turn === this.#turn);
        return inbox.commit();
      } catch {
        // Why, the client has said as a failure; whoever cancelled knows it.
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
    // A short page is most likely the last, but how long pages are is a setting: the next one tells.
    const short = first.length > 0 && first.length < USUAL_PAGE;
    for (let pages = 1; pages < MOST_PAGES && ((short && pages === 1) || !inbox.reaches(depth)); pages++) {
      inbox.comingPage(await answer(this.#requests.content({ before: inbox.comingCursor })));
    }
  }
}
