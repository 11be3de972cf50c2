import { UnstyledButton } from '@mantine/core'
import { IconCheck, type TablerIcon } from '@tabler/icons-react'
import classes from './UserMenu.module.css'

/** One thing to do in the menu, or one of several to choose from. */
export function UserMenuItem({
  icon: Icon,
  word,
  lang,
  isChosen,
  onChoose,
}: {
  icon: TablerIcon
  word: string
  lang?: string
  isChosen?: boolean
  onChoose: () => void
}) {
  return (
    <UnstyledButton
      className={classes.item ?? ''}
      tabIndex={-1}
      onClick={onChoose}
      {...(lang === undefined ? {} : { lang })}
      {...(isChosen === undefined
        ? { role: 'menuitem' }
        : { role: 'menuitemradio', 'aria-checked': isChosen })}
    >
      <Icon size={16} stroke={1.6} aria-hidden />
      <span className={classes.word}>{word}</span>
      {isChosen ? <IconCheck size={16} stroke={1.6} aria-hidden /> : null}
    </UnstyledButton>
  )
}
