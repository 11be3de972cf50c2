import type { TemplateBrand } from '../brand.ts'
import type { TemplateProblem } from './templateProblem.ts'

/** WCAG 2.2, success criterion 1.4.3: of text below 18 points. */
const LEAST = 4.5

/** Relative luminance (WCAG 2.2) of a colour such as `#0f6b60`. */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** Colours of a brand that cannot be read where the layout puts them, whatever the template. */
export function checkContrast({ colours }: Pick<TemplateBrand, 'colours'>): TemplateProblem[] {
  const { accent, onAccent, darkAccent, onDarkAccent, background } = colours
  const pairs = [
    [`accent ${accent}`, accent, 'the white of the card', '#ffffff'],
    [`accent ${accent}`, accent, `the background ${background}`, background],
    [`onAccent ${onAccent}`, onAccent, `the accent ${accent}`, accent],
    ['the grey of the footer', '#5d6461', `the background ${background}`, background],
    // The lightest ground that it stands on.
    [`darkAccent ${darkAccent}`, darkAccent, 'dark cards', '#283330'],
    [`onDarkAccent ${onDarkAccent}`, onDarkAccent, `the darkAccent ${darkAccent}`, darkAccent],
  ] as const
  return pairs.flatMap(([text, ink, ground, paper]): TemplateProblem[] => {
    const contrast = contrastOf(ink, paper)
    if (contrast >= LEAST) return []
    const message = `brand: ${text} on ${ground} has a contrast of ${contrast.toFixed(1)}; expected at least ${LEAST}`
    return [{ severity: 'warning', code: 'low-contrast', locale: null, place: {}, message }]
  })
}
