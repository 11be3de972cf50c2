import { StatusBadge } from '../../parts/StatusBadge.tsx'
import { useTranslation } from 'react-i18next'
import type { CampaignStatus } from './campaignQueries.ts'

const COLOURS: Record<CampaignStatus, string> = {
  draft: 'gray',
  scheduled: 'blue',
  freezing: 'blue',
  sending: 'green',
  paused: 'orange',
  done: 'green',
  cancelled: 'gray',
}

/** How a campaign stands, in a word and a colour. */
export function CampaignStatusBadge({ status }: { status: CampaignStatus }) {
  const { t } = useTranslation('campaigns')
  return <StatusBadge color={COLOURS[status]}>{t(`status.${status}`)}</StatusBadge>
}
