import { expect, test } from 'vitest'
import type { TemplateBrand } from '../../src/index.ts'
import { inspectMails } from './inspectMails.ts'
import { openBrowser } from './openBrowser.ts'
import { saveSeen, unseenMails } from './seenMails.ts'
import { renderShippedMails } from './shippedMails.ts'
import { createStudio } from './studio.ts'
import { wordProblems } from './wordProblems.ts'

test('every shipped mail in every language fits on its screen, is accessible, and has its picture taken', async () => {
  const mails = await renderShippedMails()
  const { problems, folder, pictures } = await inspectMails(mails)
  console.log(`${pictures} pictures of ${mails.length} mails are in ${folder}: open index.html`)
  if (process.env['MAILS_SEEN']) await saveSeen(mails)
  const unseen = await unseenMails(mails)
  if (unseen.length > 0)
    console.log(
      `${unseen.length} of them look new: MAILS_SEEN=1 with this test says that they were looked at`,
    )
  expect(problems).toEqual([])
})

test('the words of a shop that is formal with its customers read well, too', async () => {
  expect(await wordProblems(await renderShippedMails({ formality: 'formal' }))).toEqual([])
})

/** Nothing of this is as it is shipped. */
const OTHER: TemplateBrand = {
  logoUrl: 'https://shop.example/i/logo.svg',
  logoWidth: 160,
  heroImageUrl: 'https://shop.example/i/hero.jpg',
  colours: {
    accent: '#8a1f3d',
    onAccent: '#ffffff',
    darkAccent: '#f0a3b8',
    onDarkAccent: '#2b0a14',
    background: '#faf5f0',
  },
  fonts: { heading: 'sans', body: 'serif' },
  radius: 0,
  social: [],
}

test('so does one of each kind in the colours, fonts and pictures of another brand', async () => {
  const kinds = new Set([
    'welcome',
    'order-confirmation',
    'cross-sell',
    'points-summary',
    'why-you-left',
    'win-back-offer',
  ])
  const mails = (await renderShippedMails({ brand: OTHER })).filter(
    ({ name, locale }) => kinds.has(name) && locale === 'es',
  )
  const { problems, folder } = await inspectMails(mails, 'other')
  console.log(`${mails.length} mails of another brand are in ${folder}`)
  expect(problems).toEqual([])
  expect(mails).toHaveLength(kinds.size)
})

test('the studio finds what cannot be read and what is too wide', async () => {
  const browser = await openBrowser()
  const studio = await createStudio(browser)
  const page = (style: string) =>
    `<!doctype html><html lang="en"><title>T</title><style>${style}</style><body><main><h1>Title</h1><p>Hello</p></main>`
  const dark =
    'p { color: #333; } @media (prefers-color-scheme: dark) { body { background: #222 } h1 { color: #fff } }'
  try {
    await studio.show(page(dark), { width: 360, scheme: 'light' })
    expect([await studio.audit(), await studio.overflow()]).toEqual([[], 0])
    await studio.show(page(dark), { width: 360, scheme: 'dark' })
    expect(await studio.audit()).toEqual([expect.stringContaining('color-contrast: <p>')])
    await studio.show(page('h1 { width: 400px }'), { width: 360, scheme: 'light' })
    expect(await studio.overflow()).toBeGreaterThan(0)
  } finally {
    await studio.close()
    await browser.close()
  }
})
