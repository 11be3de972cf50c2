import { Box, Text, VisuallyHidden } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import type { RuleNode } from '../rule/ruleTree.ts'
import { seenNamesQuery } from '../segmentQueries.ts'
import { AddCondition } from './AddCondition.tsx'
import { RuleCondition } from './RuleCondition.tsx'
import { NOTHING_SEEN, RuleEditingProvider, SeenProvider, type RuleEditing } from './ruleEditing.ts'
import { RuleGroup } from './RuleGroup.tsx'
import type { RulePreview } from './useRulePreview.ts'

/** What can be focused in a condition, the first of which is where one goes on. */
const FOCUSABLE = 'input:not([type="hidden"]):not([disabled]), button:not([disabled])'

/** The rule as sentences with fields, which the keyboard alone can write. */
export const RuleBuilder = memo(function RuleBuilder({
  root,
  edit,
  undo,
  redo,
  rulePreview,
  showsAll,
  isReadOnly,
}: {
  root: RuleNode
  edit: (root: RuleNode, field?: string) => void
  undo: () => void
  redo: () => void
  rulePreview: RulePreview
  showsAll: boolean
  isReadOnly: boolean
}) {
  const { t } = useTranslation('segments')
  const { data: seen = NOTHING_SEEN } = useQuery({ ...seenNamesQuery, enabled: !isReadOnly })
  const box = useRef<HTMLDivElement>(null)
  const wanted = useRef<string>(undefined)
  const [told, tell] = useState('')
  const focusOn = useCallback((key: string) => {
    wanted.current = key
  }, [])
  useEffect(() => {
    if (wanted.current === undefined || !box.current) return
    const key = wanted.current
    wanted.current = undefined
    const place =
      box.current.querySelector(`[data-node="${CSS.escape(key)}"]`) ?? box.current.querySelector('[data-add]')
    if (!place || place.contains(document.activeElement)) return
    place.querySelector<HTMLElement>(FOCUSABLE)?.focus()
  })
  const { preview, isCurrent, problems } = rulePreview
  const figures = useMemo(
    () => (preview && isCurrent ? new Map(preview.steps.map((step) => [step.path, step])) : undefined),
    [preview, isCurrent],
  )
  const editing: RuleEditing = {
    root,
    isReadOnly,
    edit,
    focusOn,
    tell,
    problems,
    showsAll,
    figures,
    total: preview?.total ?? 0,
  }
  const hotkeys = getHotkeyHandler([
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
  ])
  return (
    <RuleEditingProvider value={editing}>
      <SeenProvider value={seen}>
        <Panel title={t('rule.title')} text={t('rule.text')}>
          <Box ref={box} {...(isReadOnly ? {} : { onKeyDown: hotkeys })}>
            {root.type === 'group' ? (
              <RuleGroup node={root} path="" join={null} depth={0} />
            ) : (
              <>
                <RuleCondition node={root} path="" join={null} />
                {isReadOnly ? null : (
                  <Box mt="xs">
                    <AddCondition to={root} isDeep />
                  </Box>
                )}
              </>
            )}
          </Box>
          {isReadOnly ? null : (
            <Text size="xs" c="dimmed" visibleFrom="sm">
              {t('rule.keys')}
            </Text>
          )}
          <VisuallyHidden role="status" aria-live="polite">
            {told}
          </VisuallyHidden>
        </Panel>
      </SeenProvider>
    </RuleEditingProvider>
  )
})
