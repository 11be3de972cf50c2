import type { MessageState } from '@ciclo/engine'
import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const COLORS: Record<MessageState, string> = {
  queued: 'blue',
  sending: 'blue',
  sent: 'green',
  refused: 'gray',
  failed: 'red',
  expired: 'gray',
  dead: 'red',
  unknown: 'yellow',
}

/** A message's state, in its word and its colour. */
export function StateBadge({ state }: { state: MessageState }) {
  const { t } = useTranslation('states')
  return (
    <Badge variant="light" color={COLORS[state]} radius="sm" tt="none" fw={600} miw="fit-content">
      {t(`message.${state}`)}
    </Badge>
  )
}
