/** The style of the bell's button, and what separates the bell from the style of the page. */
export const BELL_STYLE = `
:host { display: inline-block; position: relative; vertical-align: middle; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([hidden]) { display: none; }
/* What elements inherit from the page ends here, but for what makes the bell fit into its bar. */
.root {
  all: initial;
  display: block;
  position: relative;
  color: inherit;
  color-scheme: inherit;
  visibility: inherit;
  font: 400 var(--_size)/1.45 var(--_font);
}
*, ::before, ::after { box-sizing: border-box; }
button { font: inherit; letter-spacing: inherit; text-align: start; }

.bell {
  position: relative;
  inline-size: 44px;
  block-size: 44px;
  padding: 0;
  display: grid;
  place-items: center;
  border: 0;
  border-radius: 12px;
  background: none;
  color: var(--notification-bell, inherit);
  cursor: pointer;
  transition: background-color .15s;
}
.bell:hover, .bell[data-open] { background: var(--_hover); }
.bell .icon { inline-size: 24px; block-size: 24px; transform-origin: 50% 10%; }
:host([state="offline"]) .bell .icon, :host([state="signed-out"]) .bell .icon { opacity: .55; }
.badge {
  position: absolute;
  inset-block-start: 2px;
  inset-inline-start: 25px;
  min-inline-size: 18px;
  block-size: 18px;
  padding-inline: 4px;
  border-radius: 99px;
  background: var(--_signal);
  color: var(--_signal-text);
  box-shadow: 0 0 0 2px var(--_surface);
  font-size: calc(var(--_size) * .733);
  font-weight: 700;
  line-height: 18px;
  text-align: center;
  font-variant-numeric: tabular-nums;
  white-space: nowrap;
}
:host([ringing]) .bell .icon { animation: ring 1.1s ease-in-out; }
:host([ringing]) .badge { animation: pop .45s cubic-bezier(.3, 1.6, .5, 1); }
@keyframes ring {
  0%, 100% { rotate: 0deg; }
  12% { rotate: 17deg; }
  28% { rotate: -15deg; }
  44% { rotate: 11deg; }
  60% { rotate: -8deg; }
  76% { rotate: 4deg; }
  88% { rotate: -2deg; }
}
@keyframes pop { 0% { scale: .4; } 100% { scale: 1; } }
.bell:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
[hidden] { display: none !important; }
.note {
  max-inline-size: 320px;
  padding: 14px 18px;
  border: 1px solid var(--_line);
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
}

@media (prefers-reduced-motion: reduce) {
  .bell, .bell .icon, .badge { animation: none !important; transition: none; }
}
@media (forced-colors: active) {
  .badge { border: 1px solid; }
}
`;
