/** The style sheet of `<notification-bell>`: the button and the panel. The rows are in {@link ./list-style.js}. */
export const bellSheet = new CSSStyleSheet();

bellSheet.replaceSync(`
:host { display: inline-block; position: relative; font: 400 .9375rem/1.45 var(--_font); }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }
button { font: inherit; }

.bell {
  position: relative;
  inline-size: 2.75rem;
  block-size: 2.75rem;
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
.bell .icon { inline-size: 1.5rem; block-size: 1.5rem; transform-origin: 50% 10%; }
:host([state="offline"]) .bell .icon, :host([state="signed-out"]) .bell .icon { opacity: .55; }
.badge {
  position: absolute;
  inset-block-start: .125rem;
  inset-inline-start: 1.5625rem;
  min-inline-size: 1.125rem;
  block-size: 1.125rem;
  padding-inline: .25rem;
  border-radius: 99px;
  background: var(--_signal);
  color: var(--_signal-text);
  box-shadow: 0 0 0 2px var(--_surface);
  font-size: .6875rem;
  font-weight: 700;
  line-height: 1.125rem;
  text-align: center;
  font-variant-numeric: tabular-nums;
  white-space: nowrap;
}
.badge[hidden] { display: none; }
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

.panel {
  position: fixed;
  inset: auto;
  margin: 0;
  padding: 0;
  border: 1px solid var(--_line);
  border-radius: var(--_radius);
  inline-size: min(25.5rem, calc(100vw - 1rem));
  overflow: hidden;
  background: var(--_surface);
  color: var(--_text);
  box-shadow: 0 1px 2px rgb(8 30 24 / .08), 0 12px 40px -6px light-dark(rgb(8 30 24 / .22), rgb(0 0 0 / .7));
}
.panel:popover-open { display: flex; flex-direction: column; animation: open .16s ease-out; }
.panel:focus { outline: none; }
@keyframes open { from { opacity: 0; translate: 0 -6px; } }

.top {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: .5rem .75rem;
  padding: .875rem .75rem .75rem 1.125rem;
  border-block-end: 1px solid var(--_line);
}
h2 { flex: 1; margin: 0; font-size: 1.0625rem; font-weight: 680; letter-spacing: -.01em; }
.all {
  display: inline-flex;
  align-items: center;
  gap: .375rem;
  padding: .375rem .5rem;
  border: 0;
  border-radius: 9px;
  background: none;
  color: var(--_accent);
  font-size: .8125rem;
  font-weight: 600;
  cursor: pointer;
}
.all:hover:not(:disabled) { background: var(--_hover); }
.all:disabled { color: var(--_muted); opacity: .7; cursor: default; }
.views { flex-basis: 100%; display: flex; gap: .25rem; }
.view {
  padding: .25rem .75rem;
  border: 0;
  border-radius: 99px;
  background: none;
  color: var(--_muted);
  font-size: .8125rem;
  font-weight: 600;
  cursor: pointer;
}
.view:hover { background: var(--_hover); color: var(--_text); }
.view[aria-pressed="true"] { background: var(--_accent); color: var(--_accent-text); }

.notice {
  margin: 0;
  padding: .5rem 1.125rem;
  font-size: .8125rem;
  background: light-dark(#fdf3dc, #33290f);
  color: light-dark(#6b4700, #f3d48d);
  border-block-end: 1px solid var(--_line);
}
.notice[hidden], .notice:empty { display: none; }
.scroll {
  overflow-y: auto;
  overscroll-behavior: contain;
  flex: 1 1 auto;
  min-block-size: 0;
  scrollbar-width: thin;
  scrollbar-color: var(--_line) transparent;
}
.empty {
  display: grid;
  justify-items: center;
  gap: .25rem;
  padding: 2.75rem 1.5rem 3rem;
  text-align: center;
  color: var(--_muted);
}
.empty .icon {
  inline-size: 2.5rem;
  block-size: 2.5rem;
  padding: .5rem;
  margin-block-end: .5rem;
  box-sizing: content-box;
  border-radius: 50%;
  background: var(--_unseen);
  color: var(--_accent);
  stroke-width: 1.4;
}
.empty strong { color: var(--_text); font-weight: 650; }
.skeleton { display: grid; grid-template-columns: 2.25rem 1fr; gap: .75rem; padding: .875rem 1.125rem; }
.skeleton i { block-size: 2.25rem; border-radius: 10px; background: var(--_line); }
.skeleton b {
  block-size: .75rem;
  margin-block-start: .25rem;
  border-radius: 6px;
  background: linear-gradient(var(--_line) 0 0) 0 / 70% 100% no-repeat;
}
.older {
  display: block;
  inline-size: 100%;
  padding: .8125rem;
  border: 0;
  border-block-start: 1px solid var(--_line);
  background: none;
  color: var(--_accent);
  font-size: .875rem;
  font-weight: 600;
  cursor: pointer;
}
.older:hover:not(:disabled) { background: var(--_hover); }
.older:disabled { color: var(--_muted); cursor: default; }
.all[hidden], .views[hidden], .older[hidden], .empty[hidden], .loading[hidden] { display: none; }

.bell:focus-visible, .all:focus-visible, .view:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
.older:focus-visible, .scroll:focus-visible {
  outline: 2px solid var(--_accent);
  outline-offset: -3px;
  border-radius: var(--_radius);
}
.spoken {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

@media (pointer: coarse) { .view, .all { padding-block: .5rem; } }
@media (prefers-reduced-motion: reduce) {
  .bell, .panel, .bell .icon, .badge { animation: none !important; transition: none; }
}
@media (forced-colors: active) {
  .badge { border: 1px solid; }
  .view[aria-pressed="true"] { outline: 2px solid Highlight; }
}
`);
