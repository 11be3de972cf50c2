import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconClipboard, IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyActions } from '../journeyActions.ts'
import { STEP_KINDS } from '../model/newStep.ts'
import type { WayPlace } from '../model/ways.ts'
import { STEP_ICONS } from '../words/stepIcons.ts'
import { useStepWords } from '../words/useStepWords.ts'
import classes from './canvas.module.css'
import { lineOf } from './canvasGraph.ts'
import { useCanvasState } from './canvasState.ts'

const CLOSING = ['mousedown', 'touchstart']

/** Adds a step on a way: a button, and the kinds of steps with what each is for. */
export function AddButton({
  way,
  label,
  isOver = false,
}: {
  way: WayPlace
  label: string
  isOver?: boolean
}) {
  const { t } = useTranslation('journey')
  const { adding, setAdding } = useCanvasState()
  const id = lineOf(way)
  const button = (
    <ActionIcon
      className={`${classes['plus']} nodrag nopan`}
      data-over={isOver || undefined}
      data-add={id}
      variant="default"
      size={22}
      radius="xl"
      aria-label={t('add.label', { way: label })}
      aria-haspopup="menu"
      onClick={() => setAdding(id)}
    >
      <IconPlus size={14} stroke={2} aria-hidden />
    </ActionIcon>
  )
  // A menu of its own for each of a hundred ways would be a hundred that are drawn for nothing.
  return adding === id ? <AddMenu way={way}>{button}</AddMenu> : button
}

function AddMenu({ way, children }: { way: WayPlace; children: React.ReactElement }) {
  const { t } = useTranslation('journey')
  const { setAdding } = useCanvasState()
  const actions = useJourneyActions()
  const words = useStepWords()
  const { copied } = actions
  const id = lineOf(way)
  // Whoever changes their mind goes on where they were. The button itself is drawn anew when its menu goes.
  const [opener] = useState(() => document.activeElement)
  const isChosen = useRef(false)
  const choose = (act: () => void) => () => {
    isChosen.current = true
    act()
  }
  const close = () => {
    setAdding(null)
    if (isChosen.current) return
    requestAnimationFrame(() => {
      const button = `[data-add="${CSS.escape(id)}"]`
      const before = opener?.isConnected ? opener : document.querySelector(button)
      if (before instanceof HTMLElement) before.focus()
    })
  }
  return (
    <Menu
      opened
      onChange={(isOpen) => isOpen || close()}
      width={340}
      position="bottom"
      shadow="md"
      returnFocus
      withInitialFocusPlaceholder={false}
      // Not by a key that is pressed elsewhere: the one that opens it would close it again on its way up.
      clickOutsideEvents={CLOSING}
    >
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown mah={420} className={classes['menu'] ?? ''} data-add-menu>
        <Menu.Label>{t('add.title')}</Menu.Label>
        {copied ? (
          <Menu.Item
            leftSection={<IconClipboard size={18} stroke={1.6} aria-hidden />}
            onClick={choose(() => actions.paste(way))}
          >
            <span className="any-text">{t('add.paste', { step: words.step(copied) })}</span>
          </Menu.Item>
        ) : null}
        {STEP_KINDS.map((kind) => {
          const Icon = STEP_ICONS[kind]
          return (
            <Menu.Item
              key={kind}
              leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
              onClick={choose(() => actions.add(way, kind))}
            >
              <Text size="sm" fw={550}>
                {t(`kinds.${kind}.name`)}
              </Text>
              <Text size="xs" c="dimmed">
                {t(`kinds.${kind}.about`)}
              </Text>
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
