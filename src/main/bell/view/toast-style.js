/** The style of the toast. */
export const TOAST_STYLE = `
.toast {
  position: fixed;
  inset: auto;
  margin: 0;
  padding: 0;
  inline-size: min(340px, calc(100vw - 16px));
  border: 1px solid var(--_line);
  border-radius: var(--_radius);
  overflow: hidden;
  background: var(--_surface);
  color: var(--_text);
  box-shadow: 0 8px 28px -4px light-dark(rgb(8 30 24 / .25), rgb(0 0 0 / .7));
}
.toast:popover-open { display: flex; align-items: start; animation: toast .16s ease-out; }
.toast-open {
  flex: 1;
  min-inline-size: 0;
  display: grid;
  gap: 2px;
  padding: 12px 4px 12px 16px;
  border: 0;
  background: none;
  color: inherit;
  cursor: pointer;
  overflow-wrap: anywhere;
}
.toast .title, .toast .content {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
}
.toast .title { font-weight: 650; }
.toast-close { padding: 12px; border: 0; background: none; color: var(--_muted); cursor: pointer; }
.toast-open:focus-visible, .toast-close:focus-visible {
  outline: 2px solid var(--_accent);
  outline-offset: -3px;
  border-radius: var(--_radius);
}
@keyframes toast { from { opacity: 0; translate: 0 -6px; } }
@media (prefers-reduced-motion: reduce) { .toast { animation: none !important; } }
`;
