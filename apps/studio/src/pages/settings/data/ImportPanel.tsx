import { Alert, Button, FileInput, Group, SegmentedControl, Stack } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { ColumnMapping } from './ColumnMapping.tsx'
import { ImportProgress } from './ImportProgress.tsx'
import { importStore, resetImport, runImport, type ImportKind, type ImportMapping } from './importRun.ts'
import { readHeader } from './readHeader.ts'

/** A file of customers or orders: its columns, what would become of it, and then it is taken in. */
export function ImportPanel() {
  const { t } = useTranslation('settings')
  const [kind, setKind] = useState<ImportKind>('customers')
  const [file, setFile] = useState<File | null>(null)
  const [mapping, setMapping] = useState<ImportMapping>({})
  const state = useSyncExternalStore(importStore.subscribe, importStore.read)
  const header = useMutation({
    mutationFn: (given: { file: File; kind: ImportKind }) => readHeader(given.file, given.kind),
    onSuccess: ({ fields }) =>
      setMapping(Object.fromEntries(fields.map(({ field, column }) => [field, column]))),
  })
  const look = (next: { file: File | null; kind: ImportKind }) => {
    setFile(next.file)
    setKind(next.kind)
    resetImport()
    header.reset()
    if (next.file) header.mutate({ file: next.file, kind: next.kind })
  }
  const isRunning = state.phase === 'running'
  const found = header.data
  const missing = (found?.fields ?? []).filter(
    ({ field, isNeeded }) => isNeeded && (mapping[field] ?? null) === null,
  )
  const isNamed = ['email', 'user_id'].some((field) => (mapping[field] ?? null) !== null)
  const isReady = found !== undefined && missing.length === 0 && isNamed && !isRunning
  const isChecked = state.phase === 'done' && state.plan?.dryRun === true && state.plan.file === file
  const run = (dryRun: boolean) => {
    if (file && found) void runImport({ file, kind, mapping, dryRun })
  }
  return (
    <Panel title={t('import.title')} text={t('import.text')}>
      <Group align="flex-end" gap="md">
        <SegmentedControl
          aria-label={t('import.kind')}
          value={kind}
          disabled={isRunning}
          onChange={(value) => look({ file, kind: value === 'orders' ? 'orders' : 'customers' })}
          data={(['customers', 'orders'] as const).map((value) => ({
            value,
            label: t(`import.kinds.${value}`),
          }))}
        />
        <FileInput
          flex="1 1 240px"
          maw={420}
          label={t('import.file')}
          placeholder={t('import.choose')}
          accept=".csv,.tsv,.txt,text/csv"
          disabled={isRunning}
          value={file}
          onChange={(next) => look({ file: next, kind })}
          leftSection={<IconFileSpreadsheet size={18} stroke={1.6} aria-hidden />}
        />
      </Group>
      {header.error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(header.error)}
        </Alert>
      ) : null}
      {found && !isRunning ? (
        <Stack gap="sm">
          <ColumnMapping
            header={found}
            mapping={mapping}
            onChange={(next) => {
              resetImport()
              setMapping(next)
            }}
          />
          {missing.length > 0 || !isNamed ? (
            <Alert color="yellow" variant="light" p="xs">
              {missing.length > 0
                ? t('import.missing', {
                    fields: missing.map(({ field }) => t(`import.fields.${field as 'email'}`)).join(', '),
                  })
                : t('import.nobody')}
            </Alert>
          ) : null}
          <Group gap="xs" justify="flex-end">
            <Button variant={isChecked ? 'default' : 'filled'} disabled={!isReady} onClick={() => run(true)}>
              {t('import.check')}
            </Button>
            <Button disabled={!isReady || !isChecked || state.read === 0} onClick={() => run(false)}>
              {t('import.go')}
            </Button>
          </Group>
        </Stack>
      ) : null}
      <ImportProgress state={state} />
    </Panel>
  )
}
