import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookAs, settled } from './support/lookAt.ts'
import { openEmptyStudio } from './support/openEmptyStudio.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'
import type { OpenedStudio } from './support/openStudio.ts'
import { EMPTY_PAGES, PAGES } from './support/pages.ts'

/** Set, it is where the pictures go; without it there are none: `pages.deep.ts` looks at the same pages itself. */
const LOOKS = process.env['CICLO_STUDIO_LOOKS']
const FOLDER = LOOKS ?? join(tmpdir(), 'ciclo-studio-looks')
/** Set, it renews the pictures that stand in the documentation. */
const DOCS =
  process.env['CICLO_DOCS_PICTURES'] === undefined
    ? undefined
    : new URL('../../../docs/images/', import.meta.url)
const WIDTHS = [1440, 390]
const SCHEMES = ['light', 'dark'] as const
const DOCS_BYTES = 200_000

const taken: string[] = []

async function picture(studio: OpenedStudio, name: string, path: string) {
  const page = await studio.open(path)
  for (const width of WIDTHS)
    for (const scheme of SCHEMES) {
      await lookAs(page, { width, scheme })
      const file = `${name}-${width}-${scheme}.png`
      await page.screenshot({ path: join(FOLDER, file), fullPage: true })
      taken.push(file)
    }
  await page.close()
}

const isWanted = LOOKS !== undefined || DOCS !== undefined

beforeAll(async () => {
  if (!isWanted) return
  await mkdir(FOLDER, { recursive: true })
})
afterAll(async () => {
  if (!isWanted) return
  const pictures = taken.map(
    (file) => `<figure><img src="${file}" width="600"><figcaption>${file}</figcaption></figure>`,
  )
  await writeFile(join(FOLDER, 'index.html'), `<!doctype html><title>Studio</title>${pictures.join('')}`)
  console.log(`${taken.length} pictures of the studio are in ${FOLDER}: open index.html`)
})

describe.runIf(isWanted)('A shop with a year behind it', () => {
  let studio: FilledStudio
  beforeAll(async () => {
    studio = await openFilledStudio()
  })
  afterAll(() => studio.stop())

  it.each(PAGES)('has its picture taken, wide and narrow, light and dark: $name', async ({ name, path }) => {
    await picture(studio, name, path(studio))
    expect(studio.problems()).toEqual([])
  })

  it.runIf(DOCS !== undefined)('has the pictures of the documentation taken', async () => {
    const folder = DOCS ?? new URL('.', import.meta.url)
    await mkdir(folder, { recursive: true })
    const wanted = [
      ['home', '/', 'light'],
      ['customer', `/customers/${studio.customerId}`, 'light'],
    ] as const
    for (const [name, path, scheme] of wanted) {
      const page = await studio.open(path, { width: 1280, scheme })
      await settled(page)
      const image = await page.screenshot()
      expect(image.length, name).toBeLessThan(DOCS_BYTES)
      await writeFile(new URL(`studio-${name}.png`, folder), image)
      await page.close()
    }
  })
})

describe.runIf(isWanted)('A new shop', () => {
  let studio: OpenedStudio
  beforeAll(async () => {
    studio = await openEmptyStudio()
  })
  afterAll(() => studio.stop())

  it.each(EMPTY_PAGES)('has its picture taken: $name', async ({ name, path }) => {
    await picture(studio, `new-${name}`, path)
    expect(studio.problems()).toEqual([])
  })
})
