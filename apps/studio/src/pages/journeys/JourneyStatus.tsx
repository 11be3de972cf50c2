import { Badge } from '@mantine/core'
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
  return (
    <Badge
      variant="light"
      // On its own tint orange has too little contrast for small letters.
      c="var(--mantine-color-text)"
      color={COLOURS[status]}
      radius="sm"
      tt="none"
      fw={600}
      miw="fit-content"
    >
      {t(`status.${status}`)}
    </Badge>
  )
}
