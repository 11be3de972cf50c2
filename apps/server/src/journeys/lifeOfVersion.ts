import { CicloError } from '../errors.ts'
import type { VersionRecord, VersionStatus } from '../store/queries/journeys.ts'

/** What can be done to a journey: from which status of a version, and what is expected there, for people. */
export const MOVES = {
  publish: { from: ['draft'], expected: 'a draft to publish' },
  pause: { from: ['live'], expected: 'a live version to pause' },
  resume: { from: ['paused'], expected: 'a paused version to resume' },
  archive: { from: ['live', 'paused', 'published'], expected: 'a live or paused version to archive' },
} as const satisfies Record<string, { from: readonly VersionStatus[]; expected: string }>

export type Move = keyof typeof MOVES

const WORDS: Readonly<Record<VersionStatus, string>> = {
  draft: 'is a draft',
  published: 'is published and about to go live',
  live: 'is live',
  paused: 'is paused',
  archived: 'is archived',
}

export const isDraft = ({ status }: Pick<VersionRecord, 'status'>) => status === 'draft'

/** Whether it is the one version that is live, or would be, were it not paused. */
export const isCurrent = ({ status }: Pick<VersionRecord, 'status'>) =>
  status === 'live' || status === 'paused'

/** What a journey as a whole is: by the one of its versions that counts most. */
export function statusOf(versions: readonly Pick<VersionRecord, 'status'>[]): VersionStatus {
  const statuses = new Set(versions.map(({ status }) => status))
  const order = ['live', 'paused', 'published', 'draft'] as const
  return order.find((status) => statuses.has(status)) ?? 'archived'
}

/** What a journey is called and worked on by: its draft, else what is or will be at work, else its newest version. */
export const shownVersion = <Version extends Pick<VersionRecord, 'status'>>(
  versions: readonly Version[],
): Version | undefined => versions.findLast(({ status }) => status !== 'archived') ?? versions.at(-1)

/** What a journey is right now, whatever is drafted for later: its live or paused version, else its newest. */
export const standingVersion = <Version extends Pick<VersionRecord, 'status'>>(
  versions: readonly Version[],
): Version | undefined => versions.find(isCurrent) ?? versions.at(-1)

/** The version that a move is about. Throws `conflict` that names what there is instead. */
export function versionFor<Version extends VersionRecord>(
  id: string,
  versions: readonly Version[],
  move: Move,
): Version {
  const { from, expected } = MOVES[move]
  const statuses: readonly VersionStatus[] = from
  const found = versions.find(({ status }) => statuses.includes(status))
  if (found) return found
  // Older versions say nothing about what can be done now.
  const last = versions.findLast(({ status }) => status === 'archived')
  const telling = versions.filter((one) => one.status !== 'archived' || one === last)
  const given = telling.map(({ version, status }) => `version ${version} ${WORDS[status]}`).join(', ')
  throw new CicloError('conflict', `The journey ${id}: ${given}; expected ${expected}`)
}
