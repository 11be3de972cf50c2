import { Badge, Box, Group, Paper, Stack, Text } from '@mantine/core'
import { useCallback, useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ConditionFields } from '../fields/ConditionFields.tsx'
import type { Fault } from '../fields/fieldProps.ts'
import { changeNode, moveNode } from '../rule/changeTree.ts'
import { innerPath, type ConditionNode, type ForeignNode } from '../rule/ruleTree.ts'
import { useRuleWords } from '../rule/useRuleWords.ts'
import { ForeignRule } from './ForeignRule.tsx'
import { NodeMenu } from './NodeMenu.tsx'
import { useRuleEditing } from './ruleEditing.ts'
import { StepFigures } from './StepFigures.tsx'

/** One condition of a rule: a sentence with fields, what can be done with it, and what it does to the segment. */
export function RuleCondition({
  node,
  path,
  join,
}: {
  node: ConditionNode | ForeignNode
  path: string
  join: 'and' | 'or' | null
}) {
  const { t } = useTranslation('segments')
  const { describe } = useRuleWords()
  const editing = useRuleEditing()
  const [isLeft, setLeft] = useState(false)
  const id = useId()
  const inner = innerPath(path, node)
  const own = editing.problems.filter(
    (problem) => problem.path === inner || problem.path.startsWith(inner === '' ? '' : `${inner}.`),
  )
  const shown = isLeft || editing.showsAll ? own : []
  const wrong = shown.map((problem) => problem.path).join('\n')
  // The same for as long as nothing else is wrong: fields are drawn anew for what is theirs alone.
  const fault: Fault = useCallback(
    (place) => {
      const whole = inner === '' ? place : `${inner}.${place}`
      const isWrong = wrong.split('\n').some((one) => one === whole || one.startsWith(`${whole}.`))
      return isWrong ? { error: true, 'aria-errormessage': id } : { error: false }
    },
    [wrong, inner, id],
  )
  const latest = useRef(editing)
  useEffect(() => {
    latest.current = editing
  })
  const change = useCallback(
    (patch: Record<string, unknown>, field?: string) => {
      const { root, edit } = latest.current
      edit(
        changeNode(root, node.key, (old) =>
          old.type === 'condition' ? { ...old, leaf: withPatch(old.leaf, patch) } : old,
        ),
        field && `${node.key}.${field}`,
      )
    },
    [node.key],
  )
  const isTurned = node.nots % 2 === 1
  const sentence = node.type === 'condition' ? describe(node.leaf) : t('foreign.short')
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    editing.edit(moveNode(editing.root, node.key, event.key === 'ArrowUp' ? -1 : 1))
    editing.focusOn(node.key)
  }
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) setLeft(true)
  }
  return (
    <Paper
      withBorder
      px="sm"
      py="xs"
      role="group"
      aria-label={t('condition.label', {
        sentence: isTurned ? t('joins.not', { rule: sentence }) : sentence,
      })}
      data-node={node.key}
      {...(editing.isReadOnly ? {} : { onKeyDown, onBlur })}
    >
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
          <Group gap={6} align="flex-start">
            {Array.from({ length: node.nots }, (_, place) => (
              <Badge key={place} variant="default" mt={5}>
                {t('condition.notMark')}
              </Badge>
            ))}
            <Box style={{ flex: 1, minWidth: 0 }}>
              {node.type === 'foreign' ? (
                <ForeignRule rule={node.rule} />
              ) : editing.isReadOnly ? (
                <Text size="sm">{sentence}</Text>
              ) : (
                <ConditionFields leaf={node.leaf} fault={fault} change={change} />
              )}
            </Box>
          </Group>
          {shown.length > 0 ? (
            <Stack gap={0} id={id} role="status">
              {shown.map((problem) => (
                <Text key={`${problem.path} ${problem.message}`} size="xs" c="var(--mantine-color-error)">
                  {[problem.path.slice(inner.length).replace(/^\./, ''), problem.message]
                    .filter((part) => part !== '')
                    .join(': ')}
                </Text>
              ))}
            </Stack>
          ) : null}
          <StepFigures path={path} inner={inner} join={join} />
        </Stack>
        {editing.isReadOnly ? null : <NodeMenu node={node} label={t('condition.menu')} />}
      </Group>
    </Paper>
  )
}

/** What is undefined is not there any more. */
function withPatch<Leaf extends object>(leaf: Leaf, patch: Record<string, unknown>): Leaf {
  const entries = Object.entries({ ...leaf, ...patch }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Leaf
}
