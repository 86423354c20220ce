/** Lets a button copy the text of an element. */

const SHOWN_MILLIS = 1600;

/**
 * Copies at every click, and says so on the button for a moment.
 *
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} source what is selected where there is no clipboard
 * @param {() => string} text what is copied
 */
export function offerCopy(button, source, text = () => source.textContent) {
  const label = button.textContent;
  let timer = 0;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
    } catch {
      // There is no clipboard outside a secure context. Select the text instead, ready to be copied with a key.
      getSelection().selectAllChildren(source);
      button.textContent = 'Selected';
    }
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), SHOWN_MILLIS);
  });
}
