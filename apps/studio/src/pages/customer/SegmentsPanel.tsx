import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import type { CustomerDetail } from './customerQueries.ts'
import { PageLink } from '../../parts/PageLink.tsx'

/** The saved segments that a customer is in. */
export function SegmentsPanel({ customer: { segments } }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  return (
    <Panel title={t('segments.title')}>
      {segments.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('segments.none')}{' '}
          <PageLink to="/segments" size="sm" underline="always">
            {t('segments.all')}
          </PageLink>
        </Text>
      ) : (
        segments.map(({ id, name, since }) => (
          <Group key={id} justify="space-between" gap="sm" wrap="nowrap">
            <PageLink to="/segments/$segmentId" params={{ segmentId: id }} size="sm" truncate title={name}>
              {name}
            </PageLink>
            <Text size="xs" c="dimmed" style={{ flexShrink: 0 }}>
              {t('segments.since', { date: formats.date(since) })}
            </Text>
          </Group>
        ))
      )}
    </Panel>
  )
}
