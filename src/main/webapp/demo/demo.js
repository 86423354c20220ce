/** Sets up the page: the bell in the top bar and the inbox share one client. */
import { NotificationClient } from '../bell.js';
import { PagedInbox } from './inbox.js';
import { PublishForm } from './publish.js';
import { Showcase } from './showcase.js';
import { SignIn } from './sign-in.js';

const client = new NotificationClient(new URL('../notification/websocket', location.href));
const byId = (id) => document.getElementById(id);

byId('bell').client = client;
new SignIn(client);
new PagedInbox(client);
new PublishForm(new URL('../notify', location.href));
new Showcase(byId('bell'), new URL('../bell.js', location.href));
