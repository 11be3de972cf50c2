import { Badge, Button, CloseButton, Group, Switch, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TemplateValue } from '../../templates/templateQueries.ts'
import type { ChangeTemplate } from '../useTemplateEditing.ts'
import { ColumnPick, columnName } from './ColumnPick.tsx'
import { InsertMenu } from './InsertMenu.tsx'
import { LanguageMenu } from './LanguageMenu.tsx'
import { StringCell, type CellState } from './StringCell.tsx'
import { fallbackOf, stringKeys, textOf, withoutKey, withText, type StringColumn } from './stringKeys.ts'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'
import classes from './StringsView.module.css'

/** More do not fit beside each other. */
const FIRST_COLUMNS = 2

interface StringsViewProps {
  value: TemplateValue
  change: ChangeTemplate
  isReadOnly: boolean
  /** The language that is previewed: shown in any case. */
  locale: string | null
  /** A text to go to; `at` tells one wish from the next. */
  jump: { key: string; locale: string | null; at: number } | undefined
}

const isSame = (one: StringColumn, other: StringColumn) =>
  one.locale === other.locale && one.isFormal === other.isFormal

/** The texts of a template side by side in its languages, and what is missing in each. */
export const StringsView = memo(function StringsView(props: StringsViewProps) {
  const { value, change, isReadOnly, locale, jump } = props
  const { t } = useTranslation('template')
  const names = useLanguageNames()
  const locales = Object.keys(value.strings)
  const fallback = fallbackOf(value)
  const [columns, setColumns] = useState<readonly StringColumn[]>(() => {
    const first = [fallback, ...(locale === null ? [] : [locale]), ...locales]
    return [...new Set(first)]
      .slice(0, FIRST_COLUMNS)
      .filter((one) => locales.includes(one))
      .map((one) => ({ locale: one, isFormal: false }))
  })
  const [wanted, setWanted] = useState('')
  const [isGapsOnly, setGapsOnly] = useState(false)
  const [newKey, setNewKey] = useState('')
  const last = useRef<HTMLTextAreaElement>(null)
  const shown = columns.filter((column) => locales.includes(column.locale))
  const onText = useCallback(
    (of: string, isFormal: boolean, key: string, text: string) =>
      change(
        (before) => withText(before, { locale: of, isFormal }, key, text),
        `${of} ${String(isFormal)} ${key}`,
      ),
    [change],
  )

  useEffect(() => {
    if (!jump) return
    const column = { locale: jump.locale ?? fallback, isFormal: false }
    setColumns((all) => (all.some((one) => isSame(one, column)) ? all : [...all, column]))
    setWanted('')
    setGapsOnly(false)
    // Its cell is there once the column is.
    requestAnimationFrame(() => {
      const cells = [...document.querySelectorAll<HTMLTextAreaElement>('textarea[data-column]')]
      const cell = cells.find(
        ({ dataset }) => dataset['column'] === column.locale && dataset['key'] === jump.key,
      )
      cell?.focus()
      cell?.scrollIntoView({ block: 'center' })
    })
    // Once for each wish.
  }, [jump])

  const cellOf = (column: StringColumn, key: string, isUsed: boolean) => {
    const text = textOf(value, column, key)
    const usual = textOf(value, { ...column, isFormal: false }, key)
    const instead = (column.isFormal ? usual : undefined) ?? value.strings[fallback]?.[key] ?? ''
    const state: CellState =
      text !== undefined || !isUsed
        ? 'written'
        : column.isFormal
          ? 'same'
          : column.locale === fallback
            ? 'missing'
            : 'fallback'
    return { text, instead, state }
  }
  const word = wanted.trim().toLocaleLowerCase()
  const rows = stringKeys(value)
    .map(({ key, isUsed }) => ({
      key,
      isUsed,
      cells: shown.map((column) => ({ column, ...cellOf(column, key, isUsed) })),
    }))
    .filter(
      ({ key, isUsed, cells }) =>
        (word === '' ||
          key.toLocaleLowerCase().includes(word) ||
          cells.some(({ text }) => text?.toLocaleLowerCase().includes(word))) &&
        (!isGapsOnly || !isUsed || cells.some(({ state }) => state === 'missing' || state === 'fallback')),
    )

  return (
    <>
      <Group gap="xs" mb="xs" justify="space-between">
        <ColumnPick
          value={value}
          columns={shown}
          onChange={setColumns}
          actions={
            isReadOnly ? null : (
              <LanguageMenu
                value={value}
                change={change}
                onAdded={(added) => setColumns((all) => [...all, added])}
              />
            )
          }
        />
        {isReadOnly ? null : <InsertMenu last={last} />}
      </Group>
      <Group gap="sm" mb="xs">
        <TextInput
          size="xs"
          w={{ base: '100%', xs: 220 }}
          aria-label={t('strings.search')}
          placeholder={t('strings.search')}
          leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
        <Switch
          size="xs"
          label={t('strings.gapsOnly')}
          checked={isGapsOnly}
          onChange={({ currentTarget }) => setGapsOnly(currentTarget.checked)}
        />
      </Group>
      <div className={classes.scroll}>
        <table
          className={classes.table}
          aria-label={t('strings.label')}
          onFocus={({ target }) => {
            if (target instanceof HTMLTextAreaElement) last.current = target
          }}
        >
          <thead>
            <tr>
              <th scope="col">{t('strings.key')}</th>
              {shown.map((column) => (
                <th key={`${column.locale} ${String(column.isFormal)}`} scope="col">
                  {columnName(column, names, t)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, isUsed, cells }) => (
              <tr key={key}>
                <th scope="row" className={classes.key}>
                  {key}
                  {isUsed ? null : (
                    <Group gap={2} wrap="nowrap">
                      <Badge size="xs" variant="light" color="gray" tt="none">
                        {t('strings.unused')}
                      </Badge>
                      {isReadOnly ? null : (
                        <CloseButton
                          size="xs"
                          aria-label={t('strings.remove', { key })}
                          onClick={() => change((before) => withoutKey(before, key))}
                        />
                      )}
                    </Group>
                  )}
                </th>
                {cells.map(({ column, text, instead, state }) => {
                  const name = columnName(column, names, t)
                  return (
                    <td key={`${column.locale} ${String(column.isFormal)}`}>
                      <Text size="xs" c="dimmed" className={classes.narrow ?? ''}>
                        {name}
                      </Text>
                      <StringCell
                        keyName={key}
                        locale={column.locale}
                        isFormal={column.isFormal}
                        text={text}
                        instead={instead}
                        state={state}
                        isReadOnly={isReadOnly}
                        label={`${key}, ${name}`}
                        onChange={onText}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {t('strings.noneFound')}
        </Text>
      ) : null}
      {isReadOnly ? null : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const key = newKey.trim()
            if (key === '' || value.strings[fallback]?.[key] !== undefined) return
            change((before) => withText(before, { locale: fallback, isFormal: false }, key, key))
            setNewKey('')
          }}
        >
          <Group gap="xs" mt="sm">
            <TextInput
              size="xs"
              aria-label={t('strings.newKey')}
              placeholder={t('strings.newKey')}
              value={newKey}
              maxLength={100}
              pattern="[\w\-]+"
              title={t('strings.newKeyText')}
              onChange={({ currentTarget }) => setNewKey(currentTarget.value)}
            />
            <Button size="xs" variant="default" type="submit" disabled={newKey.trim() === ''}>
              {t('strings.add')}
            </Button>
          </Group>
        </form>
      )}
    </>
  )
})
