import { ActionIcon, Badge, Box, Group, NativeSelect, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { emptyTexts, type OnsiteKind, type OnsiteTexts } from '../start/startMessage.ts'
import { useOnsiteEditing } from '../editor/onsiteEditing.ts'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'
import { withLanguage, withoutLanguage } from './languages.ts'

type TextName = keyof OnsiteTexts

const WORD = {
  title: 'title',
  text: 'body',
  button: 'button',
  close: 'close',
  consent: 'consent',
  clause: 'clause',
  thanks: 'thanks',
  low: 'low',
  high: 'high',
} as const satisfies Record<TextName, string>

const LONG: ReadonlySet<TextName> = new Set(['text', 'consent', 'clause', 'thanks'])

/** What a kind shows, in the order in which it is read. */
const TEXTS: Readonly<Record<OnsiteKind, readonly TextName[]>> = {
  signUp: ['title', 'text', 'consent', 'button', 'clause', 'thanks', 'close'],
  contest: ['title', 'text', 'consent', 'button', 'clause', 'thanks', 'close'],
  popUp: ['title', 'text', 'button', 'close'],
  bar: ['title', 'text', 'button', 'close'],
  survey: ['title', 'text', 'button', 'clause', 'thanks', 'close'],
}

const LANGUAGES = ['en', 'es', 'pl', 'ro', 'de', 'fr', 'it', 'pt', 'nl', 'cs', 'sk', 'hu', 'uk', 'sv', 'da']

/** What visitors read, each language beside the others, with what is missing marked. */
export function WordsPanel() {
  const { t } = useTranslation('onsite')
  const { message, change, problemAt, problemBelow, isReadOnly } = useOnsiteEditing()
  const nameOf = useLanguageNames()
  const locales = Object.keys(message.texts)
  const names = [...TEXTS[message.kind], ...(message.scale ? (['low', 'high'] as const) : [])]
  const write = (locale: string, name: TextName, text: string) => {
    const before = message.texts[locale] ?? emptyTexts(locale)
    change({ texts: { ...message.texts, [locale]: { ...before, [name]: text } } }, `texts.${locale}.${name}`)
  }
  /** What another language says and this one does not, and what cannot be left out at all. */
  const missingIn = (locale: string, name: TextName): string | undefined => {
    const problem = problemAt(`texts.${locale}.${name}`)
    if (problem !== undefined) return problem
    const isSaid = (one: string) => (message.texts[one]?.[name] ?? '').trim() !== ''
    return !isSaid(locale) && locales.some(isSaid) ? t('problems.words') : undefined
  }
  const others = LANGUAGES.filter((locale) => !locales.includes(locale))
  const cols = { base: 1, sm: Math.min(2, locales.length) }
  return (
    <Panel
      title={t('parts.words')}
      text={t('words.text')}
      actions={
        isReadOnly ? null : (
          <NativeSelect
            size="xs"
            aria-label={t('words.add')}
            value=""
            onChange={({ currentTarget }) => change(withLanguage(message, currentTarget.value))}
            data={[
              { value: '', label: t('words.add') },
              ...others.map((value) => ({ value, label: nameOf(value) })),
            ]}
          />
        )
      }
    >
      <SimpleGrid cols={cols} spacing="md">
        {locales.map((locale) => {
          const missing = names.filter((name) => missingIn(locale, name) !== undefined).length
          return (
            <Group key={locale} gap="xs" wrap="nowrap" justify="space-between">
              <Group gap="xs">
                <Text fw={600} size="sm">
                  {nameOf(locale)}
                </Text>
                <Badge variant={missing > 0 ? 'light' : 'default'} color={missing > 0 ? 'orange' : 'gray'}>
                  {missing > 0 ? t('words.missing', { count: missing }) : t('words.complete')}
                </Badge>
              </Group>
              {isReadOnly || locales.length === 1 ? null : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('words.remove', { language: nameOf(locale) })}
                  onClick={() => change(withoutLanguage(message, locale))}
                >
                  <IconTrash size={16} stroke={1.6} aria-hidden />
                </ActionIcon>
              )}
            </Group>
          )
        })}
      </SimpleGrid>
      {locales.map((locale) => {
        const problem = problemAt(`texts.${locale}`)
        return problem === undefined ? null : (
          <Text key={locale} size="xs" c="var(--mantine-color-error)" role="alert">
            {nameOf(locale)}: {problem}
          </Text>
        )
      })}
      {locales.length === 0 && problemBelow('texts') !== undefined ? (
        <Text size="xs" c="var(--mantine-color-error)">
          {problemBelow('texts')}
        </Text>
      ) : null}
      <Stack gap="md">
        {names.map((name) => (
          <SimpleGrid key={name} cols={cols} spacing="md">
            {locales.map((locale) => (
              <Box key={locale} lang={locale}>
                <Textarea
                  label={
                    locales.length === 1
                      ? t(`words.${WORD[name]}`)
                      : t('words.label', { text: t(`words.${WORD[name]}`), language: nameOf(locale) })
                  }
                  autosize
                  minRows={LONG.has(name) ? 2 : 1}
                  maxRows={10}
                  readOnly={isReadOnly}
                  value={message.texts[locale]?.[name] ?? ''}
                  onChange={({ currentTarget }) => write(locale, name, currentTarget.value)}
                  error={missingIn(locale, name)}
                />
              </Box>
            ))}
          </SimpleGrid>
        ))}
      </Stack>
    </Panel>
  )
}
