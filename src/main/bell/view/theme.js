/**
 * The theme of the bell and of its list: what the style sheets use, from the custom properties that a page may set on
 * any element around it. Nothing of it reaches beyond them into a page. Each pair of colours is for light and dark, and `color-scheme` selects one.
 */
export const THEME = `
.root, .notifications {
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
  --_size: var(--notification-font-size, 15px);
  --_font: var(
    --notification-font,
    ui-sans-serif, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial,
    "Hiragino Sans", "Yu Gothic UI", "PingFang SC", "Microsoft YaHei", "Noto Sans", sans-serif
  );
}
:where(.root, .notifications) .icon {
  inline-size: 1.25em;
  block-size: 1.25em;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.75;
  stroke-linecap: round;
  stroke-linejoin: round;
  flex: none;
}
/* Read by screen readers only. */
:where(.root, .notifications) .spoken {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
`;
