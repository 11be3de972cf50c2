import type { Remark } from '@ciclo/csv'
import { Group, Stack, Table, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { WideTable } from '../../../../parts/WideTable.tsx'
import { useFormats } from '../../../../formats/useFormats.ts'

/** Rows that somebody has to look at, each with its file, its number and why. */
export function RemarkList({
  title,
  text,
  total,
  remarks,
  action,
}: {
  title: string
  text: string
  total: number
  remarks: readonly (Remark & { file: string })[]
  action?: ReactNode
}) {
  const { t } = useTranslation('moveIn')
  const { number } = useFormats()
  if (total === 0) return null
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Title order={3} size="h5">
          {title} ({number(total)})
        </Title>
        {action}
      </Group>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      <WideTable label={title} maxHeight={240}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={80} ta="right">
              {t('row')}
            </Table.Th>
            <Table.Th>{t('reason')}</Table.Th>
            <Table.Th>{t('file')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {remarks.map(({ file, row, reason }) => (
            <Table.Tr key={`${file} ${row} ${reason}`}>
              <Table.Td ta="right" className="figure">
                {number(row)}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{reason}</Table.Td>
              <Table.Td miw={160} style={{ overflowWrap: 'anywhere' }}>
                {file}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
      {total > remarks.length ? (
        <Text size="xs" c="dimmed">
          {t('more', { count: total - remarks.length })}
        </Text>
      ) : null}
    </Stack>
  )
}
