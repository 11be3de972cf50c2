import { ActionIcon, Group, Paper, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useOnsiteEditing } from '../editor/onsiteEditing.ts'
import { FieldOptions } from './FieldOptions.tsx'
import type { OnsiteFieldOf } from './newField.ts'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'

/** One question of a form. */
export function FieldCard({ field, place }: { field: OnsiteFieldOf; place: number }) {
  const { t } = useTranslation('onsite')
  const { message, change, problemAt, isReadOnly } = useOnsiteEditing()
  const nameOf = useLanguageNames()
  const { fields, kind } = message
  const path = `fields.${place}`
  const isSurvey = kind === 'survey'
  const locales = Object.keys(message.texts)
  const number = place + 1
  const set = (changes: Partial<OnsiteFieldOf>, of?: string) =>
    change(
      { fields: fields.map((one, at) => (at === place ? { ...one, ...changes } : one)) },
      of === undefined ? undefined : `${path}.${of}`,
    )
  const move = (by: -1 | 1) => {
    const moved = fields.filter((_, at) => at !== place)
    moved.splice(place + by, 0, field)
    change({ fields: moved })
  }
  const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const
  return (
    <Paper withBorder p="sm" role="group" aria-label={t('fields.question', { number })}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600}>
            {t(`fields.types.${field.type}`)}
          </Text>
          {isReadOnly || isSurvey ? null : (
            <Group gap={2} wrap="nowrap">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('fields.up', { number })}
                disabled={place === 0}
                onClick={() => move(-1)}
              >
                <IconArrowUp {...icon} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('fields.down', { number })}
                disabled={place === fields.length - 1}
                onClick={() => move(1)}
              >
                <IconArrowDown {...icon} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('fields.remove', { number })}
                onClick={() => change({ fields: fields.filter((_, at) => at !== place) })}
              >
                <IconTrash {...icon} />
              </ActionIcon>
            </Group>
          )}
        </Group>
        {isSurvey ? null : (
          <SimpleGrid cols={{ base: 1, sm: Math.min(2, locales.length) }} spacing="sm">
            {locales.map((locale) => (
              <TextInput
                key={locale}
                lang={locale}
                size="xs"
                label={t('fields.label', { language: nameOf(locale) })}
                readOnly={isReadOnly}
                maxLength={120}
                value={field.label[locale] ?? ''}
                onChange={({ currentTarget }) =>
                  set({ label: { ...field.label, [locale]: currentTarget.value } }, `label.${locale}`)
                }
                error={problemAt(`${path}.label.${locale}`)}
              />
            ))}
          </SimpleGrid>
        )}
        {field.type === 'choice' || field.type === 'choices' ? (
          <FieldOptions
            options={field.options}
            path={`${path}.options`}
            locales={locales}
            onChange={(options, of) =>
              set({ options: [...options] }, of === undefined ? undefined : `options.${of}`)
            }
          />
        ) : null}
        {isSurvey ? null : (
          <Group gap="lg" align="flex-start">
            <TextInput
              size="xs"
              label={t('fields.name')}
              description={t('fields.nameText')}
              readOnly={isReadOnly || field.type === 'email'}
              maxLength={40}
              value={field.name}
              onChange={({ currentTarget }) => set({ name: currentTarget.value }, 'name')}
              error={problemAt(`${path}.name`) ?? problemAt(`${path}.type`)}
            />
            <Switch
              mt={26}
              label={t('fields.required')}
              checked={field.required}
              disabled={isReadOnly}
              onChange={({ currentTarget }) => set({ required: currentTarget.checked })}
              error={problemAt(`${path}.required`)}
            />
          </Group>
        )}
      </Stack>
    </Paper>
  )
}
