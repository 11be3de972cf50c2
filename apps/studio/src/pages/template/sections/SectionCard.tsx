import { ActionIcon, Menu, Text } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconDotsVertical,
  IconGripVertical,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { keysIn, type Block } from '@ciclo/templates/editing'
import { useState, type DragEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { SectionForm } from './SectionForm.tsx'
import { SectionView } from './SectionView.tsx'
import { useSectionsEditing } from './sectionsEditing.ts'
import { gripId } from './useSections.ts'
import { useSectionWords } from './useSectionWords.ts'
import classes from './SectionsEditor.module.css'

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const
/** What is dragged is a section of this page, and no file or text. */
const DRAGGED = 'application/x-ciclo-section'

interface Props {
  block: Block
  index: number
  isSelected: boolean
  onAdd: (at: number) => void
}

/** One section: how it looks, what can be done with it, and, where it is chosen, its form. */
export function SectionCard({ block, index, isSelected, onAdd }: Props) {
  const { t } = useTranslation('template')
  const words = useSectionWords()
  const { blocks = [], ids, source, problems, isReadOnly, select, move, copy, remove } = useSectionsEditing()
  const [dropSide, setDropSide] = useState<'before' | 'after'>()
  const mine = problemsOf(source.mjml, block, problems)
  const number = index + 1
  const count = blocks.length

  const onKeyDown = (event: KeyboardEvent) => {
    const isMod = event.ctrlKey || event.metaKey
    if (isMod && event.key === 'ArrowUp') move(index, index - 1)
    else if (isMod && event.key === 'ArrowDown') move(index, index + 2)
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(index)
    else return
    event.preventDefault()
  }
  const onDragOver = (event: DragEvent) => {
    if (isReadOnly || !event.dataTransfer.types.includes(DRAGGED)) return
    event.preventDefault()
    const { top, height } = event.currentTarget.getBoundingClientRect()
    setDropSide(event.clientY < top + height / 2 ? 'before' : 'after')
  }
  const onDrop = (event: DragEvent) => {
    const from = event.dataTransfer.getData(DRAGGED)
    setDropSide(undefined)
    if (from === '') return
    event.preventDefault()
    move(Number(from), dropSide === 'before' ? index : index + 1)
  }

  return (
    <li
      className={classes.section}
      data-selected={isSelected || undefined}
      data-drop={dropSide}
      data-kind={block.kind}
      onFocus={() => select(index)}
      onClick={() => select(index)}
      onDragOver={onDragOver}
      onDragLeave={() => setDropSide(undefined)}
      onDrop={onDrop}
    >
      {isReadOnly ? null : (
        <ActionIcon
          className={classes.addHere}
          size="sm"
          radius="xl"
          variant="filled"
          aria-label={t('sections.addHere', { number })}
          onClick={() => onAdd(index)}
        >
          <IconPlus size={14} aria-hidden />
        </ActionIcon>
      )}
      <div className={classes.bar}>
        <ActionIcon
          id={gripId(ids[index] ?? 0)}
          className={classes.grip}
          variant="subtle"
          color="gray"
          draggable={!isReadOnly}
          aria-label={t('sections.grip', { kind: words.kind(block.kind), number, count, keys: 'Ctrl+↑ ↓' })}
          aria-expanded={isSelected}
          onKeyDown={isReadOnly ? undefined : onKeyDown}
          onDragStart={(event) => event.dataTransfer.setData(DRAGGED, String(index))}
        >
          <IconGripVertical {...icon} />
        </ActionIcon>
        <Text size="xs" fw={600} className={classes.kind} aria-hidden>
          {words.kind(block.kind)}
        </Text>
        {isReadOnly ? null : (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('sections.menu', { number })}>
                <IconDotsVertical {...icon} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconArrowUp {...icon} />}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              >
                {t('sections.up')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowDown {...icon} />}
                disabled={number === count}
                onClick={() => move(index, index + 2)}
              >
                {t('sections.down')}
              </Menu.Item>
              <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => copy(index)}>
                {t('sections.copy')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={() => remove(index)}>
                {t('sections.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <div className={classes.view}>
        <SectionView block={block} />
      </div>
      {mine.map(({ message, severity }) => (
        <p key={message} className={classes.problem} data-severity={severity}>
          {message}
        </p>
      ))}
      {isSelected && !isReadOnly ? <SectionForm block={block} index={index} /> : null}
    </li>
  )
}

/** Those at a line of the section, or of a string that it shows. */
function problemsOf(
  mjml: string,
  { from, to }: Block,
  problems: ReturnType<typeof useSectionsEditing>['problems'],
) {
  const first = lineAt(mjml, from)
  const last = lineAt(mjml, to)
  const keys = new Set(keysIn(mjml.slice(from, to)))
  return problems.filter(({ place: { line, key } }) =>
    key === undefined ? line !== undefined && line >= first && line <= last : keys.has(key),
  )
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length
