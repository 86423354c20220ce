/** `<notification-bell>` in JSX of React 19: `import type {} from 'webservice-notification-bell/react'`. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { CredentialsSource, NotificationBell, NotificationBellAttributes, NotificationEvent } from './bell.js';

type BellProps = DetailedHTMLProps<HTMLAttributes<NotificationBell>, NotificationBell> &
  NotificationBellAttributes & {
    credentials?: CredentialsSource | null;
    onnotification?: (event: NotificationEvent) => void;
  };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'notification-bell': BellProps;
    }
  }
}
