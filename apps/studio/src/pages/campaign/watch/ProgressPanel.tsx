import { Progress, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import type { CampaignFigures } from '../../campaigns/campaignQueries.ts'
import { useSkipReason } from './useSkipReason.ts'

const STATES = [
  'sent',
  'waiting',
  'queued',
  'sending',
  'skipped',
  'refused',
  'failed',
  'expired',
  'dead',
  'unknown',
  'cancelled',
  'erased',
] as const
const UNDER_WAY: ReadonlySet<string> = new Set(['waiting', 'queued', 'sending'])

/** Where everybody of the audience is: each in exactly one line, with the reasons. */
export function ProgressPanel({ figures, isFrozen }: { figures: CampaignFigures; isFrozen: boolean }) {
  const { t } = useTranslation('campaigns')
  const { number, percent } = useFormats()
  const reasonOf = useSkipReason()
  const { audience } = figures
  const rows = STATES.map((state) => {
    const figure = figures[state]
    return typeof figure === 'number'
      ? { state, people: figure, reasons: [] as [string, number][] }
      : {
          state,
          people: figure.total,
          reasons: Object.entries(figure.reasons).toSorted(([, one], [, other]) => other - one),
        }
  }).filter(({ state, people }) => people > 0 || state === 'sent')
  const settled = rows.reduce((sum, { state, people }) => (UNDER_WAY.has(state) ? sum : sum + people), 0)
  const share = (people: number) => (audience > 0 ? percent(people / audience, 1) : '')
  if (!isFrozen)
    return (
      <Panel title={t('watch.figures')}>
        <Text size="sm">{t('watch.notFrozen')}</Text>
      </Panel>
    )
  return (
    <Panel title={t('watch.audience')} text={t('watch.adds')}>
      <div>
        <Text size="sm" mb={4} className="figure">
          {t('watch.progress', { settled: number(settled), audience: number(audience) })}
        </Text>
        <Progress
          value={audience > 0 ? (settled / audience) * 100 : 0}
          aria-label={t('watch.progress', { settled: number(settled), audience: number(audience) })}
        />
      </div>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('recipients.state')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('list.audience')}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="xs">
              {t('watch.share')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.flatMap(({ state, people, reasons }) => [
            <Table.Tr key={state}>
              <Table.Th scope="row">{t(`watch.states.${state}`)}</Table.Th>
              <Table.Td ta="right" className="figure">
                {number(people)}
              </Table.Td>
              <Table.Td ta="right" className="figure" visibleFrom="xs">
                {share(people)}
              </Table.Td>
            </Table.Tr>,
            ...reasons.map(([reason, some]) => (
              <Table.Tr key={`${state} ${reason}`}>
                <Table.Td pl="xl">
                  <Text size="sm" c="dimmed" className="any-text">
                    {reasonOf(reason, state === 'skipped' ? 'refused' : (state as 'failed'))}
                  </Text>
                </Table.Td>
                <Table.Td ta="right" c="dimmed" className="figure">
                  {number(some)}
                </Table.Td>
                <Table.Td ta="right" c="dimmed" className="figure" visibleFrom="xs">
                  {share(some)}
                </Table.Td>
              </Table.Tr>
            )),
          ])}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}
