/** Signing in and out, the signed-in user, and the state of the connection. */

const byId = (id) => document.getElementById(id);

const WORDS = {
  'signed-out': 'Not signed in',
  connecting: 'Connecting…',
  online: 'Online',
  offline: 'Offline',
  refused: 'Not signed in',
};

export class SignIn {
  #client;
  #countdown = 0;

  constructor(client) {
    this.#client = client;
    byId('sign-in-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#signIn(byId('login').value, byId('password').value);
    });
    document.querySelectorAll('[data-user]').forEach((button) => {
      button.addEventListener('click', () => this.#signIn(button.dataset.user, button.dataset.user));
    });
    byId('sign-out').addEventListener('click', () => this.#signOut());
    byId('retry').addEventListener('click', () => client.retry());
    client.addEventListener('state', ({ detail }) => this.#show(detail.reason));
    this.#show();
  }

  async #signIn(login, password) {
    byId('sign-in-problem').hidden = true;
    byId('login').value = login;
    try {
      await this.#client.join(login, password);
      byId('password').value = '';
      byId('inbox-title').tabIndex = -1;
      byId('inbox-title').focus({ preventScroll: true });
    } catch {
      // The state shows the reason: the server may also end a session later.
      byId('password').select();
    }
  }

  #signOut() {
    this.#client.leave();
    byId('login').focus();
  }

  #show(reason = null) {
    const { state, userId } = this.#client;
    document.querySelector('.connection').dataset.state = state;
    byId('sign-in').hidden = userId !== null;
    byId('sign-in-button').disabled = state === 'connecting';
    byId('inbox').hidden = userId === null;
    byId('user').hidden = userId === null;
    byId('user-name').textContent = userId ?? '';
    byId('user-face').textContent = (userId ?? '').charAt(0).toUpperCase();
    byId('user-face').classList.toggle('bob', userId === 'bob');
    byId('sign-in-problem').hidden = reason === null;
    byId('sign-in-problem').textContent = reason?.message ?? '';
    byId('retry').hidden = state !== 'offline';
    byId('connection-text').textContent = WORDS[state];
    byId('countdown').hidden = state !== 'offline';
    clearInterval(this.#countdown);
    if (state === 'offline') {
      this.#countdown = setInterval(() => this.#sayWhen(), 1000);
      this.#sayWhen();
    }
  }

  /** Hidden from screen readers, which would read out every second. */
  #sayWhen() {
    const seconds = Math.max(1, Math.ceil((this.#client.retryAt - Date.now()) / 1000));
    byId('countdown').textContent = `retrying in ${seconds} s`;
  }
}
