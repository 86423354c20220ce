/**
 * The style sheet of {@link NotificationList}; adopt it in the document or shadow root that holds one.
 *
 * The `--notification-*` properties are the theme. Set them on any element around the list. Each pair of colours is for
 * light and dark, and `color-scheme` selects one.
 */
export const listSheet = new CSSStyleSheet();

listSheet.replaceSync(`
:host, .notifications {
  --_accent: var(--notification-accent, light-dark(#0b6450, #74d6b8));
  --_accent-text: var(--notification-accent-text, light-dark(#ffffff, #05241b));
  --_signal: var(--notification-badge, light-dark(#c7321e, #ff7a63));
  --_signal-text: var(--notification-badge-text, light-dark(#ffffff, #2b0701));
  --_surface: var(--notification-surface, light-dark(#ffffff, #171f1d));
  --_text: var(--notification-text, light-dark(#15201c, #e9efec));
  --_muted: var(--notification-muted, light-dark(#55635d, #9daca6));
  --_line: var(--notification-line, light-dark(#e0e6e3, #2b3633));
  --_unseen: var(--notification-unseen, light-dark(#f1f8f5, #1c2926));
  --_hover: light-dark(rgb(11 60 48 / .07), rgb(200 255 236 / .08));
  --_radius: var(--notification-radius, 14px);
  --_font: var(
    --notification-font,
    ui-sans-serif, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif
  );
}

.icon {
  inline-size: 1.25em;
  block-size: 1.25em;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.75;
  stroke-linecap: round;
  stroke-linejoin: round;
  flex: none;
}

.notifications { list-style: none; margin: 0; padding: 0; color: var(--_text); font: 400 .9375rem/1.45 var(--_font); }

.notifications:focus { outline: none; }

.notification {
  position: relative;
  display: grid;
  grid-template-columns: 2.25rem minmax(0, 1fr) auto;
  gap: .125rem .75rem;
  padding: .875rem .75rem .875rem 1.125rem;
  border-block-end: 1px solid var(--_line);
  transition: background-color .3s;
}
.notification:last-child { border-block-end: 0; }
.notification[data-seen="false"] { background: var(--_unseen); }
.notification[data-seen="false"]::before {
  content: "";
  position: absolute;
  inset-block: .625rem;
  inset-inline-start: 0;
  inline-size: 3px;
  border-radius: 0 3px 3px 0;
  background: var(--_accent);
}
.notification[data-seen="true"] .title { font-weight: 500; }

.tile {
  inline-size: 2.25rem;
  block-size: 2.25rem;
  border-radius: 10px;
  display: grid;
  place-items: center;
  overflow: hidden;
  font-weight: 650;
  color: light-dark(oklch(.42 .1 var(--hue)), oklch(.86 .08 var(--hue)));
  background: light-dark(oklch(.94 .035 var(--hue)), oklch(.32 .05 var(--hue)));
}
.tile img { inline-size: 100%; block-size: 100%; object-fit: cover; }

.body { min-inline-size: 0; overflow-wrap: anywhere; }
.title {
  font-weight: 650;
  letter-spacing: -.005em;
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 3;
  overflow: hidden;
}
.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.content { margin: 0; white-space: pre-line; }
.title + .content { color: color-mix(in oklab, var(--_text) 84%, var(--_muted)); }
.content.folded { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
.image {
  display: block;
  max-inline-size: 100%;
  max-block-size: 11rem;
  margin-block-start: .5rem;
  border-radius: 10px;
  border: 1px solid var(--_line);
}
.foot {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: .25rem .625rem;
  margin-block-start: .375rem;
  font-size: .8125rem;
  color: var(--_muted);
}
.type {
  max-inline-size: 100%;
  padding: .0625rem .5rem;
  border-radius: 99px;
  font-size: .75rem;
  font-weight: 550;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  color: light-dark(oklch(.42 .1 var(--hue)), oklch(.86 .08 var(--hue)));
  background: light-dark(oklch(.94 .035 var(--hue)), oklch(.32 .05 var(--hue)));
}
.refused {
  font: .75rem/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  max-block-size: 2.8em;
  overflow: hidden;
}

.link { color: inherit; text-decoration: none; border-radius: 4px; }
.title .link:hover, .title .link:focus-visible {
  text-decoration: underline;
  text-underline-offset: 3px;
  text-decoration-color: var(--_accent);
}
.foot .link { display: inline-flex; align-items: center; gap: .25rem; color: var(--_accent); font-weight: 550; }
.foot .link:hover { text-decoration: underline; text-underline-offset: 3px; }
.foot .icon { inline-size: .95em; block-size: .95em; }

.unfold {
  margin: .25rem 0 0;
  padding: .125rem 0;
  border: 0;
  background: none;
  color: var(--_accent);
  font: inherit;
  font-size: .8125rem;
  font-weight: 550;
  cursor: pointer;
  border-radius: 4px;
}
.unfold:hover { text-decoration: underline; text-underline-offset: 3px; }

.actions { display: flex; gap: .125rem; align-self: start; justify-content: end; margin-block-start: -.25rem; }
.action {
  inline-size: 2rem;
  block-size: 2rem;
  padding: 0;
  display: grid;
  place-items: center;
  border: 0;
  border-radius: 9px;
  background: none;
  color: var(--_muted);
  font-size: .875rem;
  cursor: pointer;
  transition: background-color .15s, color .15s;
}
.action:hover:not(:disabled) { background: var(--_hover); color: var(--_text); }
.action.delete:hover:not(:disabled) { color: var(--_signal); }
.action:disabled { opacity: .4; cursor: default; }
.action[hidden] { display: none; }

.link:focus-visible, .unfold:focus-visible, .action:focus-visible {
  outline: 2px solid var(--_accent);
  outline-offset: 2px;
}

@media (pointer: coarse) { .action { inline-size: 2.5rem; block-size: 2.5rem; } }
@media (pointer: coarse) and (max-width: 30rem) { .actions { flex-direction: column; } }
@media (prefers-reduced-motion: reduce) { .notification, .action { transition: none; } }
@media (forced-colors: active) {
  .notification[data-seen="false"]::before { background: Highlight; }
  .type, .tile { border: 1px solid; }
}
`);
