import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import type { SegmentListed } from '../segmentQueries.ts'
import { SegmentRow } from './SegmentRow.tsx'

/** The saved segments: how many are in each, how that changes, and what each means. */
export function SegmentsTable({ segments }: { segments: readonly SegmentListed[] }) {
  const { t } = useTranslation('segments')
  if (segments.length === 0)
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('list.noneFound')}
      </Text>
    )
  return (
    <Panel>
      <Table verticalSpacing="sm" horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('list.name')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('list.customers')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
              {t('list.week')}
            </Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              {t('list.status')}
            </Table.Th>
            <Table.Th scope="col" visibleFrom="lg">
              {t('list.usedBy')}
            </Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {segments.map((segment) => (
            <SegmentRow key={segment.id} segment={segment} />
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}
