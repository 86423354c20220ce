/** The types of the bell. Those for templates are in react.d.ts, vue.d.ts and svelte.d.ts. */

/** What a user signs in with: a token of the web application, or a login and a password. */
export type Credentials = { token: string } | { login: string; password: string };

/** A function is called for each connection, and before a token expires. Null: nobody is signed in any more. */
export type CredentialsSource = Credentials | (() => Credentials | null | Promise<Credentials | null>);

export interface Notification {
  readonly _id: string;
  readonly type: string;
  readonly title: string;
  readonly content: string;
  readonly url: string;
  readonly icon: string;
  readonly image: string;
  readonly seen: boolean;
  /** Up to two links that the publisher offers as answers. */
  readonly actions?: readonly { readonly label: string; readonly url: string }[];
  /** ISO 8601, in UTC. */
  readonly createdAt: string;
}

export interface UnseenCounts {
  readonly unseen: number;
  readonly byType: Readonly<Record<string, number>>;
  /** Whether there are more than the server counts. */
  readonly capped: boolean;
}

/** What the client knows of the user's notifications. */
export interface Inbox {
  readonly counts: UnseenCounts;
  /** Whether anything was loaded: an empty inbox and an unknown one differ. */
  readonly loaded: boolean;
  /** Whether `all` ends with the oldest notification. */
  readonly complete: boolean;
  /** Newest first. */
  readonly all: readonly Notification[];
  /** The unseen ones, newest first. */
  readonly unread: readonly Notification[];
  /** Whether a mark or deletion of this notification has not been confirmed by the server yet. */
  isPending(id: string): boolean;
}

export type ConnectionState = 'signed-out' | 'connecting' | 'online' | 'offline' | 'refused';

/** Why a request failed: `code` is stable, `message` is for people. */
export declare class NotificationError extends Error {
  constructor(code: string, message: string, options?: ErrorOptions);
  readonly code: string;
}

export interface NotificationClientEventMap {
  state: CustomEvent<{ state: ConnectionState; retryAt: number | null; reason: NotificationError | null }>;
  /** For `seen` with `ids` null, everything up to `upTo` was seen, or everything if that is null too. */
  change: CustomEvent<{
    kind: 'sync' | 'push' | 'seen' | 'delete' | 'counts' | 'page' | 'stale';
    ids: readonly string[] | null;
    upTo: string | null;
  }>;
  push: CustomEvent<{ notifications: readonly Notification[] }>;
  /** The user is about to be signed out. What is marked now is still kept for this user. */
  leaving: CustomEvent<null>;
  failure: CustomEvent<{ code: string; message: string; request?: string; cause?: unknown }>;
}

/** A user's notifications over one connection that is made again by itself. */
export declare class NotificationClient extends EventTarget {
  /** @param url of the server's `/notification/websocket`; http and https stand for ws and wss */
  constructor(url: string | URL);
  /** The address of the WebSocket. */
  readonly address: string;
  readonly userId: string | null;
  readonly inbox: Inbox;
  readonly state: ConnectionState;
  /** Whether the list could not be brought up to date; another attempt follows. */
  readonly stale: boolean;
  /** When the next attempt is, in epoch milliseconds. */
  readonly retryAt: number | null;
  readonly reason: NotificationError | null;
  /** Signs in. Resolves with the user id; rejects with a NotificationError if the server refuses. */
  join(credentials: CredentialsSource): Promise<string>;
  join(login: string, password: string): Promise<string>;
  /** Uses other credentials from now on, on the same connection if they are of the same user. */
  renew(credentials: CredentialsSource): void;
  /** Signs out, closes the connection and forgets everything. */
  leave(): void;
  /** Connects now, and does not wait for the next attempt. */
  retry(): void;
  /** Returns whether it was sent at once. If not, it is kept, and sent after the next connection of this user. */
  markSeen(ids: readonly string[]): boolean;
  markAllSeen(): boolean;
  remove(ids: readonly string[]): boolean;
  /** One page of the whole inbox, newest first. */
  page(number: number): Promise<Notification[]>;
  /** Loads the page below `inbox.all`. */
  loadOlder(): Promise<void>;
  addEventListener<K extends keyof NotificationClientEventMap>(
    type: K,
    listener: (event: NotificationClientEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof NotificationClientEventMap>(
    type: K,
    listener: (event: NotificationClientEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** The notifications that are new on this page. */
export type NotificationEvent = CustomEvent<{ notifications: readonly Notification[] }>;

export interface NotificationBellEventMap extends HTMLElementEventMap {
  notification: NotificationEvent;
}

/** The attributes of `<notification-bell>`. */
export interface NotificationBellAttributes {
  /** The server's `/notification/websocket`. */
  src?: string;
  /** A path of the page's own back end that answers `{"token": "..."}`, or 401 if nobody is signed in. */
  'token-url'?: string;
  login?: string;
  password?: string;
  theme?: 'auto' | 'light' | 'dark';
  /** Counts and lists only notifications of this type. */
  type?: string;
  /** When a notification counts as read: `click` is the default. */
  seen?: 'open' | 'view' | 'click';
  toast?: boolean | '';
  /** Empty for a chime, or the address of a sound. */
  sound?: boolean | string;
  desktop?: boolean | '';
  'title-count'?: boolean | '';
}

/** A text, or one for each plural category of the language. */
export type BellText = string | { other: string; zero?: string; one?: string; two?: string; few?: string; many?: string };

/** `<notification-bell>`: a button with the number of unseen notifications, and a panel with the list. */
export declare class NotificationBell extends HTMLElement {
  /** Set it to share one connection with other parts of the page; null for one of its own. */
  get client(): NotificationClient;
  set client(client: NotificationClient | null);
  src: string | null;
  tokenUrl: string | null;
  login: string | null;
  theme: string | null;
  type: string | null;
  seen: string | null;
  get toast(): string | null;
  set toast(value: string | boolean | null);
  get sound(): string | null;
  set sound(value: string | boolean | null);
  get desktop(): string | null;
  set desktop(value: string | boolean | null);
  get titleCount(): string | null;
  set titleCount(value: string | boolean | null);
  /** Replaces single texts; the names are in docs/bell.md. */
  get texts(): Readonly<Record<string, BellText>>;
  set texts(texts: Readonly<Record<string, BellText>> | null);
  /** Signs in whenever the bell is on a page; null signs out. */
  set credentials(credentials: CredentialsSource | null);
  signIn(credentials: CredentialsSource): Promise<string>;
  signIn(login: string, password: string): Promise<string>;
  signOut(): void;
  addEventListener<K extends keyof NotificationBellEventMap>(
    type: K,
    listener: (this: NotificationBell, event: NotificationBellEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof NotificationBellEventMap>(
    type: K,
    listener: (this: NotificationBell, event: NotificationBellEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** A list of notifications, for pages that show them without the bell. */
export interface NotificationList {
  readonly node: HTMLElement;
  /** Shows these, newest first. */
  render(
    notifications: readonly Notification[],
    state?: { fresh?: ReadonlySet<string>; isPending?: (id: string) => boolean },
  ): void;
  /** Updates times such as "5 min. ago". */
  tick(): void;
  /** Moves the focus to a notification, if it is shown. */
  focus(id: string): void;
}

/** Makes a list like that of the bell and puts it into an element, in the language that counts there. */
export declare function makeList(
  place: HTMLElement,
  actions: { onSeen: (id: string) => void; onDelete: (id: string) => void },
): Promise<NotificationList>;

declare global {
  interface HTMLElementTagNameMap {
    'notification-bell': NotificationBell;
  }
}
