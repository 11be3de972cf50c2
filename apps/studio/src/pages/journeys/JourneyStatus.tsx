import { StatusBadge } from '../../parts/StatusBadge.tsx'
import { useTranslation } from 'react-i18next'
import type { JourneyListed } from './journeysQuery.ts'

const COLOURS: Record<JourneyListed['status'], string> = {
  live: 'green',
  paused: 'orange',
  published: 'blue',
  draft: 'gray',
  archived: 'gray',
}

/** How a journey or one of its versions stands, in a word and a colour. */
export function JourneyStatus({ status }: { status: JourneyListed['status'] }) {
  const { t } = useTranslation('journeys')
  return <StatusBadge color={COLOURS[status]}>{t(`status.${status}`)}</StatusBadge>
}
