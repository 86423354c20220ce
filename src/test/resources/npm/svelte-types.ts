import type {} from 'webservice-notification-bell/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';
export const bell: SvelteHTMLElements['notification-bell'] = { 'token-url': '/x', onnotification: ({ detail }) => detail.notifications.length };
// @ts-expect-error there is no such theme
export const wrong: SvelteHTMLElements['notification-bell'] = { theme: 'blue' };
