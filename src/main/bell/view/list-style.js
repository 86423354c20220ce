/**
 * The style of a {@link NotificationList}, and of nothing else on the page that it stands in. It needs the custom
 * properties of theme.js.
 */
export const LIST_STYLE = `
.notifications {
  color: var(--_text);
  font: 400 var(--_size)/1.45 var(--_font);
  &:focus { outline: none; }
  ol { list-style: none; margin: 0; padding: 0; }
  *, ::before, ::after { box-sizing: border-box; }

  .day {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    margin: 0;
    padding: 6px 18px;
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
    font-size: calc(var(--_size) * .8);
    font-weight: 650;
    color: var(--_muted);
  }
  section:not(:first-child) > .day { border-block-start: 1px solid var(--_line); }

  .notification {
    position: relative;
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr) auto;
    gap: 2px 12px;
    padding: 14px 12px 14px 18px;
    border-block-end: 1px solid var(--_line);
    /* Stacked marks and directional overrides stay in their row. */
    overflow: clip;
    unicode-bidi: isolate;
    transition: background-color .3s;
  }
  .notification:focus-visible { outline: 2px solid var(--_accent); outline-offset: -3px; border-radius: var(--_radius); }
  .notification.linked, .notification[data-seen="false"] { cursor: pointer; }
  .notification.linked:hover { background-image: linear-gradient(var(--_hover) 0 0); }
  .notification:last-child { border-block-end: 0; }
  .notification[data-seen="false"], .notification[data-fresh] { background-color: var(--_unseen); }
  .notification[data-seen="false"]::before, .notification[data-fresh]::before {
    content: "";
    position: absolute;
    inset-block: 10px;
    inset-inline-start: 0;
    inline-size: 3px;
    border-radius: 0 3px 3px 0;
    background: var(--_accent);
  }
  .notification[data-seen="true"] .title { font-weight: 500; }

  .tile {
    inline-size: 36px;
    block-size: 36px;
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
  .body > .title, .body > .content { overflow: hidden; }
  .title {
    display: block;
    font-weight: 650;
    letter-spacing: -.005em;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }
  .time { white-space: nowrap; font-variant-numeric: tabular-nums; }
  .content { display: block; margin: 0; white-space: pre-line; }
  .title + .content { color: color-mix(in oklab, var(--_text) 84%, var(--_muted)); }
  .content.folded { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
  .image {
    display: block;
    max-inline-size: 100%;
    max-block-size: 176px;
    margin-block-start: 8px;
    border-radius: 10px;
    border: 1px solid var(--_line);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    margin-block-start: 6px;
    font-size: calc(var(--_size) * .867);
    color: var(--_muted);
  }
  .type {
    max-inline-size: 100%;
    padding: 1px 8px;
    border-radius: 99px;
    font-size: calc(var(--_size) * .8);
    font-weight: 550;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: light-dark(oklch(.42 .1 var(--hue)), oklch(.86 .08 var(--hue)));
    background: light-dark(oklch(.94 .035 var(--hue)), oklch(.32 .05 var(--hue)));
  }
  .refused {
    font: 12px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
    max-block-size: 2.8em;
    overflow: hidden;
  }

  .link { color: inherit; text-decoration: none; border-radius: 4px; }
  .main::after { content: ""; position: absolute; inset: 0; }
  .main:focus-visible { outline: none; }
  .main:focus-visible::after { outline: 2px solid var(--_accent); outline-offset: -3px; border-radius: var(--_radius); }
  .unfold, .actions, .choices, .refused { position: relative; z-index: 1; }
  .choices { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 8px; }
  .choice {
    max-inline-size: 100%;
    padding: 5px 12px;
    border: 1px solid var(--_accent);
    border-radius: 9px;
    color: var(--_accent);
    font-size: calc(var(--_size) * .867);
    font-weight: 600;
    text-decoration: none;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .choice:first-child { background: var(--_accent); color: var(--_accent-text); }
  .choice:hover { text-decoration: underline; text-underline-offset: 3px; }
  /* An answer that comes soon must not let the words flash. */
  .pending { font-style: italic; animation: late .8s step-end; }
  .pending[hidden] { display: none; }

  .unfold {
    margin: 4px 0 0;
    padding: 2px 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font: inherit;
    font-size: calc(var(--_size) * .867);
    font-weight: 550;
    cursor: pointer;
    border-radius: 4px;
  }
  .unfold:hover { text-decoration: underline; text-underline-offset: 3px; }

  .actions { display: flex; gap: 2px; align-self: start; justify-content: end; margin-block-start: -4px; }
  .action {
    inline-size: 32px;
    block-size: 32px;
    padding: 0;
    display: grid;
    place-items: center;
    border: 0;
    border-radius: 9px;
    background: none;
    color: var(--_muted);
    font-size: calc(var(--_size) * .933);
    cursor: pointer;
    transition: background-color .15s, color .15s;
  }
  .action:hover:not(:disabled) { background: var(--_hover); color: var(--_text); }
  .action.delete:hover:not(:disabled) { color: var(--_signal); }
  .action:disabled { opacity: .4; cursor: default; }
  .action[hidden] { display: none; }

  .choice:focus-visible, .unfold:focus-visible, .action:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (pointer: coarse) { .action { inline-size: 40px; block-size: 40px; } }
  @media (pointer: coarse) and (max-width: 480px) { .actions { flex-direction: column; } }
  @media (prefers-reduced-motion: reduce) { .notification, .action { transition: none; } }
  @media (forced-colors: active) {
    .notification[data-seen="false"]::before, .notification[data-fresh]::before { background: Highlight; }
    .type, .tile { border: 1px solid; }
  }
}
@keyframes late { from { visibility: hidden; } }
`;
