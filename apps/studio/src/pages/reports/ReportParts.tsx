import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { useMoney } from '../home/useMoney.ts'
import type { Report } from './reportQuery.ts'
import classes from './ReportParts.module.css'

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
  const figures = COUNTS.map((figure) => t(`figures.${figure}.name`))
  const revenue = t('figures.revenue.name')
  return (
    <div className={classes['parts']}>
      {/* The roles stay what they are where a row is laid out as a block. */}
      <Table role="table" className={classes['table'] ?? ''} verticalSpacing={6} fz="sm">
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            <Table.Th role="columnheader">{t(`parts.${report.kind}`)}</Table.Th>
            {[...figures, revenue].map((name) => (
              <Table.Th key={name} role="columnheader" className={classes['figure'] ?? ''}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {report.parts.map((part) => (
            <Table.Tr key={nameOf(part)} role="row">
              <Table.Th fw={400} scope="row" role="rowheader" className="any-text">
                {nameOf(part)}
              </Table.Th>
              {COUNTS.map((figure, place) => (
                <Table.Td
                  key={figure}
                  role="cell"
                  className={classes['figure'] ?? ''}
                  data-name={figures[place]}
                >
                  {formats.number(part[figure])}
                </Table.Td>
              ))}
              <Table.Td role="cell" className={classes['figure'] ?? ''} data-name={revenue}>
                {money(part.revenue) ?? '–'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
