/** The style sheet of all pages that the server renders itself. Dark by the reader's own setting. */
export const PAGE_STYLE = `
:root { --ink: #1d2327; --soft: #5b6670; --paper: #ffffff; --ground: #f4f5f2; --line: #dfe2dc; --accent: #1f6f5c; --on-accent: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceeea; --soft: #a4adb3; --paper: #1d2226; --ground: #14181b; --line: #343b40; --accent: #63c2a8; --on-accent: #0e1a17; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { margin: 0 auto; padding: 24px 16px 64px; }
.card main { max-width: 520px; padding-top: 12vh; }
.wide main { max-width: 1040px; }
.panel { background: var(--paper); border: 1px solid var(--line); border-radius: 14px; padding: 32px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 12px; letter-spacing: -0.01em; }
h2 { font-size: 18px; margin: 32px 0 8px; }
p { margin: 0 0 16px; }
.soft { color: var(--soft); font-size: 14px; }
a { color: var(--accent); }
button, .button { display: inline-block; border: 0; border-radius: 10px; padding: 12px 22px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
ul.list { list-style: none; margin: 0; padding: 0; }
ul.list li { border-top: 1px solid var(--line); }
ul.list li:first-child { border-top: 0; }
ul.list a.row { display: grid; grid-template-columns: 1fr auto; gap: 2px 16px; padding: 14px 4px; color: inherit; text-decoration: none; }
ul.list a.row:hover strong { text-decoration: underline; }
ul.list .soft { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 16px; font-size: 14px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 1000px; border: 1px solid var(--line); border-radius: 10px; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--ground); border: 1px solid var(--line); border-radius: 10px; padding: 16px; font-size: 13px; }
code { background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: 1px 6px; font-size: 14px; overflow-wrap: anywhere; }
nav { margin-bottom: 16px; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 16px; margin: 24px 0; }
.grid .panel { padding: 20px; }
@media (max-width: 480px) { .panel { padding: 20px; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; } }
.grid h2 { margin-top: 0; }
`
