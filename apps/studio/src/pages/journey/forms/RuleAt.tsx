import { SegmentRuleSchema } from '@ciclo/engine'
import { Button, Group, Input, Modal, Text } from '@mantine/core'
import { useCallback, useReducer, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { startHistory, stepHistory } from '../../../drafts/editHistory.ts'
import { RuleBuilder } from '../../segments/editor/RuleBuilder.tsx'
import { useRulePreview } from '../../segments/editor/useRulePreview.ts'
import { nodeOf, ruleOf, type RuleNode } from '../../segments/rule/ruleTree.ts'
import { useStepWords } from '../words/useStepWords.ts'
import type { FieldAt } from './fields.tsx'
import { useField } from './useField.ts'

/** A rule over customers as a sentence, and the builder of segments to write it with. */
export function RuleAt({ path, label, about }: FieldAt) {
  const { t } = useTranslation('journey')
  const { value, set, error, isReadOnly } = useField<unknown>(path)
  const words = useStepWords()
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
          {words.rule(value)}
        </Text>
        {isReadOnly ? null : (
          <Button size="compact-sm" variant="default" flex="none" onClick={() => setOpen(true)}>
            {t('form.ruleOpen')}
          </Button>
        )}
      </Group>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={label} size="xl">
        {isOpen ? <RuleEditor start={value} onChange={set} onDone={() => setOpen(false)} /> : null}
      </Modal>
    </Input.Wrapper>
  )
}

function RuleEditor({
  start,
  onChange,
  onDone,
}: {
  start: unknown
  onChange: (rule: unknown) => void
  onDone: () => void
}) {
  const { t } = useTranslation('journey')
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
          {read.success ? '' : t('form.ruleIncomplete')}
        </Text>
        <Button onClick={onDone}>{t('form.ruleClose')}</Button>
      </Group>
    </>
  )
}
