import { Button, Menu } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TemplateValue } from '../../templates/templateQueries.ts'
import type { ChangeTemplate } from '../useTemplateEditing.ts'
import { fallbackOf, withoutLocale, type StringColumn } from './stringKeys.ts'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'

/** Those that most shops write in; a file that is brought in by the command line may have any. */
const LANGUAGES =
  'ar bg ca cs da de el en es et eu fi fr ga gl he hr hu is it ja ko lt lv mk mt nb nl pl pt ro ru sk sl sq sr sv tr uk vi zh'.split(
    ' ',
  )

/** Adds a language, a formal variant of one, or takes one out. */
export function LanguageMenu({
  value,
  change,
  onAdded,
}: {
  value: TemplateValue
  change: ChangeTemplate
  onAdded: (column: StringColumn) => void
}) {
  const { t } = useTranslation('template')
  const names = useLanguageNames()
  const locales = Object.keys(value.strings)
  const fallback = fallbackOf(value)
  const missing = LANGUAGES.filter((locale) => !locales.includes(locale)).toSorted((one, other) =>
    names(one).localeCompare(names(other)),
  )
  const plain = locales.filter((locale) => value.formal?.[locale] === undefined)
  return (
    <Menu shadow="md" position="bottom-start">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconLanguage size={14} stroke={1.6} aria-hidden />}
        >
          {t('strings.languages')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        {locales
          .filter((locale) => locale !== fallback)
          .map((locale) => (
            <Menu.Item
              key={`${locale} out`}
              color="red"
              onClick={() => change((before) => withoutLocale(before, locale))}
            >
              {`${t('strings.removeLanguage')}: ${names(locale)}`}
            </Menu.Item>
          ))}
        {plain.map((locale) => (
          <Menu.Item
            key={`${locale} formal`}
            onClick={() => {
              change((before) => ({ ...before, formal: { ...before.formal, [locale]: {} } }))
              onAdded({ locale, isFormal: true })
            }}
          >
            {`${t('strings.addFormal')}: ${names(locale)}`}
          </Menu.Item>
        ))}
        {/* The longest list stands last: what comes after it would not be found. */}
        <Menu.Label>{t('strings.addLanguage')}</Menu.Label>
        {missing.map((locale) => (
          <Menu.Item
            key={locale}
            onClick={() => {
              change((before) => ({ ...before, strings: { ...before.strings, [locale]: {} } }))
              onAdded({ locale, isFormal: false })
            }}
          >
            {names(locale)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
