import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconBoxMultiple,
  IconCopy,
  IconDotsVertical,
  IconExclamationMark,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { changeNode, copyNode, moveNode, parentOf, removeNode, wrapNode } from '../rule/changeTree.ts'
import type { RuleNode } from '../rule/ruleTree.ts'
import { useRuleEditing } from './ruleEditing.ts'

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const

/** What can be done with a condition or a group. */
export function NodeMenu({ node, label }: { node: RuleNode; label: string }) {
  const { t } = useTranslation('segments')
  const { root, edit, focusOn, tell } = useRuleEditing()
  const move = (by: -1 | 1) => {
    edit(moveNode(root, node.key, by))
    focusOn(node.key)
  }
  const copy = () => {
    const copied = copyNode(root, node.key)
    edit(copied.root)
    focusOn(copied.copied)
  }
  const remove = () => {
    const at = parentOf(root, node.key)
    const next = at?.group.parts[at.index + 1] ?? at?.group.parts[at.index - 1]
    edit(removeNode(root, node.key))
    focusOn(next?.key ?? '')
    tell(t('condition.removed'))
  }
  const turn = () => {
    edit(changeNode(root, node.key, (old) => ({ ...old, nots: old.nots > 0 ? old.nots - 1 : 1 })))
    focusOn(node.key)
  }
  const isInGroup = parentOf(root, node.key) !== undefined
  return (
    <Menu position="bottom-end" returnFocus={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label} data-menu>
          <IconDotsVertical size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconExclamationMark {...icon} />} onClick={turn}>
          {t(node.nots > 0 ? 'condition.unturn' : 'condition.not')}
        </Menu.Item>
        {isInGroup ? (
          <>
            <Menu.Item leftSection={<IconArrowUp {...icon} />} onClick={() => move(-1)}>
              {t('condition.up')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowDown {...icon} />} onClick={() => move(1)}>
              {t('condition.down')}
            </Menu.Item>
          </>
        ) : null}
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={copy}>
          {t('condition.copy')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBoxMultiple {...icon} />}
          onClick={() => {
            edit(wrapNode(root, node.key))
            focusOn(node.key)
          }}
        >
          {t('condition.wrap')}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={remove}>
          {t('condition.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
