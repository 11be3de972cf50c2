import { SegmentRuleSchema, type SegmentRule } from '@ciclo/engine'
import { Button, Group, Input, Modal, Text } from '@mantine/core'
import { useCallback, useReducer, useState, type ReactNode } from 'react'
import { startHistory, stepHistory } from '../../../drafts/editHistory.ts'
import { describeRule } from '../rule/describeRule.ts'
import { nodeOf, ruleOf, type RuleNode } from '../rule/ruleTree.ts'
import { useRuleWords } from '../rule/useRuleWords.ts'
import { RuleBuilder } from './RuleBuilder.tsx'
import { useRulePreview } from './useRulePreview.ts'

interface RuleFieldWords {
  open: string
  done: string
  incomplete: string
}

/** A rule over customers as a sentence, and the builder of segments to write it with. */
export function RuleField({
  label,
  about,
  value,
  onChange,
  error,
  isReadOnly,
  words,
}: {
  label: string
  about?: string
  value: unknown
  /** Told of complete rules alone. */
  onChange: (rule: SegmentRule) => void
  error: ReactNode
  isReadOnly: boolean
  words: RuleFieldWords
}) {
  const { words: ruleWords } = useRuleWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      {...(about === undefined ? {} : { description: about })}
      error={error}
    >
      <Group justify="space-between" align="flex-start" wrap="nowrap" mt={4}>
        <Text size="sm" className="any-text">
          {describeRule(value, ruleWords)}
        </Text>
        {isReadOnly ? null : (
          <Button size="compact-sm" variant="default" flex="none" onClick={() => setOpen(true)}>
            {words.open}
          </Button>
        )}
      </Group>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={label}
        size="xl"
        closeButtonProps={{ 'aria-label': words.done }}
      >
        {isOpen ? (
          <RuleEditor start={value} onChange={onChange} onDone={() => setOpen(false)} words={words} />
        ) : null}
      </Modal>
    </Input.Wrapper>
  )
}

function RuleEditor({
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
