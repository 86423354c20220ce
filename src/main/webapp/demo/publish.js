/** The form that plays the back end: posts to /notify, shows the response, and shows the request as a curl command. */
import { offerCopy } from '../copy.js';

const byId = (id) => document.getElementById(id);
const TEXTS = ['title', 'content', 'type', 'url', 'icon', 'image'];
const MAIL_TEXTS = ['email_subject', 'email_content'];

const EXAMPLES = {
  build: {
    type: 'build',
    title: 'Build 1024 is green',
    content: 'All 312 tests passed in 4 minutes.',
    url: new URL('?build=1024', location.href).href,
  },
  comment: {
    type: 'comment',
    title: 'New comment on your draft',
    content: 'The second paragraph says it better than the first. Could we start with it?',
    url: 'https://example.org/draft#comment-7',
  },
  invitation: {
    type: 'invitation',
    title: 'Bob invites you to “Release party”',
    content: 'Friday at 17:00, in the kitchen.',
    actions: [
      { label: 'Accept', url: new URL('?invitation=accepted', location.href).href },
      { label: 'Decline', url: new URL('?invitation=declined', location.href).href },
    ],
  },
  hostile: {
    type: '<b>type</b>',
    title: '<img src=x onerror=alert(1)> \u202Egnp.exe',
    content: '<script>alert(document.cookie)</script> This is text, and it stays text.',
    url: 'javascript:alert(1)',
  },
};

export class PublishForm {
  #form = byId('publish-form');
  #endpoint;

  constructor(endpoint) {
    this.#endpoint = endpoint;
    this.#form.addEventListener('input', () => this.#changed());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#publish();
    });
    document.querySelectorAll('[data-example]').forEach((button) => {
      button.addEventListener('click', () => this.#fill(EXAMPLES[button.dataset.example]));
    });
    offerCopy(byId('copy'), byId('curl'));
    this.#changed();
  }

  #fill(example) {
    TEXTS.forEach((name) => (this.#form.elements[name].value = example[name] ?? ''));
    this.#actionInputs().forEach(({ label, url }, i) => {
      label.value = example.actions?.[i]?.label ?? '';
      url.value = example.actions?.[i]?.url ?? '';
    });
    byId('actions').open ||= example.actions !== undefined;
    this.#clearErrors();
    this.#changed();
  }

  #changed() {
    byId('mail').hidden = this.#form.elements.email.value === '';
    byId('curl').textContent = curl(this.#endpoint, this.#request(), byId('key').value !== '');
  }

  /** Contains only the fields that were filled in, as a back end would send them. */
  #request() {
    const { elements } = this.#form;
    const mail = elements.email.value;
    const checked = [...elements.users].filter((box) => box.checked);
    const user = (id) => (mail === '' ? { id } : { id, email: `${id}@example.org` });
    const request = { users: checked.map(({ value }) => user(value)), content: elements.content.value };
    const texts = mail === '' ? TEXTS : [...TEXTS, ...MAIL_TEXTS];
    texts.filter((name) => elements[name].value !== '').forEach((name) => (request[name] = elements[name].value));
    const actions = this.#actionInputs()
      .map(({ label, url }) => ({ label: label.value, url: url.value }))
      .filter(({ label, url }) => label !== '' || url !== '');
    if (actions.length > 0) {
      request.actions = actions;
    }
    if (mail !== '') {
      request[`email_${mail}`] = true;
    }
    return request;
  }

  #actionInputs() {
    return [...this.#form.querySelectorAll('[data-action]')].map((row) => {
      const [label, url] = row.querySelectorAll('input');
      return { label, url };
    });
  }

  async #publish() {
    const button = byId('publish-button');
    this.#clearErrors();
    button.disabled = true;
    const start = performance.now();
    try {
      const body = JSON.stringify(this.#request());
      const response = await fetch(this.#endpoint, { method: 'POST', headers: this.#headers(), body });
      const text = await response.text();
      this.#answered(response, text, Math.round(performance.now() - start));
    } catch {
      this.#show(false, "The server can't be reached.", '');
    } finally {
      button.disabled = false;
    }
  }

  #headers() {
    const key = byId('key').value;
    return { 'Content-Type': 'application/json', ...(key && { Authorization: `Bearer ${key}` }) };
  }

  #answered(response, text, millis) {
    const body = parse(text);
    const problem = response.ok ? null : body?.detail ?? body?.title ?? response.statusText;
    const verdict = problem ?? `Stored in ${millis} ms`;
    this.#show(response.ok, `${response.status} · ${verdict}`, body ? JSON.stringify(body, null, 2) : text);
    (response.ok ? [] : body?.errors ?? []).forEach((error) => this.#showError(error));
    this.#form.querySelector('[aria-invalid="true"]')?.focus();
  }

  #show(ok, verdict, body) {
    const answer = byId('answer');
    answer.hidden = false;
    answer.dataset.ok = String(ok);
    byId('verdict').textContent = verdict;
    byId('answer-body').textContent = body;
    byId('answer-body').parentElement.hidden = body === '';
  }

  /** Shows `users[0].email` at `users`. An error of no field is only in the response below. */
  #showError({ field = '', detail, message }) {
    const name = field.replace(/[.[].*$/, '');
    const place = this.#form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    if (!place) {
      return;
    }
    const text = document.createElement('p');
    text.className = 'wrong';
    text.id = `wrong-${name}`;
    text.dataset.testid = `wrong-${name}`;
    text.textContent = `${nameOf(place)} ${detail ?? message}`;
    place.append(text);
    place.closest('details')?.setAttribute('open', '');
    place.querySelectorAll('input, textarea').forEach((input) => {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', text.id);
    });
  }

  #clearErrors() {
    this.#form.querySelectorAll('.wrong').forEach((text) => text.remove());
    this.#form.querySelectorAll('[aria-invalid]').forEach((input) => {
      input.removeAttribute('aria-invalid');
      input.removeAttribute('aria-describedby');
    });
  }
}

/** Returns the label of a field, without the remark beside it. */
function nameOf(field) {
  return field.querySelector('legend, label').firstChild.textContent.trim();
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function curl(endpoint, request, withKey) {
  const lines = [`curl ${endpoint}`, `-H 'Content-Type: application/json'`];
  if (withKey) {
    lines.push(`-H "Authorization: Bearer $NOTIFICATION_KEY"`);
  }
  const members = Object.entries(request).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  lines.push(`-d ${quoted(`{\n${members.join(',\n')}\n}`)}`);
  return lines.join(' \\\n  ');
}

/** Quotes a text for a shell: in single quotes, only the single quote is special. */
function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
