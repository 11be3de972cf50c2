import { ScrollArea, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { useMoney } from '../home/useMoney.ts'
import type { Report } from './reportQuery.ts'

type Part = Report['parts'][number]

const COUNTS = ['sent', 'delivered', 'clicked', 'unsubscribed', 'orders'] as const

/** A report by step, by where a template is sent, or by variant. */
export function ReportParts({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const formats = useFormats()
  const money = useMoney()
  const nameOf = ({ journey, campaign, variant, step, template }: Part) => {
    const names = [journey, campaign, variant, step, template].filter((name) => name !== null)
    return names.length === 0 ? t('elsewhere') : names.join(' · ')
  }
  if (report.parts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('none')}
      </Text>
    )
  return (
    <ScrollArea
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t(`parts.${report.kind}`) }}
    >
      <Table verticalSpacing={6} fz="sm" miw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t(`parts.${report.kind}`)}</Table.Th>
            {COUNTS.map((figure) => (
              <Table.Th key={figure} ta="right">
                {t(`figures.${figure}.name`)}
              </Table.Th>
            ))}
            <Table.Th ta="right">{t('figures.revenue.name')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.parts.map((part) => (
            <Table.Tr key={nameOf(part)}>
              <Table.Th fw={400} scope="row">
                {nameOf(part)}
              </Table.Th>
              {COUNTS.map((figure) => (
                <Table.Td key={figure} ta="right">
                  {formats.number(part[figure])}
                </Table.Td>
              ))}
              <Table.Td ta="right">{money(part.revenue) ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
