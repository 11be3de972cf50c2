import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import type { TemplateValue } from '../../templates/templateQueries.ts'
import { fallbackOf, withText } from '../strings/stringKeys.ts'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'
import type { ChangeTemplate } from '../useTemplateEditing.ts'

const LINES = ['subject', 'preheader'] as const

/** What stands in the inbox, and in which language it and the sections below it are written. */
export function InboxFields({
  value,
  change,
  locale,
  onLocale,
  isReadOnly,
}: {
  value: TemplateValue
  change: ChangeTemplate
  locale: string
  onLocale: (locale: string) => void
  isReadOnly: boolean
}) {
  const { t } = useTranslation('template')
  const nameOf = useLanguageNames()
  const said = value.strings[locale]
  const column = { locale, isFormal: false }
  return (
    <Panel>
      <NativeSelect
        label={t('inbox.language')}
        description={t('inbox.languageText')}
        value={locale}
        onChange={({ currentTarget }) => onLocale(currentTarget.value)}
        data={Object.keys(value.strings).map((one) => ({ value: one, label: nameOf(one) }))}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm" style={{ alignItems: 'end' }}>
        {LINES.map((line) => (
          <TextInput
            key={line}
            label={t(`inbox.${line}`)}
            description={t(`inbox.${line}Text`)}
            value={said?.[line] ?? ''}
            lang={locale}
            dir="auto"
            readOnly={isReadOnly}
            error={said?.[line] === undefined ? t('strings.missing') : undefined}
            placeholder={value.strings[fallbackOf(value)]?.[line]}
            onChange={({ currentTarget }) => {
              const text = currentTarget.value
              change((before) => withText(before, column, line, text), `${locale} ${line}`)
            }}
          />
        ))}
      </SimpleGrid>
    </Panel>
  )
}
