import { CloseButton, Kbd, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

/** Between the last key and the question, in milliseconds: less than the eye notices, more than between two keys. */
const PAUSE = 120

/** Where one types whom one looks for. `/` leads here, the arrow down from here into the list. */
export function SearchBox({
  text,
  onChange,
  onDown,
}: {
  text: string
  onChange: (text: string) => void
  onDown: () => void
}) {
  const { t } = useTranslation('customers')
  const box = useRef<HTMLInputElement>(null)
  const asked = useRef(text)
  const [typed, setTyped] = useState(text)
  const tell = useDebouncedCallback((wanted: string) => {
    asked.current = wanted.trim()
    onChange(wanted)
  }, PAUSE)
  // The address was changed by something else, as by going back.
  useEffect(() => {
    if (text === asked.current) return
    asked.current = text
    setTyped(text)
  }, [text])
  useHotkeys([['/', () => box.current?.focus()]])
  const type = (wanted: string) => {
    setTyped(wanted)
    tell(wanted)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      onDown()
    }
    if (event.key === 'Escape' && typed !== '') type('')
  }
  return (
    <TextInput
      ref={box}
      type="text"
      role="searchbox"
      aria-label={t('search')}
      placeholder={t('searchHint')}
      value={typed}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      rightSection={
        typed === '' ? (
          <Kbd size="xs" aria-hidden visibleFrom="sm">
            /
          </Kbd>
        ) : (
          <CloseButton size="sm" aria-label={t('clearSearch')} onClick={() => type('')} />
        )
      }
      flex="1 1 16rem"
      maw={420}
      aria-keyshortcuts="/"
    />
  )
}
