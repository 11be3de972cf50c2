import type { SegmentRule } from '@ciclo/engine'
import { Button, Group, Input, Modal, Text } from '@mantine/core'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { Loading } from '../../../shell/Loading.tsx'
import { describeRule } from '../rule/describeRule.ts'
import { useRuleWords } from '../rule/useRuleWords.ts'
import type { RuleFieldWords } from './ruleFieldWords.ts'

/** All conditions with their fields are much: they come when a rule is opened. */
const RuleFieldEditor = lazy(async () => ({
  default: (await import('./RuleFieldEditor.tsx')).RuleFieldEditor,
}))

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
        // "Done" closes it: two ways of one name would only be told apart by eye.
        withCloseButton={false}
      >
        {isOpen ? (
          <Suspense fallback={<Loading />}>
            <RuleFieldEditor start={value} onChange={onChange} onDone={() => setOpen(false)} words={words} />
          </Suspense>
        ) : null}
      </Modal>
    </Input.Wrapper>
  )
}
