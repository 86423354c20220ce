/** The style of the panel; the rows are in list-style.js. */
export const PANEL_STYLE = `
.panel {
  position: fixed;
  inset: auto;
  margin: 0;
  padding: 0;
  border: 1px solid var(--_line);
  border-radius: var(--_radius);
  inline-size: min(408px, calc(100vw - 16px));
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
  gap: 8px 12px;
  padding: 14px 12px 12px 18px;
  border-block-end: 1px solid var(--_line);
}
h2 { flex: 1; margin: 0; font-size: calc(var(--_size) * 1.133); font-weight: 680; letter-spacing: -.01em; }
.all {
  display: inline-flex;
  align-items: center;
  gap: 6px;
  padding: 6px 8px;
  border: 0;
  border-radius: 9px;
  background: none;
  color: var(--_accent);
  font-size: calc(var(--_size) * .867);
  font-weight: 600;
  cursor: pointer;
}
.all:hover:not(:disabled) { background: var(--_hover); }
.all:disabled { color: var(--_muted); opacity: .7; cursor: default; }
.views { flex-basis: 100%; display: flex; gap: 4px; }
.view {
  padding: 4px 12px;
  border: 0;
  border-radius: 99px;
  background: none;
  color: var(--_muted);
  font-size: calc(var(--_size) * .867);
  font-weight: 600;
  cursor: pointer;
}
.view:hover { background: var(--_hover); color: var(--_text); }
.view[aria-pressed="true"] { background: var(--_accent); color: var(--_accent-text); }

.notice {
  margin: 0;
  padding: 8px 18px;
  font-size: calc(var(--_size) * .867);
  background: light-dark(#fdf3dc, #33290f);
  color: light-dark(#6b4700, #f3d48d);
  border-block-end: 1px solid var(--_line);
}
.notice:empty { display: none; }
.middle { position: relative; display: flex; flex: 1 1 auto; min-block-size: 0; }
.pill {
  position: absolute;
  z-index: 3;
  inset-block-start: 8px;
  inset-inline: 0;
  inline-size: fit-content;
  margin-inline: auto;
  padding: 6px 14px;
  border: 0;
  border-radius: 99px;
  background: var(--_accent);
  color: var(--_accent-text);
  box-shadow: 0 2px 10px rgb(0 0 0 / .25);
  font-size: calc(var(--_size) * .867);
  font-weight: 650;
  cursor: pointer;
}
.removed {
  display: flex;
  align-items: center;
  gap: 12px;
  padding: 10px 12px 10px 18px;
  border-block-start: 1px solid var(--_line);
  background: light-dark(#15201c, #e9efec);
  color: light-dark(#ffffff, #15201c);
  font-size: calc(var(--_size) * .9);
}
.removed > span { flex: 1; }
.undo {
  padding: 4px 10px;
  border: 0;
  border-radius: 9px;
  background: none;
  color: light-dark(#74d6b8, #0b6450);
  font-weight: 650;
  cursor: pointer;
}
.undo:hover { text-decoration: underline; text-underline-offset: 3px; }

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
  gap: 4px;
  padding: 44px 24px 48px;
  text-align: center;
  color: var(--_muted);
}
.empty .icon {
  inline-size: 40px;
  block-size: 40px;
  padding: 8px;
  margin-block-end: 8px;
  box-sizing: content-box;
  border-radius: 50%;
  background: var(--_unseen);
  color: var(--_accent);
  stroke-width: 1.4;
}
.empty strong { color: var(--_text); font-weight: 650; }
.skeleton { display: grid; grid-template-columns: 36px 1fr; gap: 12px; padding: 14px 18px; }
.skeleton i { block-size: 36px; border-radius: 10px; background: var(--_line); }
.skeleton b {
  block-size: 12px;
  margin-block-start: 4px;
  border-radius: 6px;
  background: linear-gradient(var(--_line) 0 0) 0 / 70% 100% no-repeat;
}
.older {
  display: block;
  text-align: center;
  inline-size: 100%;
  padding: 13px;
  border: 0;
  border-block-start: 1px solid var(--_line);
  background: none;
  color: var(--_accent);
  font-size: calc(var(--_size) * .933);
  font-weight: 600;
  cursor: pointer;
}
.older:hover:not([aria-disabled="true"]) { background: var(--_hover); }
.older[aria-disabled="true"] { color: var(--_muted); cursor: default; }

.all:focus-visible, .view:focus-visible, .pill:focus-visible, .undo:focus-visible {
  outline: 2px solid var(--_accent);
  outline-offset: 2px;
}
.older:focus-visible, .scroll:focus-visible {
  outline: 2px solid var(--_accent);
  outline-offset: -3px;
  border-radius: var(--_radius);
}

@media (pointer: coarse) { .view, .all { padding-block: 8px; } }
@media (prefers-reduced-motion: reduce) {
  .panel { animation: none; }
}
@media (forced-colors: active) {
  .view[aria-pressed="true"] { outline: 2px solid Highlight; }
}
`;
