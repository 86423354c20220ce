/** In demo mode: the button that rings the bell of this page. */

const bell = document.getElementById('bell');
const button = document.getElementById('ring-me');
const status = document.getElementById('ring-status');
const here = (path) => new URL(path, location.href).href;

const EXAMPLES = [
  {
    type: 'build',
    title: 'Build 1024 is green',
    content: 'All 312 tests passed in 4 minutes.',
    url: here('demo/?build=1024'),
  },
  {
    type: 'invitation',
    title: 'Bob invites you to “Release party”',
    content: 'Friday at 17:00, in the kitchen.',
    actions: [
      { label: 'Accept', url: here('demo/?invitation=accepted') },
      { label: 'Decline', url: here('demo/?invitation=declined') },
    ],
  },
  {
    type: 'comment',
    title: 'New comment on your draft',
    content: 'The second paragraph says it better than the first. Could we start with it?',
  },
];

let turn = 0;
/** The request under way: when it was sent, and what has been seen of it so far. */
let ring = null;

async function ringMe() {
  const example = EXAMPLES[turn++ % EXAMPLES.length];
  ring = { sent: performance.now(), stored: '', rang: '' };
  button.disabled = true;
  status.textContent = 'Sending…';
  try {
    const response = await fetch(here('notify'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ users: [{ id: 'alice' }], ...example }),
    });
    await answered(response);
  } catch {
    status.textContent = "The server can't be reached.";
  } finally {
    button.disabled = false;
  }
}

async function answered(response) {
  if (response.ok) {
    ring.stored = `POST /notify stored it for alice in ${millisSince(ring.sent)} ms.`;
    show();
  } else if (response.status === 401 || response.status === 403) {
    status.textContent = 'Publishing needs an API key here. Add -H "X-API-Key: …" to the curl command below.';
  } else {
    const problem = await response.json().catch(() => null);
    status.textContent = problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`;
  }
}

function rang() {
  if (ring && ring.rang === '') {
    ring.rang = `The bell rang ${millisSince(ring.sent)} ms after your click.`;
    show();
  }
}

/** The bell may ring before the publisher has its answer. */
function show() {
  const waiting = ring.rang === '' && bell.getAttribute('state') !== 'online' ? 'The bell is not connected yet.' : '';
  status.textContent = [ring.stored, ring.rang, waiting].filter(Boolean).join(' ');
}

function millisSince(start) {
  return Math.max(1, Math.round(performance.now() - start));
}

button.addEventListener('click', ringMe);
bell.addEventListener('notification', rang);
