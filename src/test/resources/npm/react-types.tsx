import type {} from 'webservice-notification-bell/react';

// @ts-expect-error there is no such theme
export const wrong = <notification-bell theme="blue" />;
