import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useOnsiteEditing } from '../editor/onsiteEditing.ts'
import type { OnsiteFieldOf } from './newField.ts'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'

type Options = OnsiteFieldOf['options']

/** A name for a new answer that no other one has. */
function freeValue(options: Options): string {
  const taken = new Set(options.map(({ value }) => value))
  let number = options.length + 1
  while (taken.has(`answer${number}`)) number += 1
  return `answer${number}`
}

/** The answers that can be chosen, in every language. */
export function FieldOptions({
  options,
  path,
  locales,
  onChange,
}: {
  options: Options
  path: string
  locales: readonly string[]
  onChange: (options: Options, field?: string) => void
}) {
  const { t } = useTranslation('onsite')
  const { problemAt, isReadOnly } = useOnsiteEditing()
  const nameOf = useLanguageNames()
  const set = (place: number, changes: Partial<Options[number]>, field: string) =>
    onChange(
      options.map((one, at) => (at === place ? { ...one, ...changes } : one)),
      `${place}.${field}`,
    )
  const problem = problemAt(path)
  return (
    <Stack gap="xs" role="group" aria-label={t('fields.options')}>
      <Text size="xs" fw={600}>
        {t('fields.options')}
      </Text>
      {options.map((option, place) => (
        <Group key={place} gap="xs" align="flex-start">
          {locales.map((locale) => (
            <TextInput
              key={locale}
              flex={1}
              miw={120}
              lang={locale}
              size="xs"
              label={t('fields.option', { language: nameOf(locale) })}
              readOnly={isReadOnly}
              maxLength={80}
              value={option.label[locale] ?? ''}
              onChange={({ currentTarget }) =>
                set(place, { label: { ...option.label, [locale]: currentTarget.value } }, locale)
              }
              error={problemAt(`${path}.${place}.label.${locale}`)}
            />
          ))}
          <TextInput
            w={120}
            size="xs"
            label={t('fields.value')}
            readOnly={isReadOnly}
            maxLength={80}
            value={option.value}
            onChange={({ currentTarget }) => set(place, { value: currentTarget.value }, 'value')}
            error={problemAt(`${path}.${place}.value`)}
          />
          {isReadOnly ? null : (
            <ActionIcon
              mt={22}
              variant="subtle"
              color="gray"
              aria-label={t('fields.removeOption', { number: place + 1 })}
              onClick={() => onChange(options.filter((_, at) => at !== place))}
            >
              <IconTrash size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      ))}
      {problem === undefined ? null : (
        <Text size="xs" c="var(--mantine-color-error)">
          {problem}
        </Text>
      )}
      {isReadOnly || options.length >= 20 ? null : (
        <Button
          variant="subtle"
          size="compact-xs"
          w="fit-content"
          leftSection={<IconPlus size={14} stroke={1.6} aria-hidden />}
          onClick={() =>
            onChange([
              ...options,
              {
                value: freeValue(options),
                label: Object.fromEntries(locales.map((locale) => [locale, ''])),
              },
            ])
          }
        >
          {t('fields.addOption')}
        </Button>
      )}
    </Stack>
  )
}
