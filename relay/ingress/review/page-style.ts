export const style = `
  :root {
    color-scheme: light dark;
    --text: #1b1f24; --quiet: #57606a; --page: #f6f7f9; --card: #fff; --line: #c9d0d8; --accent: #0b57d0; --on-accent: #fff; --alarm: #b3261e; --alarm-card: #fdecea;
    font: 1rem/1.45 system-ui, sans-serif; color: var(--text); background: var(--page);
  }
  @media (prefers-color-scheme: dark) {
    :root { --text: #e6e9ed; --quiet: #a0a9b4; --page: #14171b; --card: #1d2126; --line: #454d57; --accent: #9ec1ff; --on-accent: #0b1c38; --alarm: #ffb4ab; --alarm-card: #3a1a18; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; }
  main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
  h1 { font-size: 1.4rem; margin: 0 0 1rem; }
  h2 { font-size: 1.05rem; margin: .5rem 0 0; }
  p { margin: 0; }
  .view { display: grid; gap: .75rem; justify-items: start; }
  .view > * { max-width: 100%; }
  .view > ul, .view > .alarm { width: 100%; }
  label { display: block; }
  button, input, select { font: inherit; color: inherit; min-height: 2.5rem; padding: .35rem .8rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--card); }
  button { cursor: pointer; }
  button:disabled { cursor: default; color: var(--quiet); opacity: .6; }
  button[aria-pressed="true"], .main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  form { display: grid; gap: .75rem; width: 24rem; }
  input[type="password"] { width: 100%; }
  input[type="checkbox"] { min-height: 0; width: 1.15rem; height: 1.15rem; margin: .2rem 0 0; accent-color: var(--accent); }
  .row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
  .quiet { color: var(--quiet); }
  .alarm { display: grid; gap: .5rem; justify-items: start; color: var(--alarm); background: var(--alarm-card); border-radius: .4rem; padding: .6rem .8rem; }
  main > .alarm, .said { margin-bottom: .75rem; }
  .alarm:empty, .said:empty { display: none; }
  ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
  .lead { display: grid; padding: .75rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
  label.lead { grid-template-columns: auto 1fr; gap: .75rem; cursor: pointer; }
  .lead:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
  dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .1rem .75rem; margin: .4rem 0 0; }
  dt { color: var(--quiet); }
  dd, .text { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
  @media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .3rem; } }
`;
