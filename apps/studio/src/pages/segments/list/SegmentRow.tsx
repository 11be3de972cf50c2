import { Anchor, Badge, Progress, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { describeRule } from '../rule/describeRule.ts'
import { useRuleWords } from '../rule/useRuleWords.ts'
import type { SegmentListed } from '../segmentQueries.ts'
import { SegmentMenu } from './SegmentMenu.tsx'
import { UsedBy } from './UsedBy.tsx'

/** One segment of the list. */
export function SegmentRow({ segment }: { segment: SegmentListed }) {
  const { t } = useTranslation('segments')
  const { number } = useFormats()
  const { words } = useRuleWords()
  const { id, name, rule, customers, week, status, usedBy, building } = segment
  const sentence = describeRule(rule, words)
  const change = week.entered - week.left
  const moves = t('list.weekMoves', { entered: number(week.entered), left: number(week.left) })
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±'
  return (
    <Table.Tr>
      <Table.Td maw={0} w="100%">
        <Anchor
          renderRoot={(props) => (
            <Link to="/segments/$segmentId" params={{ segmentId: id }} search={{}} {...props} />
          )}
          fw={600}
          size="sm"
          truncate
          display="block"
          title={name}
        >
          {name}
        </Anchor>
        <Text size="xs" c="dimmed" lineClamp={2} title={sentence}>
          {sentence}
        </Text>
      </Table.Td>
      <Table.Td ta="right" className="figure">
        {number(customers)}
      </Table.Td>
      <Table.Td
        ta="right"
        className="figure"
        visibleFrom="sm"
        title={moves}
        style={{ whiteSpace: 'nowrap' }}
        aria-label={moves}
      >
        {`${sign}${number(Math.abs(change))}`}
      </Table.Td>
      <Table.Td visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
        <Badge variant={status === 'live' ? 'light' : 'default'}>{t(`status.${status}`)}</Badge>
        {building ? (
          <Progress
            mt={4}
            size={4}
            value={building.total === 0 ? 100 : (100 * building.customers) / building.total}
            aria-label={t('building.label')}
          />
        ) : null}
      </Table.Td>
      <Table.Td visibleFrom="lg" miw={180}>
        <UsedBy uses={usedBy} />
      </Table.Td>
      <Table.Td p={0}>
        <SegmentMenu segment={segment} />
      </Table.Td>
    </Table.Tr>
  )
}
