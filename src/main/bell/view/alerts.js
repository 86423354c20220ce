/**
 * What a bell does beside ringing, where the page asks for it: a toast, a sound, a desktop notification. Loaded only
 * for pages that do.
 */
import { Announcer } from '../client/announcer.js';
import { element, icon, leftBeside, MARGIN } from './dom.js';
import { safeUrl } from './links.js';
import { TOAST_STYLE } from './toast-style.js';

/** The style sheets of the toast, beside those of the bell. */
export const STYLES = [TOAST_STYLE];

const TOAST_MILLIS = 8000;
/** Notes of the built-in sound: frequency in Hz, and when it starts in seconds. */
const CHIME = [[880, 0], [1174.66, 0.12]];
const CHIME_SECONDS = 0.5;
const LOUDNESS = 0.12;
/** In a window that is narrower than this, a toast at the top would cover what the person reads. */
const NARROW = 480;

/** Chooses the tab that announces, for each user. */
const announcers = new Map();

/** @returns {Promise<string[]>} the ids that this tab is to announce, see {@link Announcer#claim} */
export function claim({ address, userId }, ids) {
  const scope = `${address} ${userId}`;
  if (!announcers.has(scope)) {
    announcers.set(scope, new Announcer(scope));
  }
  return announcers.get(scope).claim(ids);
}

/** A short sound. Browsers allow it only after the person has used the page once; before that it stays silent. */
export class Sound {
  /** One for all bells that were ever on the page: each one holds a device of the system. */
  static #context = null;
  #audio = null;

  /** @param {string} address of a sound file; empty for the built-in sound */
  play(address) {
    if (navigator.userActivation?.hasBeenActive === false) {
      return;
    }
    const url = safeUrl(address);
    if (url) {
      this.#audio ??= new Audio();
      if (this.#audio.src !== url.href) {
        this.#audio.src = url.href;
      }
      this.#audio.currentTime = 0;
      this.#audio.play().catch(warn);
    } else {
      try {
        this.#chime();
      } catch (error) {
        warn(error); // For example, there is no device for sounds.
      }
    }
  }

  #chime() {
    Sound.#context ??= new AudioContext();
    const { currentTime: now, destination } = Sound.#context;
    for (const [frequency, start] of CHIME) {
      const note = new OscillatorNode(Sound.#context, { type: 'sine', frequency });
      const gain = new GainNode(Sound.#context, { gain: 0 });
      gain.gain.setTargetAtTime(LOUDNESS, now + start, 0.01);
      gain.gain.setTargetAtTime(0, now + start + 0.05, 0.1);
      note.connect(gain).connect(destination);
      note.start(now + start);
      note.stop(now + start + CHIME_SECONDS);
    }
  }
}

function warn(error) {
  console.warn("notification-bell: the sound can't be played.", error);
}

/** Whether the person can be asked for desktop notifications, and has not answered. */
export function canAskForDesktop() {
  return globalThis.Notification?.permission === 'default' && isSecureContext;
}

/** Asks for the permission. To be called in a click only: browsers ignore other calls, and people dislike them. */
export function askForDesktop() {
  return Notification.requestPermission();
}

/**
 * Shows a desktop notification if this is allowed.
 *
 * @param {object} notification
 * @param {{title: string, lang: string, dir: string, opened: () => void}} options `title` is for a notification without
 *     one; `opened` is called when the person clicks it
 */
export function showOnDesktop({ _id: id, title, content, icon: address }, { title: other, lang, dir, opened }) {
  if (globalThis.Notification?.permission !== 'granted') {
    return;
  }
  try {
    const shown = new Notification(title || other, {
      body: content, tag: id, lang, dir, icon: safeUrl(address)?.href,
    });
    shown.addEventListener('click', () => {
      window.focus();
      shown.close();
      opened();
    });
  } catch {
    // Browsers of phones have the permission, but no such notifications outside a service worker.
  }
}

/** A small card beside the bell, or at the bottom of a narrow window, that shows what has just arrived. It goes away by itself, unless it is being read. */
export class Toast {
  #timer = 0;
  #anchor;
  #node;
  #title = element('strong', { class: 'title', dir: 'auto' });
  #content = element('span', { class: 'content', dir: 'auto' });
  #opened = () => {};

  /**
   * @param {HTMLElement} anchor the bell; the toast becomes its neighbour
   * @param {string} closeLabel
   */
  constructor(anchor, closeLabel) {
    this.#anchor = anchor;
    const open = () => {
      this.hide();
      this.#opened();
    };
    this.#node = element(
      'div',
      {
        class: 'toast',
        part: 'toast',
        popover: 'manual',
        'data-testid': 'toast',
        pointerenter: () => clearTimeout(this.#timer),
        pointerleave: () => this.#hideLater(),
        focusin: () => clearTimeout(this.#timer),
        focusout: () => this.#hideLater(),
      },
      element('button', { type: 'button', class: 'toast-open', click: open }, this.#title, this.#content),
      element('button', { type: 'button', class: 'toast-close', 'aria-label': closeLabel, click: () => this.hide() },
        icon('close')),
    );
    anchor.after(this.#node);
  }

  /**
   * @param {string} title
   * @param {string} content
   * @param {() => void} opened called when the person clicks the toast
   */
  show(title, content, opened) {
    this.#title.textContent = title;
    this.#content.textContent = content;
    this.#opened = opened;
    this.#node.showPopover();
    this.#place();
    this.#hideLater();
  }

  hide() {
    clearTimeout(this.#timer);
    if (this.#node.matches(':popover-open')) {
      const hadFocus = this.#node.contains(this.#anchor.getRootNode().activeElement);
      this.#node.hidePopover();
      if (hadFocus) {
        this.#anchor.focus();
      }
    }
  }

  remove() {
    this.hide();
    this.#node.remove();
  }

  #hideLater() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), TOAST_MILLIS);
  }

  #place() {
    const bell = this.#anchor.getBoundingClientRect();
    const { style, offsetHeight: height } = this.#node;
    const last = window.innerHeight - height - MARGIN;
    const below = bell.bottom + MARGIN;
    const isNarrow = document.documentElement.clientWidth < NARROW;
    const top = isNarrow ? last : below < last ? below : bell.top - MARGIN - height;
    // A bell that is out of sight has its toast at the edge of the window.
    style.setProperty('left', `${leftBeside(bell, this.#node)}px`);
    style.setProperty('top', `${Math.max(MARGIN, Math.min(top, last))}px`);
  }
}

/** Follows the link of a notification as a click on its row would. @returns {boolean} whether there is one */
export function follow({ url: address }) {
  const url = safeUrl(address);
  if (url) {
    window.open(url.href, url.origin === location.origin ? '_self' : '_blank', 'noopener,noreferrer');
  }
  return url !== null;
}
