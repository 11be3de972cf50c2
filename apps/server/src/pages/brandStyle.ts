import { createHash } from 'node:crypto'
import { readableOn, type Settings } from '@ciclo/engine'

type Brand = Settings['brand']

const FONTS: Readonly<Record<Brand['fonts']['body'], string>> = {
  serif: "Georgia, 'Times New Roman', serif",
  sans: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  mono: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
}

interface Scheme {
  ink: string
  paper: string
  accent: string
  onAccent: string
}

const wordsOf = ({ ink, paper, accent, onAccent }: Scheme) => ({
  '--accent': accent,
  '--on-accent': readableOn(accent, onAccent, '#ffffff', '#000000'),
  '--link': readableOn(paper, accent, ink),
})

const inCss = (words: Readonly<Record<string, string>>) =>
  `:root { ${Object.entries(words)
    .map(([name, value]) => `${name}: ${value};`)
    .join(' ')} }`

/** What is the shop's own in the look of the pages that its mails lead to. Every value of a brand is checked beforehand. */
export function brandStyle({ colours, fonts, radius }: Brand): string {
  const light = wordsOf({ ink: '#1d2327', paper: '#ffffff', ...colours })
  const dark = wordsOf({
    ink: '#eceeea',
    paper: '#1d2226',
    accent: colours.darkAccent,
    onAccent: colours.onDarkAccent,
  })
  const onGround = readableOn(colours.background, '#1d2327', '#ffffff')
  const shape = { '--radius': `${radius}px`, '--heading': FONTS[fonts.heading], '--body': FONTS[fonts.body] }
  return `${inCss({ ...light, ...shape, '--ground': colours.background, '--on-ground': onGround })}
@media (prefers-color-scheme: dark) { ${inCss({ ...dark, '--ground': '#14181b', '--on-ground': '#eceeea' })} }
`
}

/** Where the style is served: another address for another brand, so that it may be kept. */
export function brandStyleUrl(workspaceId: string, brand: Brand): string {
  const version = createHash('sha256').update(brandStyle(brand)).digest('base64url').slice(0, 10)
  return `/assets/brand/${encodeURIComponent(workspaceId)}.css?v=${version}`
}
