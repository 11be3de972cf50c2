import type { MessageDetail, MessageResponse } from './messageQueries.ts'

export type Happened =
  | 'cause'
  | 'created'
  | 'due'
  | 'attempted'
  | 'sent'
  | 'bouncedForGood'
  | MessageResponse['kind']

interface Moment {
  key: string
  happened: Happened
  /** ISO 8601. */
  at: string
  /** What a server said. */
  text?: string
  response?: MessageResponse
}

const happenedBy = ({ kind, isPermanent }: MessageResponse): Happened =>
  kind === 'bounced' && isPermanent === true ? 'bouncedForGood' : kind

/** What has happened to a message, in its order; of what is the same moment, only the first. */
export function momentsOf(message: MessageDetail): Moment[] {
  const { causeAt, createdAt, dueAt, attemptedAt, sentAt, state, response, responses } = message
  const answer = response === null ? {} : { text: response }
  const steps: [happened: Happened, at: string | null, more?: { text?: string }][] = [
    ['cause', causeAt === createdAt ? null : causeAt],
    ['created', createdAt],
    ['due', state === 'queued' || dueAt !== createdAt ? dueAt : null],
    ['attempted', attemptedAt, sentAt === null ? answer : {}],
    ['sent', sentAt, answer],
  ]
  const own = steps.flatMap(([happened, at, more]): Moment[] =>
    at === null ? [] : [{ key: happened, happened, at, ...more }],
  )
  const back = responses.map((one): Moment => {
    return { key: one.id, happened: happenedBy(one), at: one.at, response: one }
  })
  // A sort keeps the order of what has the same time.
  return [...own, ...back].toSorted((one, other) => one.at.localeCompare(other.at))
}
