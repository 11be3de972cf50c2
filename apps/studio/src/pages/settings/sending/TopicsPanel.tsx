import { ActionIcon, Button, Group, Paper, SimpleGrid, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { STUDIO_LOCALES } from '../../../words/studioLocale.ts'
import type { SettingsForm } from '../form/useSettingsForm.ts'

/** What marketing mails are about, as customers choose on the page of their preferences. */
export function TopicsPanel({ form }: { form: SettingsForm }) {
  const { t } = useTranslation('settings')
  const topics = form.get('topics')
  const error = form.errorAt('topics')
  const known = form.saved.topics.map(({ id }) => id)
  const change = (place: number, topic: Partial<(typeof topics)[number]>) =>
    form.set(
      'topics',
      topics.map((one, at) => (at === place ? { ...one, ...topic } : one)),
    )
  const rename = (place: number, locale: string, text: string) => {
    const { [locale]: _before, ...others } = topics[place]?.name ?? {}
    change(place, { name: text === '' ? others : { ...others, [locale]: text } })
  }
  return (
    <Panel title={t('topics.title')} text={t('topics.text')}>
      {topics.map((topic, place) => (
        <Paper key={place} withBorder p="sm">
          <Group gap="xs" align="flex-end" wrap="nowrap" mb="xs">
            <TextInput
              flex={1}
              label={t('topics.id')}
              placeholder="news"
              value={topic.id}
              // Customers have answered by this name.
              readOnly={known.includes(topic.id)}
              onChange={({ currentTarget }) => change(place, { id: currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('topics.remove', { topic: topic.id })}
              onClick={() =>
                form.set(
                  'topics',
                  topics.filter((_, at) => at !== place),
                )
              }
            >
              <IconTrash size={18} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Group>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
            {Object.entries(STUDIO_LOCALES).map(([locale, language]) => (
              <TextInput
                key={locale}
                size="xs"
                label={t('topics.name', { language })}
                value={topic.name[locale] ?? ''}
                onChange={({ currentTarget }) => rename(place, locale, currentTarget.value)}
              />
            ))}
          </SimpleGrid>
        </Paper>
      ))}
      {error === undefined ? null : (
        <Text size="xs" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
        onClick={() => form.set('topics', [...topics, { id: '', name: {} }])}
      >
        {t('topics.add')}
      </Button>
    </Panel>
  )
}
