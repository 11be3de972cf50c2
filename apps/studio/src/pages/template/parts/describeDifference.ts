import type { TemplateValue } from '../../templates/templateQueries.ts'

/** More lines than these nobody reads. */
const MOST = 12

export type DifferenceLine =
  | { kind: 'lines'; count: number }
  | { kind: 'text'; key: string; locale: string }
  | { kind: 'formal'; key: string; locale: string }
  | { kind: 'purpose' | 'afterCrash' }
  | { kind: 'more'; count: number }

export interface TextDifference {
  locale: string
  key: string
  isFormal: boolean
  before: string | undefined
  after: string | undefined
}

/** Every text that is not the same. */
export function textDifferences(before: TemplateValue, after: TemplateValue): TextDifference[] {
  return ([false, true] as const).flatMap((isFormal) => {
    const old = (isFormal ? before.formal : before.strings) ?? {}
    const now = (isFormal ? after.formal : after.strings) ?? {}
    const locales = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    return locales.flatMap((locale) => {
      const keys = [...new Set([...Object.keys(old[locale] ?? {}), ...Object.keys(now[locale] ?? {})])]
      return keys
        .map((key) => ({ locale, key, isFormal, before: old[locale]?.[key], after: now[locale]?.[key] }))
        .filter((text) => text.before !== text.after)
    })
  })
}

/** How many lines of one text the other does not have. */
function changedLines(one: string, other: string): number {
  const left = new Map<string, number>()
  for (const line of other.split('\n')) left.set(line, (left.get(line) ?? 0) + 1)
  return one.split('\n').filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  }).length
}

/** In what a template differs from another, as few lines as one reads. */
export function describeDifference(before: TemplateValue, after: TemplateValue): DifferenceLine[] {
  const lines: DifferenceLine[] = []
  if (before.mjml !== after.mjml) {
    const count = Math.max(changedLines(before.mjml, after.mjml), changedLines(after.mjml, before.mjml), 1)
    lines.push({ kind: 'lines', count })
  }
  if (before.purpose !== after.purpose) lines.push({ kind: 'purpose' })
  if (before.afterCrash !== after.afterCrash) lines.push({ kind: 'afterCrash' })
  for (const { key, locale, isFormal } of textDifferences(before, after))
    lines.push({ kind: isFormal ? 'formal' : 'text', key, locale })
  return lines.length <= MOST
    ? lines
    : [...lines.slice(0, MOST - 1), { kind: 'more', count: lines.length - MOST + 1 }]
}
