import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import type { TimelineEntry } from '../customerQueries.ts'
import { Properties } from './Properties.tsx'
import { PageLink } from '../../../parts/PageLink.tsx'

/** All that was told of something that happened. */
export function EntryDetails({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const when = (
    <Text size="xs" c="dimmed">
      {formats.dateTime(entry.at)}
    </Text>
  )
  if (entry.kind === 'event') {
    const { messageId, source, receivedAt, properties, traits } = entry.event
    const hasTraits = Object.keys(traits).length > 0
    return (
      <Stack gap={6}>
        {when}
        <Properties
          values={{
            ...properties,
            ...(hasTraits ? { [t('timeline.traits')]: traits } : {}),
            messageId,
            [t('timeline.source')]: t(`sources.${source}`),
            [t('timeline.received')]: formats.dateTime(receivedAt),
          }}
        />
      </Stack>
    )
  }
  if (entry.kind === 'transition') {
    const { reason, rebuilt, sentence } = entry.transition
    return (
      <Stack gap={6}>
        {when}
        <Text size="sm">{sentence}</Text>
        {rebuilt ? <Text size="xs">{t('timeline.rebuilt')}</Text> : null}
        <Properties
          values={{ ...reason.numbers, [t('timeline.cause')]: reason.cause.name ?? reason.cause.id }}
        />
      </Stack>
    )
  }
  if (entry.kind === 'run') {
    const { run } = entry
    return (
      <Stack gap={6}>
        {when}
        <Properties
          values={{
            [t('timeline.run')]: run.id,
            [t('timeline.step')]: run.step,
            ...(run.key === null ? {} : { [t('timeline.about')]: run.key }),
            ...(run.endReason === null ? {} : { [t('timeline.end')]: run.endReason }),
          }}
        />
      </Stack>
    )
  }
  const { message } = entry
  return (
    <Stack gap={6}>
      {when}
      <Properties
        values={{
          [t('timeline.template')]: message.template,
          [t('timeline.to')]: message.to,
          ...(message.response === null ? {} : { [t('timeline.response')]: message.response }),
        }}
      />
      <PageLink to="/messages/$messageId" params={{ messageId: message.id }} size="sm">
        {t('timeline.openMail')}
      </PageLink>
    </Stack>
  )
}
