import { useTranslation } from 'react-i18next'
import { StatusBadge } from '../../../parts/StatusBadge.tsx'
import type { Connection } from './connectionsQuery.ts'

const COLORS = { off: 'gray', waiting: 'blue', wrong: 'orange', on: 'green' } as const

/** How it stands with a connection: a problem counts until something good was heard after it. */
export function ConnectionState({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections')
  const { active, heardAt, problemAt } = connection
  const isWrong = problemAt !== null && (heardAt === null || heardAt <= problemAt)
  const state = !active ? 'off' : isWrong ? 'wrong' : heardAt === null ? 'waiting' : 'on'
  return <StatusBadge color={COLORS[state]}>{t(`states.${state}`)}</StatusBadge>
}
