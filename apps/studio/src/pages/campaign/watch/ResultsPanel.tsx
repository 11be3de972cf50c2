import { List, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import type { CampaignFigures } from '../../campaigns/campaignQueries.ts'

const COLUMNS = ['recipients', 'delivered', 'clicked', 'unsubscribed', 'bounced', 'complained'] as const

/** What people did with the mail, by variant, and whether one does better than the first. */
export function ResultsPanel({ figures: { variants, comparisons } }: { figures: CampaignFigures }) {
  const { t } = useTranslation('campaigns')
  const { number, percent } = useFormats()
  const points = (share: number | null) => (share === null ? '–' : number(Math.round(share * 1_000) / 10))
  const isCompared = variants.length > 1
  return (
    <Panel title={t('results.title')} text={t('results.text')}>
      <Table.ScrollContainer minWidth={520} type="native">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('results.variant')}</Table.Th>
              {COLUMNS.map((column) => (
                <Table.Th key={column} scope="col" ta="right">
                  {t(`results.${column}`)}
                </Table.Th>
              ))}
              <Table.Th scope="col" ta="right">
                {t('results.rate')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {variants.map((variant) => (
              <Table.Tr key={variant.id}>
                <Table.Th scope="row">{isCompared ? variant.id : t('results.all')}</Table.Th>
                {COLUMNS.map((column) => (
                  <Table.Td key={column} ta="right" className="figure">
                    {number(variant[column])}
                  </Table.Td>
                ))}
                <Table.Td ta="right" className="figure">
                  {variant.clickRate.value === null ? '–' : percent(variant.clickRate.value, 1)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {comparisons.length === 0 ? null : (
        <>
          <List spacing="xs">
            {comparisons.map(({ variant, with: first, verdict, difference, low, high }) => (
              <List.Item key={variant}>
                <Text size="sm" fw={600}>
                  {t(`results.verdicts.${verdict}`, { variant, with: first })}
                </Text>
                {difference === null ? null : (
                  <Text size="sm" c="dimmed">
                    {t('results.interval', {
                      difference: points(difference),
                      low: points(low),
                      high: points(high),
                    })}
                  </Text>
                )}
              </List.Item>
            ))}
          </List>
          <Text size="xs" c="dimmed">
            {t('results.look')}
          </Text>
        </>
      )}
    </Panel>
  )
}
