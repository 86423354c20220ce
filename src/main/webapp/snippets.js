/** Shows the addresses of this host in the code to copy, and the buttons that copy it. */
import { offerCopy } from './copy.js';

document.querySelectorAll('[data-address]').forEach((place) => {
  place.textContent = new URL(place.dataset.address, location.href).href;
});

document.querySelectorAll('[data-copy]').forEach((button) => {
  const code = document.getElementById(button.dataset.copy);
  offerCopy(button, code, () => withoutPrompt(code));
  button.hidden = false;
});

function withoutPrompt(code) {
  const copy = code.cloneNode(true);
  copy.querySelectorAll('.prompt').forEach((prompt) => prompt.remove());
  return copy.textContent.trim();
}
