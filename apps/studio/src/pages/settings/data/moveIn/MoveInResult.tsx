import { Alert, Button, Group, Progress, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { WideTable } from '../../../../parts/WideTable.tsx'
import { useFormats } from '../../../../formats/useFormats.ts'
import { downloadRefusals } from './downloadRefusals.ts'
import { MonthsTable } from './MonthsTable.tsx'
import { stopMoveIn, type MovedFile, type MoveInState } from './moveInRun.ts'
import { RemarkList } from './RemarkList.tsx'

/** By size: a file of ten rows is not half of the work beside one of a million. */
function shareOf(files: readonly MovedFile[]): number {
  const whole = files.reduce((sum, { size }) => sum + size, 0)
  const done = files.reduce(
    (sum, { size, phase, tally }) => sum + size * (phase === 'done' ? 1 : tally.share),
    0,
  )
  return whole === 0 ? 0 : done / whole
}

/** How far moving in has come, and what became of each file, or would. */
export function MoveInResult({ state }: { state: MoveInState }) {
  const { t } = useTranslation('moveIn')
  const { phase, dryRun, files, months, refusals, error } = state
  if (phase === 'idle') return null
  const running = files.find((file) => file.phase === 'running')
  const apart = files.reduce((sum, { tally }) => sum + tally.counts.parked + tally.counts.erased, 0)
  return (
    <Stack gap="sm">
      <Progress.Root size="lg">
        <Progress.Section value={Math.round(100 * shareOf(files))} aria-label={t('progress')} />
      </Progress.Root>
      <Group justify="space-between" gap="sm">
        <Text size="sm" fw={600} role="status" data-testid="move-in-phase" data-phase={phase}>
          {phase === 'running'
            ? t('running', { file: running?.name ?? '' })
            : phase === 'done'
              ? t(dryRun ? 'checked' : 'moved')
              : t('failed')}
        </Text>
        {phase === 'running' ? (
          <Button size="xs" variant="default" onClick={stopMoveIn}>
            {t('stop')}
          </Button>
        ) : null}
      </Group>
      {phase === 'failed' ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {error === 'stopped' ? t('stopped') : error} {dryRun ? null : t('goOn')}
        </Alert>
      ) : null}
      <Counts files={files} dryRun={dryRun} />
      {apart > 0 ? <Text size="sm">{t('apart', { count: apart })}</Text> : null}
      <RemarkList
        title={t('conflicts')}
        text={t('conflictsText')}
        total={files.reduce((sum, { tally }) => sum + tally.conflicts, 0)}
        remarks={files.flatMap(({ name, tally }) =>
          tally.conflictsShown.map((remark) => ({ ...remark, file: name })),
        )}
      />
      <RemarkList
        title={t('refusals')}
        text={t('refusalsText')}
        total={files.reduce((sum, { tally }) => sum + tally.refused, 0)}
        remarks={files.flatMap(({ name, tally }) =>
          tally.refusals.map((remark) => ({ ...remark, file: name })),
        )}
        action={
          phase === 'running' || refusals.length === 0 ? null : (
            <Button size="compact-xs" variant="default" onClick={() => downloadRefusals(refusals)}>
              {t('downloadRefusals')}
            </Button>
          )
        }
      />
      {months ? <MonthsTable {...months} dryRun={dryRun} /> : null}
    </Stack>
  )
}

const ALWAYS: ReadonlySet<string> = new Set(['records', 'fresh', 'refused'])

function Counts({ files, dryRun }: { files: readonly MovedFile[]; dryRun: boolean }) {
  const { t } = useTranslation('moveIn')
  const { number } = useFormats()
  const all = [
    ['records', ({ tally }: MovedFile) => tally.records],
    ...(dryRun
      ? []
      : ([
          ['applied', ({ tally }: MovedFile) => tally.counts.applied],
          ['duplicate', ({ tally }: MovedFile) => tally.counts.duplicate + tally.skipped],
        ] as const)),
    ['fresh', ({ tally }: MovedFile) => tally.counts.fresh],
    ['changed', ({ tally }: MovedFile) => tally.counts.changed],
    ['unchanged', ({ tally }: MovedFile) => tally.counts.unchanged],
    ['suppressed', ({ tally }: MovedFile) => tally.counts.suppressed],
    ['conflicts', ({ tally }: MovedFile) => tally.conflicts],
    ['refused', ({ tally }: MovedFile) => tally.refused],
  ] as const
  // A row of nine columns is read by nobody: what is nothing for every file is left out.
  const columns = all.filter(([name, read]) => ALWAYS.has(name) || files.some((file) => read(file) > 0))
  return (
    <WideTable label={t('counts')} minWidth={480}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('file')}</Table.Th>
          {columns.map(([name]) => (
            <Table.Th key={name} ta="right">
              {t(`columns.${name}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {files.map((file) => (
          <Table.Tr key={`${file.name} ${file.format.id}`}>
            <Table.Td miw={160} style={{ overflowWrap: 'anywhere' }}>
              {file.name}
            </Table.Td>
            {columns.map(([name, read]) => (
              <Table.Td key={name} ta="right" className="figure">
                {number(read(file))}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  )
}
