import { Button, Stack, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../api/contract.ts'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'
import { Fields } from '../../settings/form/Fields.tsx'
import { liveTemplateQuery } from '../../templates/templateQueries.ts'

type Strings = Campaign['strings']

/** Without what is empty: that is the template's own again. */
function withString(strings: Strings, locale: string, key: string, text: string): Strings {
  const { [key]: _before, ...kept } = strings[locale] ?? {}
  const words = text === '' ? kept : { ...kept, [key]: text }
  const { [locale]: _words, ...others } = strings
  return Object.keys(words).length === 0 ? others : { ...others, [locale]: words }
}

/** What of a template's texts is worded otherwise, language by language; the template's own shines through. */
export function StringsFields({
  template,
  first,
  strings,
  isReadOnly,
  onChange,
}: {
  template: string
  /** Those that are shown before anything is worded otherwise. */
  first: readonly string[]
  strings: Strings
  isReadOnly: boolean
  onChange: (strings: Strings, field: string) => void
}) {
  const { t } = useTranslation('campaigns')
  const nameOf = useLanguageNames()
  const { data } = useQuery(liveTemplateQuery(template))
  const [isAll, all] = useDisclosure(false)
  const own = data?.source.strings ?? {}
  const locales = [...new Set([...Object.keys(own), ...Object.keys(strings)])]
  const keys = [...new Set(Object.values(own).flatMap((words) => Object.keys(words)))]
  const worded = keys.filter((key) => locales.some((locale) => strings[locale]?.[key] !== undefined))
  const shown = isAll ? keys : [...new Set([...first.filter((key) => keys.includes(key)), ...worded])]
  const wordOf = (key: string) =>
    key === 'subject' ? t('content.subject') : key === 'preheader' ? t('content.preheader') : key
  if (!data) return null
  return (
    <Stack gap="xs" role="group" aria-label={t('content.strings')}>
      {shown.map((key) => (
        <Fields key={key} cols={{ base: 1, sm: 2 }}>
          {locales.map((locale) => (
            <Textarea
              key={locale}
              label={t('content.field', { key: wordOf(key), language: nameOf(locale) })}
              size="sm"
              rows={1}
              autosize
              maxRows={6}
              maxLength={20_000}
              readOnly={isReadOnly}
              placeholder={own[locale]?.[key] ?? ''}
              value={strings[locale]?.[key] ?? ''}
              onChange={({ currentTarget }) =>
                onChange(withString(strings, locale, key, currentTarget.value), `${locale}.${key}`)
              }
            />
          ))}
        </Fields>
      ))}
      {keys.length > first.length ? (
        <Button variant="subtle" size="compact-sm" w="fit-content" onClick={all.toggle}>
          {isAll ? t('content.fewer') : t('content.all')}
        </Button>
      ) : null}
    </Stack>
  )
}
