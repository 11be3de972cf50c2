import { List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SegmentListed } from '../segmentQueries.ts'

/** The journeys and campaigns that name a segment. */
export function UsedBy({ uses }: { uses: SegmentListed['usedBy'] }) {
  const { t } = useTranslation('segments')
  if (uses.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('list.unused')}
      </Text>
    )
  return (
    <List size="sm" listStyleType="none" spacing={2}>
      {uses.map(({ kind, id, name, status }) => (
        <List.Item key={`${kind} ${id} ${status}`}>
          <Text size="sm" truncate maw={260} title={name}>
            {t(`uses.${kind}`, { name })}
          </Text>
        </List.Item>
      ))}
    </List>
  )
}
