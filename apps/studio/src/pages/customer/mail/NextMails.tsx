import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import type { MailStanding } from '../customerQueries.ts'
import { useMailReasons } from './mailWords.ts'
import { PageLink } from '../../../parts/PageLink.tsx'

const SHOWN = 5

/** What goes to a customer next, as far as it is known. */
export function NextMails({ next }: { next: MailStanding['next'] }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const reasonOf = useMailReasons()
  return (
    <Stack gap={6}>
      <Text fw={600} size="sm" component="h3" m={0}>
        {t('mail.next.title')}
      </Text>
      {next.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('mail.next.nothing')}
        </Text>
      ) : null}
      {next.slice(0, SHOWN).map(({ kind, at, name, template, messageId, reason, journey }, place) => (
        <div key={`${kind} ${messageId ?? journey} ${at} ${place}`}>
          <Group justify="space-between" gap="sm" wrap="nowrap">
            <Text size="sm" truncate title={template ?? name ?? ''}>
              {messageId === null ? (
                (template ?? name)
              ) : (
                <PageLink to="/messages/$messageId" params={{ messageId }} size="sm" inherit>
                  {template}
                </PageLink>
              )}
            </Text>
            <Text size="xs" c="dimmed" title={formats.dateTime(at)} style={{ flexShrink: 0 }}>
              {formats.relative(at)}
            </Text>
          </Group>
          <Text size="xs" c="dimmed">
            {[
              t(`mail.next.${kind}`, { name: name ?? journey ?? '' }),
              reason === null ? undefined : reasonOf(reason),
            ]
              .filter((part) => part !== undefined && part !== '')
              .join(' · ')}
          </Text>
        </div>
      ))}
    </Stack>
  )
}
