import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/Panel.tsx'
import { JourneyRow } from './JourneyRow.tsx'
import type { JourneyListed } from './journeysQuery.ts'

/** Journeys, one a row. */
export function JourneyTable({ journeys }: { journeys: readonly JourneyListed[] }) {
  const { t } = useTranslation('journeys')
  if (journeys.length === 0)
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('list.noneFound')}
      </Text>
    )
  return (
    <Panel>
      <Table verticalSpacing="sm" horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('list.name')}</Table.Th>
            <Table.Th scope="col">{t('list.status')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('list.running')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              {t('list.ended')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              {t('list.goals')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="md">
              {t('list.versions')}
            </Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {journeys.map((journey) => (
            <JourneyRow key={journey.id} journey={journey} />
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}
