import { pauseBefore } from './pause.js';

const MOST_PAGES = 20;
/** Pages of a limited size may hold a single notification. */
const MOST_SMALL_PAGES = 200;
const USUAL_PAGE = 30;

/**
 * Brings an {@link Inbox} up to date: loads the list again, as far down as before, and replaces the old one in one
 * step. What nobody has seen before is shown as it comes: the first page, then the unseen ones, newest first.
 */
export class Synchronization {
  #requests;
  #turn = 0;
  #pause = 0;

  /** @param {Requests} requests */
  constructor(requests) {
    this.#requests = requests;
  }

  /**
   * Tries until it succeeds. A later run cancels an earlier one.
   *
   * @param {Inbox} inbox
   * @param {Promise<object> | null} first what the server sends after a login
   * @param {{shown: Function, trouble: Function}} on `shown(kind, missed)` is called after each step, and `trouble()`
   *     after each failed attempt
   * @returns {Promise<boolean>} false if the run was cancelled
   */
  async run(inbox, first, on) {
    const turn = ++this.#turn;
    clearTimeout(this.#pause);
    const wanted = () => turn === this.#turn;
    for (let attempt = 0; wanted(); attempt++) {
      try {
        await this.#load(inbox, attempt === 0 ? first : null, wanted, on.shown);
        return true;
      } catch {
        // The client has reported the failure, or the run was cancelled.
      }
      if (wanted()) {
        on.trouble();
        await new Promise((resolve) => (this.#pause = setTimeout(resolve, pauseBefore(attempt))));
      }
    }
    return false;
  }

  cancel() {
    this.#turn++;
    clearTimeout(this.#pause);
  }

  async #load(inbox, first, wanted, shown) {
    const answer = async (promise) => {
      const page = await promise;
      if (!wanted()) {
        throw new Error('cancelled');
      }
      return page;
    };
    const depth = inbox.cursor;
    const isNew = !inbox.loaded;
    inbox.begin();
    let page = await answer(first ?? this.#requests.content({ page: 0 }));
    const unasked = page.unseen;
    if (unasked) {
      inbox.unseen(page.notifications);
      page = await answer(this.#requests.content({ page: 0 }));
    }
    inbox.comingPage(page.notifications, page.more);
    if (page.more === undefined) {
      await this.#loadAll(inbox, !unasked, page.notifications.length, depth, answer);
    } else if (isNew) {
      shown('sync', inbox.commit());
      await this.#loadUnseen(inbox, answer, shown);
      return;
    } else {
      shown('page', inbox.preview(page.notifications));
      await this.#loadUnseen(inbox, answer, shown);
      for (let pages = 1; pages < MOST_SMALL_PAGES && !inbox.reaches(depth); pages++) {
        await this.#loadNext(inbox, answer);
      }
    }
    shown('sync', inbox.commit());
  }

  /** From a server that sends the unseen ones in one piece, and pages of a fixed length. */
  async #loadAll(inbox, unseenToo, length, depth, answer) {
    if (unseenToo) {
      inbox.unseen((await answer(this.#requests.unseen())).notifications);
    }
    // A short page is probably the last. The page length is a setting of the server, so the next page decides.
    const short = length > 0 && length < USUAL_PAGE;
    for (let pages = 1; pages < MOST_PAGES && ((short && pages === 1) || !inbox.reaches(depth)); pages++) {
      await this.#loadNext(inbox, answer);
    }
  }

  async #loadNext(inbox, answer) {
    const { notifications, more } = await answer(this.#requests.content({ before: inbox.comingCursor }));
    inbox.comingPage(notifications, more);
  }

  /** Loads the unseen ones below the first page. */
  async #loadUnseen(inbox, answer, shown) {
    let before = inbox.comingCursor;
    for (let more = true; more && inbox.lacksUnseen; ) {
      const page = await answer(this.#requests.unseen(before));
      inbox.unseen(page.notifications);
      shown('page', []);
      before = page.notifications.at(-1)?._id;
      more = page.more && before !== undefined;
    }
  }
}
