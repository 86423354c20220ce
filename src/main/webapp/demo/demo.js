/** Sets up the page: the bell in the top bar and the inbox share one client. */
import { listSheet, NotificationClient } from '../bell.js';
import { PagedInbox } from './inbox.js';
import { PublishForm } from './publish.js';
import { SignIn } from './sign-in.js';

const client = new NotificationClient(new URL('../notification/websocket', location.href));
const byId = (id) => document.getElementById(id);

document.adoptedStyleSheets = [...document.adoptedStyleSheets, listSheet];
byId('bell').client = client;
new SignIn(client);
new PagedInbox(client);
new PublishForm(new URL('../notify', location.href));

const title = document.title;

/** Shows the number of unread notifications in the title, visible in background tabs too. */
function showCount() {
  const { unseen } = client.inbox.counts;
  document.title = unseen > 0 ? `(${unseen > 99 ? '99+' : unseen}) ${title}` : title;
}

client.addEventListener('change', showCount);
client.addEventListener('state', showCount);
