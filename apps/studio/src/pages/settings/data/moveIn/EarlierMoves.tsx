import { Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { WideTable } from '../../../../parts/WideTable.tsx'
import { api } from '../../../../api/api.ts'
import { ask } from '../../../../api/ask.ts'
import { useFormats } from '../../../../formats/useFormats.ts'
import { useFormatWord } from './useFormatWord.ts'

const SHOWN = 10

/** What was moved in before, and what broke off. */
export function EarlierMoves() {
  const { t } = useTranslation('moveIn')
  const { number, dateTime } = useFormats()
  const formatWord = useFormatWord()
  const { data } = useQuery({
    queryKey: ['imports'],
    // It is made anew when another file is through.
    staleTime: 0,
    queryFn: ({ signal }) => ask(api.moveIn.runs.$get({}, { init: { signal } })),
  })
  const runs = (data?.imports ?? []).slice(0, SHOWN)
  if (runs.length === 0) return null
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('earlier')}
      </Title>
      {runs.some(({ state }) => state !== 'done') ? (
        <Text size="sm" c="dimmed">
          {t('earlierText')}
        </Text>
      ) : null}
      <WideTable label={t('earlier')} minWidth={520} maxHeight={240}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('file')}</Table.Th>
            <Table.Th>{t('is')}</Table.Th>
            <Table.Th ta="right">{t('rows')}</Table.Th>
            <Table.Th>{t('when')}</Table.Th>
            <Table.Th>{t('state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map(({ id, file, format, rows, state, updatedAt }) => (
            <Table.Tr key={id}>
              <Table.Td miw={160} style={{ overflowWrap: 'anywhere' }}>
                {file}
              </Table.Td>
              <Table.Td>{formatWord({ id: format, name: format })}</Table.Td>
              <Table.Td ta="right" className="figure">
                {number(Math.max(0, rows - 1))}
              </Table.Td>
              <Table.Td>{dateTime(updatedAt)}</Table.Td>
              <Table.Td>{t(state === 'done' ? 'stateDone' : 'stateBroken')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </Stack>
  )
}
