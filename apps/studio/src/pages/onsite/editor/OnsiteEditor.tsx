import { Alert, Box, Button, Grid, Group, Stack, Text, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import type { OnsiteMessage } from '@ciclo/engine'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { DraftNotes, DraftStatusLine } from '../../../drafts/DraftStatusLine.tsx'
import { PageTitle } from '../../../parts/PageTitle.tsx'
import { useMayChange } from '../../segments/useMayChange.ts'
import { FieldsPanel } from '../fields/FieldsPanel.tsx'
import { FrequencyPanel } from '../fields/FrequencyPanel.tsx'
import { LooksPanel } from '../fields/LooksPanel.tsx'
import { OfferPanel } from '../fields/OfferPanel.tsx'
import { RulesPanel } from '../fields/RulesPanel.tsx'
import { TimePanel } from '../fields/TimePanel.tsx'
import { WordsPanel } from '../fields/WordsPanel.tsx'
import { onsiteListQuery } from '../onsiteQueries.ts'
import { FiguresPanel } from '../preview/FiguresPanel.tsx'
import { OnsitePreview } from '../preview/OnsitePreview.tsx'
import { EditorActions } from './EditorActions.tsx'
import classes from '../../../parts/Beside.module.css'
import { OnsiteEditingProvider, type OnsiteEditing } from './onsiteEditing.ts'
import { findProblems } from './onsiteProblems.ts'
import { useDescribeDifference } from './useDescribeDifference.ts'
import { useOnsiteDraft } from './useOnsiteDraft.ts'

/** An on-site message that is written, beside what a visitor sees of it. */
export function OnsiteEditor({ stored }: { stored: { message: OnsiteMessage; hash: string } }) {
  const { t } = useTranslation('onsite')
  const isReadOnly = !useMayChange()
  const queryClient = useQueryClient()
  const describe = useDescribeDifference()
  const { id } = stored.message
  const editor = useOnsiteDraft({
    id,
    start: { value: stored.message, hash: stored.hash },
    isReadOnly,
  })
  const { draft, message, isLive, isPending, isStale, change, publish, discard, switchLive, undo, redo } =
    editor
  const problems = useMemo(() => findProblems(message), [message])
  const isComplete = problems.length === 0
  const editing = useMemo((): OnsiteEditing => {
    const said = new Map(
      problems.map(({ path, word, message: theirs }) => [
        path,
        word === undefined ? theirs : t(`problems.${word}`),
      ]),
    )
    return {
      message,
      isReadOnly,
      change,
      problemAt: (path) => said.get(path),
      problemBelow: (path) =>
        [...said].find(([place]) => place === path || place.startsWith(`${path}.`))?.[1],
    }
  }, [message, isReadOnly, change, problems, t])
  useHotkeys([
    ['mod+Z', () => undo?.()],
    ['mod+shift+Z', () => redo?.()],
    ['mod+Y', () => redo?.()],
  ])
  const tell = async (work: Promise<void>, done?: string) => {
    try {
      await work
      if (done !== undefined) notifications.show({ message: done })
    } catch (error) {
      notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 })
    }
    await queryClient.invalidateQueries({ queryKey: onsiteListQuery.queryKey, exact: true })
  }
  const { name, kind } = message
  const asks = kind === 'signUp' || kind === 'contest' || kind === 'survey'
  return (
    <OnsiteEditingProvider value={editing}>
      <PageTitle
        title={name.trim() || t('title')}
        text={
          <Group gap="sm">
            <Text span size="sm">
              {t(`kinds.${kind}.name`)} · {id}
            </Text>
            {isReadOnly || isPending ? null : <DraftStatusLine draft={draft} />}
          </Group>
        }
        actions={
          <EditorActions
            name={name}
            id={id}
            isLive={isLive}
            isReadOnly={isReadOnly}
            mayGoLive={isComplete}
            onLive={(isOn) =>
              void tell(switchLive(isOn), t(isOn ? 'editor.isLive' : 'editor.isOff', { name }))
            }
            undo={undo}
            redo={redo}
          />
        }
      />
      {isReadOnly ? (
        <Text size="sm" c="dimmed" mb="md">
          {t('readOnly')}
        </Text>
      ) : (draft.status === 'refused' && !isComplete) || (draft.status === 'saved' && isPending) ? null : (
        <DraftNotes draft={draft} describe={describe} />
      )}
      {isPending && !isReadOnly ? (
        <Alert color={isStale ? 'orange' : 'blue'} mb="md" role="status">
          <Group justify="space-between" gap="sm">
            <Text size="sm" flex={1} miw={240}>
              {t(isStale ? 'editor.stale' : 'editor.pending')}
            </Text>
            <Group gap="xs">
              <Button size="xs" onClick={() => void tell(publish())} disabled={!isComplete}>
                {t('editor.publish')}
              </Button>
              <Button size="xs" variant="default" onClick={discard}>
                {t('editor.discard')}
              </Button>
            </Group>
          </Group>
        </Alert>
      ) : null}
      {isComplete || isReadOnly ? null : (
        <Alert color="orange" mb="md" role="status" title={t('editor.problems', { count: problems.length })}>
          {t('editor.faulty')}
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="md">
            <TextInput
              label={t('begin.name')}
              description={t('begin.nameText')}
              maxLength={200}
              readOnly={isReadOnly}
              value={name}
              onChange={({ currentTarget }) => change({ name: currentTarget.value }, 'name')}
              error={editing.problemAt('name')}
            />
            <WordsPanel />
            {asks ? <FieldsPanel /> : <OfferPanel />}
            <TimePanel />
            <RulesPanel />
            <FrequencyPanel />
            <LooksPanel />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Box className={classes['beside']}>
            <Stack gap="md">
              <OnsitePreview message={message} isComplete={isComplete} />
              <FiguresPanel message={message} />
            </Stack>
          </Box>
        </Grid.Col>
      </Grid>
    </OnsiteEditingProvider>
  )
}
