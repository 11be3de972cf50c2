import { SegmentRuleSchema, type SegmentRule } from '@ciclo/engine'
import { Button, Group, Text } from '@mantine/core'
import { useCallback, useReducer } from 'react'
import { startHistory, stepHistory } from '../../../drafts/editHistory.ts'
import { nodeOf, ruleOf, type RuleNode } from '../rule/ruleTree.ts'
import { RuleBuilder } from './RuleBuilder.tsx'
import type { RuleFieldWords } from './ruleFieldWords.ts'
import { useRulePreview } from './useRulePreview.ts'

/** The builder of a rule within a dialogue: whatever is complete is handed on. */
export function RuleFieldEditor({
  start,
  onChange,
  onDone,
  words,
}: {
  start: unknown
  onChange: (rule: SegmentRule) => void
  onDone: () => void
  words: RuleFieldWords
}) {
  const [history, step] = useReducer(stepHistory<RuleNode>, start, (rule) => startHistory(nodeOf(rule)))
  const rulePreview = useRulePreview(history.value)
  const read = SegmentRuleSchema.safeParse(ruleOf(history.value))
  const take = useCallback(
    (root: RuleNode) => {
      const rule = SegmentRuleSchema.safeParse(ruleOf(root))
      if (rule.success) onChange(rule.data)
    },
    [onChange],
  )
  const edit = (root: RuleNode, field?: string) => {
    step({ type: 'edit', value: root, field })
    take(root)
  }
  const turn = (type: 'undo' | 'redo') => {
    take(stepHistory(history, { type }).value)
    step({ type })
  }
  return (
    <>
      <RuleBuilder
        root={history.value}
        edit={edit}
        undo={() => turn('undo')}
        redo={() => turn('redo')}
        rulePreview={rulePreview}
        showsAll={false}
        isReadOnly={false}
      />
      <Group justify="space-between" mt="md">
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          {read.success ? '' : words.incomplete}
        </Text>
        <Button onClick={onDone}>{words.done}</Button>
      </Group>
    </>
  )
}
