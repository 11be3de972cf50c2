/** The style sheet of all pages that the server renders itself. Dark by the reader's own setting. */
export const PAGE_STYLE = `
:root { --ink: #1d2327; --soft: #5b6670; --paper: #ffffff; --ground: #f4f5f2; --on-ground: var(--ink); --line: #dfe2dc; --accent: #1f6f5c; --on-accent: #ffffff; --link: var(--accent); --problem: #a3231f; --radius: 10px; --body: system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; --heading: var(--body); }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceeea; --soft: #a4adb3; --paper: #1d2226; --ground: #14181b; --line: #343b40; --accent: #63c2a8; --on-accent: #0e1a17; --problem: #ff9d94; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 var(--body); }
main { margin: 0 auto; padding: 24px 16px 64px; }
.card main { max-width: 520px; padding-top: 12vh; }
.wide main { max-width: 1040px; }
.panel { background: var(--paper); border: 1px solid var(--line); border-radius: 14px; padding: 32px; }
h1 { font-family: var(--heading); font-size: 26px; line-height: 1.25; margin: 0 0 12px; letter-spacing: -0.01em; }
h2 { font-size: 18px; margin: 32px 0 8px; }
p { margin: 0 0 16px; }
.soft { color: var(--soft); font-size: 14px; }
a { color: var(--link); }
button, .button { display: inline-block; border: 2px solid var(--accent); border-radius: var(--radius); padding: 10px 20px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
button.quiet { background: transparent; border-color: var(--soft); color: var(--ink); font-weight: 500; }
button:hover, .button:hover { filter: brightness(0.94); }
button.quiet:hover { border-color: var(--ink); filter: none; }
button:focus-visible, a:focus-visible, input:focus-visible, textarea:focus-visible { outline: 3px solid var(--link); outline-offset: 3px; }
.masthead { margin: 0 0 20px; color: var(--on-ground); text-align: center; font-family: var(--heading); font-size: 20px; font-weight: 600; }
.masthead img { max-width: 100%; height: auto; }
.actions { display: flex; flex-wrap: wrap; gap: 12px; margin: 0 0 16px; }
.saved { border-left: 4px solid var(--accent); padding: 4px 0 4px 14px; font-weight: 600; }
.problem { color: var(--problem); font-weight: 600; }
.also { margin: 28px 0 0; border-top: 1px solid var(--line); padding-top: 20px; }
.also form { margin: 0 0 18px; }
.panel > :last-child, .also > :last-child, form > :last-child { margin-bottom: 0; }
fieldset { border: 0; margin: 0 0 20px; padding: 0; min-width: 0; }
legend { padding: 0; margin-bottom: 8px; font-weight: 600; }
.choice { display: flex; gap: 12px; align-items: center; min-height: 48px; padding: 10px 14px; margin-bottom: 8px; border: 1px solid var(--line); border-radius: var(--radius); cursor: pointer; }
.choice:hover, .score:hover { border-color: var(--soft); }
.choice:has(:checked), .score:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice span { overflow-wrap: anywhere; min-width: 0; }
input[type='checkbox'], input[type='radio'] { accent-color: var(--accent); width: 20px; height: 20px; margin: 0; flex: none; }
.scores { display: grid; grid-template-columns: repeat(6, 1fr); gap: 8px; }
.scores legend { grid-column: 1 / -1; }
.score { display: flex; flex-direction: column; align-items: center; gap: 4px; padding: 8px 4px; border: 1px solid var(--line); border-radius: var(--radius); cursor: pointer; }
textarea { display: block; width: 100%; margin-top: 6px; padding: 10px 12px; border: 1px solid var(--soft); border-radius: var(--radius); background: var(--paper); color: inherit; font: inherit; resize: vertical; }
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
