import { Text, Textarea } from '@mantine/core'
import { memo, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { pluralGaps } from './pluralGaps.ts'
import classes from './StringsView.module.css'

export type CellState = 'written' | 'missing' | 'fallback' | 'same'

interface StringCellProps {
  keyName: string
  locale: string
  isFormal: boolean
  text: string | undefined
  /** What is shown where there is none. */
  instead: string
  state: CellState
  isReadOnly: boolean
  label: string
  onChange: (locale: string, isFormal: boolean, keyName: string, text: string) => void
}

/** Goes on with the text above or below, in the same language. */
function walk(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
  const { column } = event.currentTarget.dataset
  const all = [...document.querySelectorAll<HTMLTextAreaElement>('textarea[data-column]')].filter(
    (cell) => cell.dataset['column'] === column,
  )
  const next = all[all.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** One text in one language. */
export const StringCell = memo(function StringCell(props: StringCellProps) {
  const { keyName, locale, isFormal, text, instead, state, isReadOnly, label, onChange } = props
  const { t } = useTranslation('template')
  const gaps = text === undefined ? [] : pluralGaps(text, locale)
  return (
    <div className={classes.cell} data-state={state}>
      <Textarea
        aria-label={label}
        value={text ?? ''}
        placeholder={instead}
        readOnly={isReadOnly}
        lang={locale}
        dir="auto"
        rows={1}
        spellCheck
        classNames={{ input: classes.input ?? '' }}
        data-column={isFormal ? `${locale} formal` : locale}
        data-key={keyName}
        onKeyDown={walk}
        onChange={({ currentTarget }) => onChange(locale, isFormal, keyName, currentTarget.value)}
      />
      {state === 'missing' || state === 'fallback' ? (
        <Text size="xs" c={state === 'missing' ? 'red' : 'orange'}>
          {t(`strings.${state}`)}
        </Text>
      ) : null}
      {gaps.length > 0 ? (
        <Text size="xs" c="orange">
          {t('strings.forms', { forms: gaps.join(', ') })}
        </Text>
      ) : null}
    </div>
  )
})
