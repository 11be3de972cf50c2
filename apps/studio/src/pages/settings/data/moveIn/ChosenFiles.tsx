import { ActionIcon, Group, Select, Stack, Table, Text } from '@mantine/core'
import { ENCODINGS, type Encoding } from '@ciclo/csv'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { WideTable } from '../../../../parts/WideTable.tsx'
import { useFormatWord } from './useFormatWord.ts'
import type { ChosenFile } from './chooseFiles.ts'

/** What was made out of each chosen file, or why it is of no use. */
export function ChosenFiles({
  files,
  isLocked,
  onEncoding,
  onRemove,
}: {
  files: readonly ChosenFile[]
  isLocked: boolean
  onEncoding: (file: ChosenFile, encoding: Encoding) => void
  onRemove: (file: ChosenFile) => void
}) {
  const { t } = useTranslation('moveIn')
  return (
    <WideTable label={t('chosen')} minWidth={460} maxHeight={420}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('file')}</Table.Th>
          <Table.Th>{t('is')}</Table.Th>
          <Table.Th w={44} aria-label={t('removeColumn')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {files.map((file) => (
          <Table.Tr key={`${file.name} ${file.size}`}>
            <Table.Td miw={160} style={{ overflowWrap: 'anywhere' }}>
              {file.name}
            </Table.Td>
            <Table.Td>
              <WhatItIs
                file={file}
                isLocked={isLocked}
                onEncoding={(encoding) => onEncoding(file, encoding)}
              />
            </Table.Td>
            <Table.Td>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={isLocked}
                aria-label={t('remove', { file: file.name })}
                onClick={() => onRemove(file)}
              >
                <IconX size={16} stroke={1.8} aria-hidden />
              </ActionIcon>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  )
}

function WhatItIs({
  file: { name, format, problem, nearest, isGuess, encoding, firstRow },
  isLocked,
  onEncoding,
}: {
  file: ChosenFile
  isLocked: boolean
  onEncoding: (encoding: Encoding) => void
}) {
  const { t } = useTranslation('moveIn')
  const formatWord = useFormatWord()
  if (problem !== null)
    return (
      <Text size="sm" c="red">
        {problem}
      </Text>
    )
  if (!format)
    return (
      <Stack gap={2}>
        <Text size="sm" c="red">
          {t('unknown')}
        </Text>
        {nearest.slice(0, 1).map((one) => (
          <Text key={one.name} size="xs" c="dimmed">
            {t('nearest', { name: one.name, columns: one.missing.join(', ') })}
          </Text>
        ))}
      </Stack>
    )
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {formatWord(format)}
      </Text>
      {isGuess ? (
        <>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('firstRow', { row: firstRow.join(', ').slice(0, 120) })}
          </Text>
          <Group gap="xs">
            <Select
              size="xs"
              w={170}
              aria-label={t('encodingOf', { file: name })}
              disabled={isLocked}
              allowDeselect={false}
              data={[...ENCODINGS]}
              value={encoding}
              onChange={(value) => {
                const chosen = ENCODINGS.find((one) => one === value)
                if (chosen) onEncoding(chosen)
              }}
            />
            <Text size="xs" c="dimmed">
              {t('encodingHelp')}
            </Text>
          </Group>
        </>
      ) : null}
    </Stack>
  )
}
