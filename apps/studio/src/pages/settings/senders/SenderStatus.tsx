import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Sender } from './sendersQuery.ts'

const COLOURS = { draft: 'gray', live: 'green', stopped: 'red' } as const

/** Whether mails go by a sender. */
export function SenderStatus({ status }: Pick<Sender, 'status'>) {
  const { t } = useTranslation('settings')
  return (
    <Badge variant="light" color={COLOURS[status]}>
      {t(`senders.status.${status}`)}
    </Badge>
  )
}
