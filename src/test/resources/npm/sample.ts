import { NotificationClient, NotificationError, type Credentials, type Notification } from 'webservice-notification-bell';

const bell = document.createElement('notification-bell');
bell.credentials = async (): Promise<Credentials | null> => ({ token: 'a' });
bell.credentials = { login: 'alice', password: 'alice' };
bell.credentials = null;
bell.addEventListener('notification', ({ detail }) => {
  const titles: string[] = detail.notifications.map((one: Notification) => one.title);
  console.log(titles);
});
bell.addEventListener('click', ({ clientX }) => console.log(clientX));
document.querySelector('notification-bell')?.signOut();

const client = new NotificationClient(new URL('https://notify.example.org/notification/websocket'));
client.addEventListener('state', ({ detail }) => {
  if (detail.state === 'refused' && detail.reason instanceof NotificationError) {
    console.log(detail.reason.code);
  }
});
bell.client = client;
export const user: Promise<string> = client.join(() => null);
client.markSeen(client.inbox.unread.map((one) => one._id));

// @ts-expect-error a token is text
bell.credentials = { token: 3 };
// @ts-expect-error there is no such state
export const impossible: boolean = client.state === 'nowhere';
// @ts-expect-error what the server keeps is read only
client.inbox.all[0].seen = true;
// @ts-expect-error a login needs its password
bell.credentials = { login: 'alice' };
