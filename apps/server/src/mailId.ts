import { createHash } from 'node:crypto'

/** What makes the id of a message's mail: nothing of it ever changes. */
interface NamedMessage {
  workspaceId: string
  id: string
  createdAt: number
}

const TIME_DIGITS = 11
const HASH_DIGITS = 29

/**
 * The id of a message's mail: 40 hex digits, the same at each attempt, so that a receiver can tell a repetition after a
 * crash. It begins with the message's time: an index by it grows at its end.
 */
export function mailIdOf({ workspaceId, id, createdAt }: NamedMessage): string {
  const time = Math.max(0, Math.trunc(createdAt)).toString(16).padStart(TIME_DIGITS, '0').slice(-TIME_DIGITS)
  const hash = createHash('sha256').update(`${workspaceId}\n${id}`).digest('hex')
  return time + hash.slice(0, HASH_DIGITS)
}
