import { Group, NativeSelect, Paper, SegmentedControl, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { STUDIO_LOCALES } from '../../../words/studioLocale.ts'
import classes from './MailPreview.module.css'

/** Mails that together show what a brand can look like. */
const TEMPLATES = ['welcome', 'order-confirmation', 'cart-reminder', 'vip'] as const

/**
 * A mail with the settings that are not saved yet. It is a page of its own with a policy of its own, and nothing in it
 * runs.
 */
export function MailPreview({ patch, locale }: { patch: Record<string, unknown>; locale: string }) {
  const { t } = useTranslation('settings')
  const [template, setTemplate] = useState<(typeof TEMPLATES)[number]>('welcome')
  const [language, setLanguage] = useState(Object.hasOwn(STUDIO_LOCALES, locale) ? locale : 'en')
  const [width, setWidth] = useState('narrow')
  const [shown] = useDebouncedValue(JSON.stringify(patch), 400)
  const query = new URLSearchParams({ template, locale: language, patch: shown }).toString()
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('preview.title')} className={classes.frame}>
      <Group gap="xs" mb="xs" justify="space-between">
        <Text fw={600} size="sm">
          {t('preview.title')}
        </Text>
        <SegmentedControl
          size="xs"
          value={width}
          onChange={setWidth}
          aria-label={t('preview.width')}
          data={[
            { value: 'narrow', label: t('preview.phone') },
            { value: 'wide', label: t('preview.computer') },
          ]}
        />
      </Group>
      <Group gap="xs" mb="xs" grow>
        <NativeSelect
          size="xs"
          aria-label={t('preview.template')}
          value={template}
          onChange={({ currentTarget }) =>
            setTemplate(TEMPLATES.find((name) => name === currentTarget.value) ?? 'welcome')
          }
          data={TEMPLATES.map((value) => ({ value, label: t(`preview.templates.${value}`) }))}
        />
        <NativeSelect
          size="xs"
          aria-label={t('preview.language')}
          value={language}
          onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
          data={Object.entries(STUDIO_LOCALES).map(([value, label]) => ({ value, label }))}
        />
      </Group>
      <div className={classes.place} data-width={width}>
        <iframe
          className={classes.mail}
          title={t('preview.title')}
          sandbox=""
          src={`/api/settings/mail-preview?${query}`}
        />
      </div>
    </Paper>
  )
}
