import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconClipboard,
  IconCopy,
  IconDotsVertical,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useJourneyActions } from '../journeyActions.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { mainWay } from '../model/editJourney.ts'
import { boxOf } from './canvasGraph.ts'
import { useCanvasState } from './canvasState.ts'

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const

/** What can be done with a step. */
export function StepMenu({ step, label, tabIndex }: { step: string; label: string; tabIndex?: 0 | -1 }) {
  const { t } = useTranslation('journey')
  const { menu, setMenu } = useCanvasState()
  const button = (
    <ActionIcon
      className="nodrag nopan"
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={t('node.menu', { step: label })}
      aria-haspopup="menu"
      {...(tabIndex === undefined ? {} : { tabIndex })}
      onClick={() => setMenu(boxOf(step))}
    >
      <IconDotsVertical {...icon} />
    </ActionIcon>
  )
  return menu === boxOf(step) ? <OpenMenu step={step}>{button}</OpenMenu> : button
}

function OpenMenu({ step, children }: { step: string; children: React.ReactElement }) {
  const { t } = useTranslation('journey')
  const { setMenu } = useCanvasState()
  const { copy, copied, paste, move, remove } = useJourneyActions()
  const { definition } = useJourneyEditing()
  const way = mainWay(definition, step)
  return (
    <Menu opened onChange={(isOpen) => isOpen || setMenu(null)} position="bottom-end" shadow="md" returnFocus>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => copy(step)}>
          {t('menu.copy')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconClipboard {...icon} />}
          disabled={!copied || !way}
          onClick={() => way && paste(way)}
        >
          {t('menu.paste')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowUp {...icon} />} onClick={() => move(step, 'up')}>
          {t('menu.up')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown {...icon} />} onClick={() => move(step, 'down')}>
          {t('menu.down')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={() => remove(step)}>
          {t('menu.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
