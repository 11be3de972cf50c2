import { Badge, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconClockPause, IconHandStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MailStanding } from '../customerQueries.ts'
import { BlockerLine } from './BlockerLine.tsx'

type Purpose = 'marketing' | 'transactional'

/** Whether a mail of a purpose would go now, and everything that stands against it. */
export function PurposeStanding({
  purpose,
  standing: { blockers, isPlanned, sender },
}: {
  purpose: Purpose
  standing: MailStanding['purposes'][Purpose]
}) {
  const { t } = useTranslation(['customer', 'states'])
  const [first] = blockers
  const verdict = first === undefined ? 'send' : first.kind
  const Icon = { send: IconCheck, wait: IconClockPause, refuse: IconHandStop }[verdict]
  return (
    <Stack gap={8} data-purpose={purpose}>
      <Group gap={8}>
        <Text fw={600} size="sm" component="h3" m={0}>
          {t(`purpose.${purpose}`, { ns: 'states' })}
        </Text>
        <Badge
          variant="light"
          tt="none"
          color={{ send: 'green', wait: 'yellow', refuse: 'red' }[verdict]}
          leftSection={<Icon size={12} aria-hidden />}
        >
          {t(`mail.verdicts.${verdict}`)}
        </Badge>
      </Group>
      {blockers.map((blocker) => (
        <BlockerLine key={blocker.reason} blocker={blocker} />
      ))}
      {isPlanned || purpose === 'transactional' ? null : (
        <BlockerLine blocker={{ kind: 'wait', reason: 'no-journey', until: null, details: {} }} />
      )}
      <Text size="xs" c="dimmed">
        {t('mail.from', {
          sender: sender.name === '' ? sender.address : `${sender.name} <${sender.address}>`,
        })}
      </Text>
    </Stack>
  )
}
