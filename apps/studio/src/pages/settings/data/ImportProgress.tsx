import { Alert, Button, Group, Progress, ScrollArea, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { stopImport, type ImportState } from './importRun.ts'

/** How far an import has come, and what became of its rows. */
export function ImportProgress({ state }: { state: ImportState }) {
  const { t } = useTranslation('settings')
  const { number } = useFormats()
  const { phase, plan } = state
  if (phase === 'idle' || !plan) return null
  const percent = Math.round(state.share * 100)
  const summary = plan.dryRun
    ? t('import.wouldBe', {
        rows: number(state.rows),
        read: number(state.read),
        refused: number(state.refused),
      })
    : t('import.became', {
        applied: number(state.applied),
        duplicate: number(state.duplicate),
        refused: number(state.refused),
      })
  return (
    <Stack gap="sm">
      <Progress.Root size="lg">
        <Progress.Section value={percent} aria-label={t('import.progress')} />
      </Progress.Root>
      <Group justify="space-between" gap="sm">
        <Text size="sm" fw={600} role="status" data-testid="import-summary" data-phase={phase}>
          {t(`import.phase.${phase}`)} {plan.file.name}: {summary}
        </Text>
        {phase === 'running' ? (
          <Button size="xs" variant="default" onClick={stopImport}>
            {t('import.stop')}
          </Button>
        ) : null}
      </Group>
      {state.skipped > 0 ? (
        <Text size="sm">{t('import.skipped', { rows: number(state.skipped) })}</Text>
      ) : null}
      {state.parked + state.erased > 0 ? (
        <Text size="sm">
          {t('import.apart', { parked: number(state.parked), erased: number(state.erased) })}
        </Text>
      ) : null}
      {phase === 'failed' ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {state.error === 'stopped' ? t('import.stopped') : state.error} {t('import.goOn')}
        </Alert>
      ) : null}
      {state.refusals.length > 0 ? (
        <ScrollArea.Autosize mah={260} viewportProps={{ tabIndex: 0, 'aria-label': t('import.refusals') }}>
          <Table verticalSpacing={4} aria-label={t('import.refusals')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={80}>{t('import.row')}</Table.Th>
                <Table.Th>{t('import.reason')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {state.refusals.map(({ row, reason }) => (
                <Table.Tr key={`${row} ${reason}`}>
                  <Table.Td className="figure">{number(row)}</Table.Td>
                  <Table.Td>{reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      ) : null}
    </Stack>
  )
}
