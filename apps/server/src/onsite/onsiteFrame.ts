import { html } from 'hono/html'

/** Where the studio's preview of on-site messages lies. */
export const FRAME_PATH = '/onsite-preview'

/**
 * The policy of a page that shows what somebody has just written: nothing but our own scripts runs, nothing is asked
 * for, no form is sent. Its origin is nobody's, so that it reaches neither the studio nor its session.
 */
export const FRAME_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  // A form that may not be sent does not even ask its script.
  'sandbox allow-scripts allow-forms',
].join('; ')

/** A page as shops have them, in grey: what stands on it is not what is looked at. */
export const framePage = () =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Preview</title>
        <link rel="stylesheet" href="${FRAME_PATH}/shop.css" />
        <script src="${FRAME_PATH}/show.js" crossorigin defer></script>
      </head>
      <body>
        <div class="shop" inert aria-hidden="true">
          <header><b></b><i></i><i></i><i></i><u></u></header>
          <section>
            <div>
              <h1></h1>
              <p></p>
              <p></p>
              <s></s>
            </div>
            <figure></figure>
          </section>
          <ul>
            ${Array.from(
              { length: 8 },
              () =>
                html`<li>
                  <figure></figure>
                  <p></p>
                  <p></p>
                </li>`,
            )}
          </ul>
        </div>
      </body>
    </html>`

export const FRAME_STYLE = `
:root { --ground: #fbfaf8; --shape: #e7e4de; --strong: #cfcac1; color-scheme: light; }
:root[data-scheme='dark'] { --ground: #17181a; --shape: #2a2c2f; --strong: #3d4044; color-scheme: dark; }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { min-height: 100vh; background: var(--ground); }
.shop { max-width: 1040px; margin: 0 auto; padding: 0 24px 60px; }
header { display: flex; gap: 18px; align-items: center; padding: 22px 0; border-bottom: 1px solid var(--shape); }
header b { width: 110px; height: 20px; margin-inline-end: auto; border-radius: 4px; background: var(--strong); }
header i { width: 54px; height: 10px; border-radius: 4px; background: var(--shape); }
header u { width: 26px; height: 26px; border-radius: 50%; background: var(--shape); }
section { display: grid; grid-template-columns: 1fr 1fr; gap: 32px; align-items: center; padding: 36px 0; }
h1 { width: 80%; height: 34px; margin-bottom: 18px; border-radius: 6px; background: var(--strong); }
p { height: 11px; margin-bottom: 10px; border-radius: 4px; background: var(--shape); }
p + p { width: 66%; }
s { display: block; width: 130px; height: 40px; margin-top: 20px; border-radius: 8px; background: var(--strong); }
figure { height: 220px; border-radius: 12px; background: var(--shape); }
ul { display: grid; grid-template-columns: repeat(4, 1fr); gap: 24px; list-style: none; }
li figure { height: 150px; margin-bottom: 12px; }
@media (max-width: 600px) {
  header i { display: none; }
  section { grid-template-columns: 1fr; gap: 20px; padding: 22px 0; }
  ul { grid-template-columns: 1fr 1fr; gap: 16px; }
}
`

/**
 * Shows a message by the very code that shops' pages load, fed with what the studio hands over in the place of the
 * server's answer. When and how often it is shown is left out: it is to be seen at once.
 */
export const FRAME_SCRIPT = `'use strict'
const chunk = import('/ciclo.onsite.mjs')
let running
let count = 0

// Whoever writes in the studio keeps the focus there.
const { focus } = HTMLElement.prototype
HTMLElement.prototype.focus = function (...options) {
  if (document.hasFocus()) focus.apply(this, options)
}
const { showModal } = HTMLDialogElement.prototype
HTMLDialogElement.prototype.showModal = function () {
  this.inert = !document.hasFocus()
  showModal.call(this)
  this.inert = false
}
// A link shows that it is one; where it leads is no part of a preview.
addEventListener('click', (event) => {
  if (event.composedPath().some((element) => element.tagName === 'A')) event.preventDefault()
}, true)

async function show({ message, scheme }) {
  count += 1
  const mine = count
  document.documentElement.dataset.scheme = scheme
  const { startOnsite } = await chunk
  if (mine !== count) return
  const isFirst = running === undefined
  running?.stop()
  if (!message) return
  const shown = {
    ...message,
    rules: { pages: [], notPages: [], devices: [], visits: { from: 1, to: null }, scroll: 0, seconds: 0, leaving: false },
    frequency: { days: 0, most: null },
  }
  const answer = JSON.stringify({ messages: [shown] })
  window.fetch = async () => new Response(answer)
  // An offer whose time is over is shown as it was an hour before its end.
  const late = message.endsAt ? Math.max(0, Date.now() - Date.parse(message.endsAt) + 3_600_000) : 0
  const shift = message.endsAt && Date.now() >= Date.parse(message.endsAt) ? late : 0
  running = startOnsite({
    url: '/v1/onsite',
    writeKey: '',
    anonymousId: () => '',
    locale: message.locale,
    visit: 1,
    now: () => Date.now() - shift,
    ciclo: { track() {}, identify() {}, on: () => () => {} },
  })
  // While somebody writes it does not slide in again with every word.
  if (!isFirst) requestAnimationFrame(() => {
    for (const animation of document.getAnimations()) animation.finish()
  })
}

addEventListener('message', ({ data, source }) => {
  if (source === parent && data && typeof data === 'object') void show(data)
})
chunk.then(
  () => parent.postMessage('ready', '*'),
  () => parent.postMessage('failed', '*'),
)
`
