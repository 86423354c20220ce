/** `<notification-bell>` in templates of Svelte 5: `import type {} from 'webservice-notification-bell/svelte'`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { CredentialsSource, NotificationBell, NotificationBellAttributes, NotificationEvent } from './bell.js';

type BellProps = HTMLAttributes<NotificationBell> &
  NotificationBellAttributes & {
    credentials?: CredentialsSource | null;
    onnotification?: (event: NotificationEvent) => void;
  };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'notification-bell': BellProps;
  }
}
