/** `<notification-bell>` in templates of Vue 3: `import type {} from 'webservice-notification-bell/vue'`. */
import type { DefineComponent } from 'vue';
import type { CredentialsSource, NotificationBellAttributes, NotificationEvent } from './bell.js';

type BellProps = NotificationBellAttributes & {
  credentials?: CredentialsSource | null;
  onNotification?: (event: NotificationEvent) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'notification-bell': DefineComponent<BellProps>;
  }
}
