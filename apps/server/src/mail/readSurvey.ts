import type { Settings } from '@ciclo/engine'
import type { OutboxMessage } from '../store/queries/messages.ts'
import type { TemplateCache } from './templateCache.ts'

/** What a mail asks, in its own words. */
export interface Survey {
  /** Null where the mail's heading is none of its own words alone. */
  question: string | null
  /** By what its buttons say behind `?answer=`. */
  answers: { id: string; words: string }[]
}

export interface ReadSurvey {
  (message: OutboxMessage, settings: Settings): Promise<Survey>
}

const ANSWER = /^answer(?=[A-Z])/

/** `answerNoNeed` stands on the button that leads to `?answer=no-need`. */
const idOf = (key: string) =>
  key
    .replace(ANSWER, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()

/** A string of a template without its Liquid; null where that is part of what it says. */
function plainOf(text: string | undefined, shop: Settings['shop']): string | null {
  const plain = text?.replaceAll(/\{\{-?\s*shop\.name\s*-?\}\}/g, () => shop.name)
  return plain === undefined || /\{[{%]/.test(plain) ? null : plain
}

/** Finds the question of a mail and its answers among the strings of its template, in the language of the mail. */
export function createReadSurvey(templates: Pick<TemplateCache, 'stringsOf'>): ReadSurvey {
  return async ({ workspaceId, template, locale }, { locale: shopLocale, formality, shop }) => {
    const wished = [locale ?? shopLocale, shopLocale]
    const strings = await templates.stringsOf(workspaceId, template, wished, formality)
    const answers = Object.entries(strings).flatMap(([key, text]) => {
      const words = ANSWER.test(key) ? plainOf(text, shop) : null
      return words === null ? [] : [{ id: idOf(key), words }]
    })
    return { question: plainOf(strings['heading'], shop), answers }
  }
}
