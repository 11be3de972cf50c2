import { Badge } from '@mantine/core'
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
  return (
    <Badge
      variant="light"
      // On its own tint orange has too little contrast for small letters.
      c="var(--mantine-color-text)"
      color={COLOURS[status]}
      radius="sm"
      tt="none"
      fw={600}
      // Cells of tables would cut it.
      miw="max-content"
    >
      {t(`status.${status}`)}
    </Badge>
  )
}
