import type { Page } from 'playwright-core'
import { settled } from '../../apps/studio/test/support/lookAt.ts'
import { openStudio, type OpenedStudio } from '../../apps/studio/test/support/openStudio.ts'
import type { Report } from './inTurns.ts'
import { describeFrames, recordFrames } from './recordFrames.ts'
import { sixtySteps } from '../../apps/studio/test/support/sixtySteps.ts'
import { median, percentile } from './statistics.ts'

const MOVES = 150
const KEYS = 200

/** Where the canvas and what is on it are. */
const PLACES = `[...document.querySelectorAll('.react-flow__viewport, .react-flow__node')].map((one) => one.style.transform).join()`

/** A hand that goes about a place, and does not end where it began. */
async function wander(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  for (let step = 1; step <= MOVES; step += 1) {
    const angle = (step / MOVES) * Math.PI * 5
    await page.mouse.move(x + Math.sin(angle) * 220, y + (1 - Math.cos(angle)) * 90)
  }
}

async function spin(page: Page): Promise<void> {
  await page.keyboard.down('Control')
  for (let step = 0; step < MOVES; step += 1) await page.mouse.wheel(0, step % 40 < 20 ? 24 : -24)
  await page.keyboard.up('Control')
}

function reportFrames(report: Report, name: string, frames: number[], baseline: number[]): void {
  const [of, than] = [describeFrames(frames), describeFrames(baseline)]
  report({ name: `${name}.baseline`, value: than.median, unit: 'ms' })
  report({ name: `${name}.median`, value: of.median, unit: 'ms', ratio: of.median / than.median })
  report({ name: `${name}.p95`, value: of.p95, unit: 'ms', ratio: of.p95 / than.p95 })
  report({ name: `${name}.over50`, value: of.jerks, unit: '/1000' })
}

/** As on a machine that is so many times as slow. */
async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

async function measureCanvas(report: Report, studio: OpenedStudio): Promise<void> {
  const empty = await studio.open('/sign-in', { isNew: true })
  await settled(empty)
  const page = await studio.open('/journeys/sixty')
  await page.locator('[data-canvas="drawn"] [data-box="step:split-1"]').waitFor()
  await settled(page)
  const box = await page.locator('[data-box="step:pause-1"]').boundingBox()
  if (!box) throw new Error('The step pause-1 is not in sight, expected it to be drawn')
  const at = { x: box.x + 60, y: box.y + box.height / 2 }

  const works = [
    ['drag', async (one: Page) => await wander(one, at)],
    ['zoom', spin],
  ] as const
  for (const slower of [1, 4])
    for (const [name, work] of works) {
      for (const one of [empty, page]) await slowDown(one, slower)
      await empty.bringToFront()
      await empty.mouse.move(at.x, at.y)
      const baseline = await recordFrames(empty, () => work(empty))
      await page.bringToFront()
      await page.mouse.move(at.x, at.y)
      if (name === 'drag') await page.mouse.down()
      const before = await page.evaluate<string>(PLACES)
      let after = before
      const frames = await recordFrames(page, async () => {
        await work(page)
        after = await page.evaluate<string>(PLACES)
      })
      if (after === before) throw new Error(`Nothing has moved by ${name}, expected it to`)
      if (name === 'drag') {
        await page.mouse.move(at.x, at.y)
        await page.mouse.up()
      }
      reportFrames(report, `studio.canvas.${name}${slower > 1 ? '.slow' : ''}`, frames, baseline)
    }
  await page.close()
}

/** From each key to the first task after the frame that it has brought. */
const watchKeys = `(() => {
  window.benchKeys = []
  document.addEventListener('keydown', () => {
    const start = performance.now()
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => window.benchKeys.push(performance.now() - start)
      channel.port2.postMessage(null)
    })
  }, true)
})()`

async function typeInto(page: Page): Promise<number[]> {
  await page.evaluate(watchKeys)
  await page.keyboard.type('The quick brown fox jumps. '.repeat(20).slice(0, KEYS), { delay: 25 })
  await page.waitForFunction(`window.benchKeys.length >= ${KEYS}`)
  return await page.evaluate<number[]>('window.benchKeys')
}

async function measureTyping(report: Report, studio: OpenedStudio): Promise<void> {
  const empty = await studio.open('/journeys')
  await settled(empty)
  await empty.getByRole('searchbox').or(empty.getByRole('textbox')).first().focus()
  const baseline = await typeInto(empty)
  await empty.close()
  const page = await studio.open('/templates/ninety?view=code')
  const code = page.getByRole('textbox', { name: 'MJML of the template' })
  await code.click()
  await settled(page)
  await page.keyboard.press('Control+Home')
  for (let line = 0; line < 6; line += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  const keys = await typeInto(page)
  report({ name: 'studio.code.key.baseline', value: median(baseline), unit: 'ms' })
  report({
    name: 'studio.code.key.median',
    value: median(keys),
    unit: 'ms',
    ratio: median(keys) / median(baseline),
  })
  const [of, than] = [percentile(keys, 95), percentile(baseline, 95)]
  report({ name: 'studio.code.key.p95', value: of, unit: 'ms', ratio: of / than })
  await page.close()
}

const LINE =
  '<mj-text css-class="body" padding="0 48px 18px">Some words that a mail says to {{ shop.name }}</mj-text>\n'
const LARGE = `<mjml>\n<mj-body>\n<mj-section><mj-column>\n${LINE.repeat(Math.ceil(90_000 / LINE.length))}<mj-text><a href="{{ urls.unsubscribe }}">{{ 'leave' | t }}</a></mj-text>\n</mj-column></mj-section>\n</mj-body>\n</mjml>`

/**
 * How smooth the editors of the studio are in a real Chromium: the frames of a canvas of 60 steps while a step is dragged
 * and while it is zoomed, beside those of a page with nothing but a form, and the same with a processor that is four times
 * as slow (`slow`); and typing in a template of 90 KB, beside a
 * field of a page.
 */
export async function measureEditors(report: Report): Promise<void> {
  const studio = await openStudio()
  const put = async (path: string, body: object) => {
    const response = await fetch(`${studio.server.url}/api${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${studio.server.secretKey}` },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`PUT ${path} was answered with ${response.status}, expected 200`)
  }
  try {
    await put('/journeys/sixty/draft', sixtySteps('sixty'))
    await put('/templates/ninety/draft', {
      mjml: LARGE,
      strings: { en: { subject: 'News', preheader: 'Have a look', leave: 'Unsubscribe' } },
    })
    await measureCanvas(report, studio)
    await measureTyping(report, studio)
  } finally {
    await studio.stop()
  }
}
