import { NativeSelect, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportMapping } from './importRun.ts'
import type { Header } from './readHeader.ts'

/** Which column of the file holds what, with the first value as an example. */
export function ColumnMapping({
  header: { names, samples, fields },
  mapping,
  onChange,
}: {
  header: Header
  mapping: ImportMapping
  onChange: (mapping: ImportMapping) => void
}) {
  const { t } = useTranslation('settings')
  const columns = [
    { value: '', label: t('import.none') },
    ...names.map((name, place) => ({ value: String(place), label: name === '' ? `#${place + 1}` : name })),
  ]
  return (
    <Table.ScrollContainer minWidth={360}>
      <Table verticalSpacing={4} aria-label={t('import.columns')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.field')}</Table.Th>
            <Table.Th>{t('import.column')}</Table.Th>
            <Table.Th>{t('import.example')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map(({ field, isNeeded }) => {
            const label = t(`import.fields.${field as 'email'}`)
            const column = mapping[field] ?? null
            const example =
              column === null ? '' : (samples.find((row) => row[column]?.trim())?.[column] ?? '')
            return (
              <Table.Tr key={field}>
                <Table.Td>
                  {label}
                  {isNeeded ? (
                    <Text component="span" c="var(--mantine-color-error)">
                      {' *'}
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td>
                  <NativeSelect
                    size="xs"
                    aria-label={t('import.columnOf', { field: label })}
                    value={column === null ? '' : String(column)}
                    onChange={({ currentTarget: { value } }) =>
                      onChange({ ...mapping, [field]: value === '' ? null : Number(value) })
                    }
                    data={columns}
                  />
                </Table.Td>
                <Table.Td>
                  <Text size="xs" c="dimmed" truncate maw={220} title={example}>
                    {example}
                  </Text>
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
