import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import type { OutboxMessage } from './messageQueries.ts'

/** The time of a message that matters in its state, as people say it and to the minute. */
export function useWhen() {
  const { t } = useTranslation('messages')
  const formats = useFormats()
  return ({ state, sentAt, dueAt, createdAt }: OutboxMessage) => {
    const word = sentAt === null ? (state === 'queued' ? 'due' : 'asked') : 'sent'
    const at = sentAt ?? (state === 'queued' ? dueAt : createdAt)
    return { text: t(`when.${word}`, { when: formats.relative(at) }), exact: formats.dateTime(at) }
  }
}
