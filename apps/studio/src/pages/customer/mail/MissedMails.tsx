import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import type { MailStanding } from '../customerQueries.ts'
import { useMailReasons } from './mailWords.ts'
import { PageLink } from '../../../parts/PageLink.tsx'

const SHOWN = 3

/** What was asked for and did not go, and why. */
export function MissedMails({ missed }: { missed: MailStanding['missed'] }) {
  const { t } = useTranslation(['customer', 'states'])
  const formats = useFormats()
  const reasonOf = useMailReasons()
  return (
    <Stack gap={6}>
      <Text fw={600} size="sm" component="h3" m={0}>
        {t('mail.missed')}
      </Text>
      {missed.slice(0, SHOWN).map(({ messageId, template, state, reason, at }) => (
        <div key={messageId}>
          <Group justify="space-between" gap="sm" wrap="nowrap">
            <PageLink to="/messages/$messageId" params={{ messageId }} size="sm" truncate title={template}>
              {template}
            </PageLink>
            <Text size="xs" c="dimmed" title={formats.dateTime(at)} style={{ flexShrink: 0 }}>
              {formats.relative(at)}
            </Text>
          </Group>
          <Text size="xs" c="dimmed">
            {[t(`message.${state}`, { ns: 'states' }), reasonOf(reason)]
              .filter((part) => part !== '')
              .join(' · ')}
          </Text>
        </div>
      ))}
    </Stack>
  )
}
