import { Group, Paper, SimpleGrid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Definition } from '../home/Definition.tsx'
import { useMoney } from '../home/useMoney.ts'
import type { Report } from './reportQuery.ts'

interface Tile {
  name: string
  definition: string
  value: string
  /** Of how many it is a part. */
  of?: string | undefined
}

/** The figures of a report, each with what it means. */
export function ReportTiles({ totals }: { totals: Report['totals'] }) {
  const { t } = useTranslation('reports')
  const formats = useFormats()
  const money = useMoney()
  const share = (part: number, whole: number) => (whole > 0 ? formats.percent(part / whole, 1) : undefined)
  const { sent, delivered } = totals
  const counts = [
    ['sent', undefined],
    ['delivered', share(delivered, sent)],
    ['clicked', share(totals.clicked, delivered)],
    ['people', undefined],
    ['bounced', share(totals.bounced, sent)],
    ['unsubscribed', share(totals.unsubscribed, delivered)],
    ['complained', share(totals.complained, delivered)],
    ['orders', undefined],
  ] as const
  const tiles: Tile[] = [
    ...counts.map(([figure, of]) => ({
      name: t(`figures.${figure}.name`),
      definition: t(`figures.${figure}.definition`),
      value: formats.number(totals[figure]),
      of,
    })),
    {
      name: t('figures.revenue.name'),
      definition: t('figures.revenue.definition'),
      value: money(totals.revenue) ?? '–',
    },
  ]
  return (
    <SimpleGrid
      cols={{ base: 2, sm: 3 }}
      spacing="sm"
      component="ul"
      p={0}
      m={0}
      style={{ listStyle: 'none' }}
    >
      {tiles.map(({ name, definition, value, of }) => (
        <Paper key={name} component="li" withBorder p="sm">
          <Group gap={4} wrap="nowrap">
            <Text size="sm" c="dimmed">
              {name}
            </Text>
            <Definition name={name} text={definition} />
          </Group>
          <Text fz="xl" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
          {of === undefined ? null : (
            <Text size="xs" c="dimmed">
              {of}
            </Text>
          )}
        </Paper>
      ))}
    </SimpleGrid>
  )
}
