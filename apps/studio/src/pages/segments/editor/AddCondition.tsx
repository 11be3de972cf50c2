import { Button, Group, Select } from '@mantine/core'
import { IconFolderPlus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/useSession.ts'
import { addPart, emptyTree } from '../rule/changeTree.ts'
import { CONDITION_STARTS, startOf, type StartGroup, type StartName } from '../rule/conditionStarts.ts'
import { nodeOf, type GroupNode, type RuleNode } from '../rule/ruleTree.ts'
import { useRuleWords } from '../rule/useRuleWords.ts'
import { useRuleEditing } from './ruleEditing.ts'

const GROUPS = Object.entries(CONDITION_STARTS) as [StartGroup, Record<StartName, unknown>][]

/** Adds to a group, or beside a rule that is a single condition: what somebody wants to say is found by typing. */
export function AddCondition({ to, isDeep }: { to: RuleNode; isDeep: boolean }) {
  const { t } = useTranslation('segments')
  const { workspace } = useSession()
  const { root, edit, focusOn, tell } = useRuleEditing()
  const { describe } = useRuleWords()
  const add = (name: StartName) => {
    const node = nodeOf(startOf(name, workspace.currency ?? 'EUR'))
    edit(addPart(root, to.key, node))
    focusOn(node.key)
    if (node.type === 'condition') tell(t('condition.added', { sentence: describe(node.leaf) }))
  }
  const addGroup = () => {
    const join = to.type === 'group' && to.join === 'and' ? 'or' : 'and'
    const group: GroupNode = { ...emptyTree(), join }
    edit(addPart(root, to.key, group))
    focusOn(group.key)
  }
  return (
    <Group gap="xs" data-add={to.key}>
      <Select
        // A new one after each that was added: what was typed to find it is gone.
        key={to.type === 'group' ? to.parts.length : 0}
        size="xs"
        aria-label={t('add.label')}
        placeholder={t('add.placeholder')}
        leftSection={<IconPlus size={14} stroke={1.6} aria-hidden />}
        rightSection={null}
        w={240}
        searchable
        selectFirstOptionOnChange
        value={null}
        nothingFoundMessage={t('add.nothing')}
        maxDropdownHeight={340}
        data={GROUPS.map(([group, starts]) => ({
          group: t(`add.groups.${group}`),
          items: (Object.keys(starts) as StartName[]).map((value) => ({ value, label: t(`add.${value}`) })),
        }))}
        onChange={(chosen) => chosen !== null && add(chosen)}
      />
      {isDeep ? null : (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconFolderPlus size={14} stroke={1.6} aria-hidden />}
          onClick={addGroup}
        >
          {t('add.group')}
        </Button>
      )}
    </Group>
  )
}
