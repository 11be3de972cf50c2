import { Box, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ChoiceField } from '../fields/ChoiceField.tsx'
import { changeNode } from '../rule/changeTree.ts'
import { innerPath, partPath, type GroupNode } from '../rule/ruleTree.ts'
import { AddCondition } from './AddCondition.tsx'
import { NodeMenu } from './NodeMenu.tsx'
import { RuleCondition } from './RuleCondition.tsx'
import { useRuleEditing } from './ruleEditing.ts'
import classes from './RuleGroup.module.css'
import { StepFigures } from './StepFigures.tsx'

/** A rule goes no deeper than ten: groups within groups are offered a little less far. */
const DEEPEST = 4

type Way = 'and' | 'or' | 'notAnd' | 'notOr'

const wayOf = ({ join, nots }: GroupNode): Way =>
  nots % 2 === 0 ? join : join === 'and' ? 'notAnd' : 'notOr'

const WAYS = ['and', 'or', 'notAnd', 'notOr'] as const satisfies readonly Way[]

/** How another way of joining is written; what is said already stays written as it is. */
const asWay = (group: GroupNode, way: Way): GroupNode =>
  wayOf(group) === way
    ? group
    : {
        ...group,
        join: way === 'and' || way === 'notAnd' ? 'and' : 'or',
        nots: way === 'notAnd' || way === 'notOr' ? 1 : 0,
      }

/** Conditions that go together: all of them, any, not all or none. */
export function RuleGroup({
  node,
  path,
  join,
  depth,
}: {
  node: GroupNode
  path: string
  /** How it goes with those beside it; null for the whole rule. */
  join: 'and' | 'or' | null
  depth: number
}) {
  const { t } = useTranslation('segments')
  const { root, edit, isReadOnly } = useRuleEditing()
  return (
    <Box
      role="group"
      aria-label={`${t('group.label')}: ${t(`group.${wayOf(node)}`)}`}
      data-node={node.key}
      className={depth === 0 ? undefined : classes['inner']}
    >
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          {isReadOnly ? (
            <Text size="sm" fw={600}>
              {t(`group.${wayOf(node)}`)}
            </Text>
          ) : (
            <ChoiceField
              label={t('group.join')}
              value={wayOf(node)}
              choices={WAYS.map((value) => ({ value, label: t(`group.${value}`) }))}
              onChange={(way) =>
                edit(
                  changeNode(root, node.key, (old) => (old.type === 'group' ? asWay(old, way as Way) : old)),
                )
              }
            />
          )}
          {isReadOnly || depth === 0 ? null : <NodeMenu node={node} label={t('condition.groupMenu')} />}
        </Group>
        {node.parts.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('group.empty')}
          </Text>
        ) : null}
        {node.parts.map((part, index) => {
          const place = partPath(path, node, index)
          const joined = node.parts.length > 1 ? node.join : null
          return part.type === 'group' ? (
            <RuleGroup key={part.key} node={part} path={place} join={joined} depth={depth + 1} />
          ) : (
            <RuleCondition key={part.key} node={part} path={place} join={joined} />
          )
        })}
        {isReadOnly ? null : <AddCondition to={node} isDeep={depth >= DEEPEST} />}
        {join === null ? null : <StepFigures path={path} inner={innerPath(path, node)} join={join} />}
      </Stack>
    </Box>
  )
}
