import { readFile } from 'node:fs/promises'
import { catalog } from './catalog.ts'

const folder = new URL('./assets/', import.meta.url)
const SVG = 'image/svg+xml'

interface Asset {
  type: string
  file: URL
}

/** Only what is listed here can be read, whatever a path says. */
const assets = new Map<string, Asset>([
  ['shop.js', { type: 'text/javascript; charset=utf-8', file: new URL('../dist/shop.js', import.meta.url) }],
  ['shop.css', { type: 'text/css; charset=utf-8', file: new URL('shop.css', folder) }],
  ['leaf.svg', { type: SVG, file: new URL('leaf.svg', folder) }],
  ['hills.svg', { type: SVG, file: new URL('hills.svg', folder) }],
  ...catalog.map(({ id }): [string, Asset] => [
    `${id}.svg`,
    { type: SVG, file: new URL(`${id}.svg`, folder) },
  ]),
])

/** Answers undefined when there is no asset of that name. */
export const readAsset = async (name: string): Promise<{ type: string; content: string } | undefined> => {
  const asset = assets.get(name)
  if (!asset) return undefined
  try {
    return { type: asset.type, content: await readFile(asset.file, 'utf8') }
  } catch (cause) {
    throw new Error(`The demo shop cannot read its file ${name}: expected buildDemoStore() to have run`, {
      cause,
    })
  }
}
