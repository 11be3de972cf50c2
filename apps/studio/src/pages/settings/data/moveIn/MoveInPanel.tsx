import { Alert, Button, FileInput, Group, Loader, Stack, Text } from '@mantine/core'
import { IconFiles } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../../api/apiProblem.ts'
import { Panel } from '../../../../parts/Panel.tsx'
import { chooseFiles, lookAt, type ChosenFile } from './chooseFiles.ts'
import { ChosenFiles } from './ChosenFiles.tsx'
import { EarlierMoves } from './EarlierMoves.tsx'
import { MoveInResult } from './MoveInResult.tsx'
import { moveInStore, resetMoveIn, runMoveIn } from './moveInRun.ts'

/** The exports of another system: what they are, what would come of them, and then they are taken in. */
export function MoveInPanel() {
  const { t } = useTranslation('moveIn')
  const [picked, setPicked] = useState<File[]>([])
  const [chosen, setChosen] = useState<readonly ChosenFile[]>([])
  /** The files that a dry run has looked at. */
  const [checked, setChecked] = useState<readonly ChosenFile[] | null>(null)
  const state = useSyncExternalStore(moveInStore.subscribe, moveInStore.read)
  const looking = useMutation({ mutationFn: chooseFiles, onSuccess: setChosen })
  const again = useMutation({
    mutationFn: async ({ file, encoding }: { file: ChosenFile; encoding: ChosenFile['encoding'] }) => ({
      file,
      next: await lookAt(file.source, encoding),
    }),
    onSuccess: ({ file, next }) => setChosen((known) => known.map((one) => (one === file ? next : one))),
  })
  const isRunning = state.phase === 'running'
  const known = chosen.filter(({ format }) => format !== null)
  const isReady = known.length > 0 && !isRunning && !looking.isPending && !again.isPending
  const isChecked = checked === chosen && state.phase === 'done' && state.dryRun
  const pick = (files: File[]) => {
    setPicked(files)
    setChosen([])
    resetMoveIn()
    looking.reset()
    if (files.length > 0) looking.mutate(files)
  }
  const check = async () => {
    setChecked(chosen)
    await runMoveIn(chosen, true)
  }
  return (
    <Panel title={t('title')} text={t('text')}>
      <FileInput
        multiple
        maw={520}
        label={t('files')}
        description={t('filesHelp')}
        placeholder={t('choose')}
        accept=".csv,.tsv,.txt,.zip,text/csv,application/zip"
        disabled={isRunning}
        value={picked}
        onChange={pick}
        leftSection={<IconFiles size={18} stroke={1.6} aria-hidden />}
      />
      {looking.isPending ? (
        <Group gap="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t('looking')}</Text>
        </Group>
      ) : null}
      {looking.error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(looking.error)}
        </Alert>
      ) : null}
      {chosen.length > 0 ? (
        <Stack gap="sm">
          <ChosenFiles
            files={chosen}
            isLocked={isRunning || again.isPending}
            onEncoding={(file, encoding) => {
              resetMoveIn()
              again.mutate({ file, encoding })
            }}
            onRemove={(file) => {
              resetMoveIn()
              setChosen(chosen.filter((one) => one !== file))
            }}
          />
          <Group gap="xs" justify="flex-end">
            <Button
              variant={isChecked ? 'default' : 'filled'}
              disabled={!isReady}
              onClick={() => void check()}
            >
              {t('check')}
            </Button>
            <Button disabled={!isReady || !isChecked} onClick={() => void runMoveIn(chosen, false)}>
              {t('go')}
            </Button>
          </Group>
        </Stack>
      ) : null}
      <MoveInResult state={state} />
      <EarlierMoves key={state.phase} />
    </Panel>
  )
}
