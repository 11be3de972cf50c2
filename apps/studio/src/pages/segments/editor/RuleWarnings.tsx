import { Alert, Stack } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { contradictionsIn } from '../rule/contradictions.ts'
import { conditionsIn, type RuleNode } from '../rule/ruleTree.ts'
import { useRuleWords } from '../rule/useRuleWords.ts'
import type { RulePreview } from './useRulePreview.ts'

/** What is odd about a rule: it contradicts itself, nobody is in it, or everybody. */
export function RuleWarnings({ root, rulePreview }: { root: RuleNode; rulePreview: RulePreview }) {
  const { t } = useTranslation('segments')
  const { describe } = useRuleWords()
  const { preview, isCurrent } = rulePreview
  const contrary = useMemo(() => contradictionsIn(root), [root])
  const conditions = new Map(conditionsIn(root).map((condition) => [condition.path, condition]))
  const say = (path: string) => {
    const condition = conditions.get(path)
    if (!condition) return ''
    const sentence = describe(condition.node.leaf)
    return condition.isTurned ? t('joins.not', { rule: sentence }) : sentence
  }
  const icon = <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
  const isNobody = isCurrent && preview?.customers === 0 && preview.total > 0
  const isEverybody =
    isCurrent && preview !== undefined && preview.total > 0 && preview.customers === preview.total
  return (
    <Stack gap="xs">
      {contrary.map(({ one, other }) => (
        <Alert key={`${one} ${other}`} color="orange" variant="light" p="xs" icon={icon}>
          <strong>{t('preview.contraryTitle')}</strong>{' '}
          {t('preview.contrary', { one: say(one), other: say(other) })}
        </Alert>
      ))}
      {isNobody && contrary.length === 0 ? (
        <Alert color="orange" variant="light" p="xs" icon={icon}>
          {t('preview.nobody')}
        </Alert>
      ) : null}
      {isEverybody ? (
        <Alert color="orange" variant="light" p="xs" icon={icon}>
          {t('preview.everybody')}
        </Alert>
      ) : null}
    </Stack>
  )
}
