import { Alert, Box, Grid, Text } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { useBlocker } from '@tanstack/react-router'
import { useCallback, useReducer, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../../parts/PageTitle.tsx'
import { startHistory, stepHistory } from '../../../drafts/editHistory.ts'
import { nodeOf, ruleOf, type RuleNode } from '../rule/ruleTree.ts'
import { segmentIdOf } from '../rule/segmentIdOf.ts'
import type { SegmentListed } from '../segmentQueries.ts'
import { useMayChange } from '../useMayChange.ts'
import { BuildProgress } from './BuildProgress.tsx'
import { CountBar } from './CountBar.tsx'
import { EditorActions } from './EditorActions.tsx'
import { NameFields } from './NameFields.tsx'
import { PreviewPanel } from './PreviewPanel.tsx'
import { RuleBuilder } from './RuleBuilder.tsx'
import classes from './SegmentEditor.module.css'
import { useRulePreview } from './useRulePreview.ts'
import { useSaveSegment } from './useSaveSegment.ts'

interface BegunSegment {
  name: string
  rule: unknown
}

/** A segment that is written: its name, its rule, and whom that is true of as it stands. */
export function SegmentEditor({
  segment,
  begun,
  taken,
}: {
  /** As it was saved; undefined for a new one. */
  segment: SegmentListed | undefined
  /** What a new one begins with. */
  begun: BegunSegment
  /** The ids that others have. */
  taken: ReadonlySet<string>
}) {
  const { t } = useTranslation('segments')
  const isReadOnly = !useMayChange()
  const start = segment ?? begun
  const [history, edit] = useReducer(stepHistory<RuleNode>, start.rule, (rule) => startHistory(nodeOf(rule)))
  const [name, setName] = useState(start.name)
  const [ownId, setOwnId] = useState<string>()
  const [isTried, setTried] = useState(false)
  const rulePreview = useRulePreview(history.value)
  const rule = ruleOf(history.value)
  const id = segment?.id ?? ownId ?? segmentIdOf(name, taken)
  // What is kept may have been written with its fields in another order.
  const [kept, setKept] = useState(
    segment ? { name: segment.name, rule: JSON.stringify(segment.rule) } : undefined,
  )
  const isChanged = kept
    ? kept.name !== name.trim() || kept.rule !== JSON.stringify(rule)
    : name !== begun.name || history.past.length > 0
  const saving = useSaveSegment({
    isNew: segment === undefined,
    onSaved: (saved) => setKept({ name: saved.name, rule: JSON.stringify(rule) }),
  })
  const { isError, reset } = saving
  const change = useCallback(
    (root: RuleNode, field?: string) => {
      // What the server has said was of the rule as it was.
      if (isError) reset()
      edit({ type: 'edit', value: root, field })
    },
    [isError, reset],
  )
  const undo = useCallback(() => edit({ type: 'undo' }), [])
  const redo = useCallback(() => edit({ type: 'redo' }), [])
  const isEmpty = history.value.type === 'group' && history.value.parts.length === 0
  const isFaulty = isEmpty || rulePreview.problems.length > 0
  const save = () => {
    setTried(true)
    if (isReadOnly || name.trim() === '' || isFaulty || saving.isPending) return
    saving.mutate({ id, name: name.trim(), rule })
  }
  useBlocker({
    shouldBlockFn: () => isChanged && !isReadOnly && !window.confirm(t('save.leave')),
    enableBeforeUnload: () => isChanged && !isReadOnly,
  })
  return (
    <Box onKeyDown={getHotkeyHandler([['mod+S', save]])}>
      <PageTitle
        title={name.trim() || t('new')}
        actions={
          <EditorActions
            segment={segment}
            isReadOnly={isReadOnly}
            isSaving={saving.isPending}
            isChanged={isChanged || segment === undefined}
            onSave={save}
            undo={history.past.length > 0 ? undo : undefined}
            redo={history.future.length > 0 ? redo : undefined}
          />
        }
      />
      {isReadOnly ? (
        <Text size="sm" c="dimmed" mb="md">
          {t('readOnly')}
        </Text>
      ) : (
        <NameFields
          name={name}
          onName={setName}
          id={id}
          onId={segment ? undefined : setOwnId}
          error={isTried && name.trim() === '' ? t('save.nameless') : undefined}
        />
      )}
      {segment?.building ? <BuildProgress building={segment.building} /> : null}
      {isTried && isFaulty ? (
        <Alert color="orange" mb="md" role="alert">
          {isEmpty ? t('group.empty') : t('save.faulty')}
        </Alert>
      ) : saving.error ? (
        <Alert color="red" mb="md" role="alert">
          {saving.error.message}
        </Alert>
      ) : null}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <RuleBuilder
            root={history.value}
            edit={change}
            undo={undo}
            redo={redo}
            rulePreview={rulePreview}
            showsAll={isTried || segment !== undefined}
            isReadOnly={isReadOnly}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Box className={classes['beside']}>
            <PreviewPanel root={history.value} rulePreview={rulePreview} />
          </Box>
        </Grid.Col>
      </Grid>
      <CountBar rulePreview={rulePreview} />
    </Box>
  )
}
