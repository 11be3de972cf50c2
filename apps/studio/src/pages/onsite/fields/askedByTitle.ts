import type { OnsiteMessage } from '@ciclo/engine'

const LONGEST = 120

/** A survey's title is its question: what else would stand beside its answers is the same, and written by nobody. */
export function askedByTitle(message: OnsiteMessage): OnsiteMessage {
  if (message.kind !== 'survey' || message.fields.length === 0) return message
  const label = Object.fromEntries(
    Object.entries(message.texts).map(([locale, { title }]) => [
      locale,
      title.trim().slice(0, LONGEST) || '?',
    ]),
  )
  return { ...message, fields: message.fields.map((field) => ({ ...field, label })) }
}
