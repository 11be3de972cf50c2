import { Chip, Group } from '@mantine/core'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TemplateValue } from '../../templates/templateQueries.ts'
import type { StringColumn } from './stringKeys.ts'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'

export const columnName = (
  { locale, isFormal }: StringColumn,
  names: (locale: string) => string,
  t: TFunction<'template'>,
): string => (isFormal ? t('strings.formal', { language: names(locale) }) : names(locale))

const nameOf = ({ locale, isFormal }: StringColumn) => `${locale}${isFormal ? ' formal' : ''}`

/** Which languages stand beside each other. */
export function ColumnPick({
  value,
  columns,
  onChange,
  actions,
}: {
  value: TemplateValue
  columns: readonly StringColumn[]
  onChange: (columns: readonly StringColumn[]) => void
  actions: ReactNode
}) {
  const { t } = useTranslation('template')
  const names = useLanguageNames()
  const chosen = columns.map(nameOf)
  const all = Object.keys(value.strings).flatMap((locale): StringColumn[] => [
    { locale, isFormal: false },
    // Languages that do not tell one "you" from another have none.
    ...(value.formal?.[locale] !== undefined || chosen.includes(`${locale} formal`)
      ? [{ locale, isFormal: true }]
      : []),
  ])
  return (
    <Group gap={6} role="group" aria-label={t('strings.columns')}>
      <Chip.Group
        multiple
        value={chosen}
        onChange={(wanted) => {
          const next = all.filter((column) => wanted.includes(nameOf(column)))
          if (next.length > 0) onChange(next)
        }}
      >
        {all.map((column) => (
          <Chip key={nameOf(column)} value={nameOf(column)} size="xs" variant="outline">
            {columnName(column, names, t)}
          </Chip>
        ))}
      </Chip.Group>
      {actions}
    </Group>
  )
}
