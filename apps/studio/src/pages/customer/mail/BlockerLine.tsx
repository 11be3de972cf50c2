import { Group, Text } from '@mantine/core'
import { IconClockPause, IconHandStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import type { Blocker } from '../customerQueries.ts'
import { isKnownBlocker, isKnownSuppression } from './mailWords.ts'

/** One thing that keeps mails back: what it is, until when, and what helps. */
export function BlockerLine({ blocker }: { blocker: Blocker }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const { kind, reason, until, details } = blocker
  const Icon = kind === 'wait' ? IconClockPause : IconHandStop
  const { because, since, zone, order } = details
  const told = [
    isKnownSuppression(because) ? t(`mail.suppressedBy.${because}`) : undefined,
    reason === 'stream-stopped' && typeof because === 'string' ? because : undefined,
    typeof order === 'string' ? t('mail.order', { order }) : undefined,
    typeof since === 'string' ? t('mail.since', { date: formats.date(since) }) : undefined,
    typeof zone === 'string' ? zone : undefined,
    until === null ? undefined : t('mail.until', { date: formats.dateTime(until) }),
  ].filter((part) => part !== undefined)
  return (
    <Group gap={8} wrap="nowrap" align="flex-start" data-blocker={reason}>
      <Icon size={17} stroke={1.6} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <div>
        <Text size="sm" fw={600}>
          {isKnownBlocker(reason) ? t(`mail.blockers.${reason}.title`) : reason}
        </Text>
        {told.length > 0 ? <Text size="sm">{told.join(' · ')}</Text> : null}
        {isKnownBlocker(reason) ? (
          <Text size="xs" c="dimmed">
            {t(`mail.blockers.${reason}.help`)}
          </Text>
        ) : null}
      </div>
    </Group>
  )
}
