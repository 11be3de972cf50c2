import { Anchor, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from '../senders/SenderList.module.css'
import { useMayChange } from '../useMayChange.ts'

/** What there is, and as what it can be had. What is drawn or written is no table. */
const FILES = [
  { what: 'customers', formats: ['CSV', 'JSON'] },
  { what: 'consents', formats: ['CSV', 'JSON'] },
  { what: 'events', formats: ['CSV', 'JSON'] },
  { what: 'orders', formats: ['CSV', 'JSON'] },
  { what: 'products', formats: ['CSV', 'JSON'] },
  { what: 'messages', formats: ['CSV', 'JSON'] },
  { what: 'suppressions', formats: ['CSV', 'JSON'] },
  { what: 'templates', formats: ['JSON'] },
  { what: 'journeys', formats: ['JSON'] },
  { what: 'segments', formats: ['JSON'] },
  { what: 'campaigns', formats: ['JSON'] },
] as const

/** All that the shop has, to be taken elsewhere: the browser saves each file as it comes. */
export function ExportEverything() {
  const { t } = useTranslation('settings')
  const mayExport = useMayChange('exportAll')
  if (!mayExport)
    return (
      <Text size="sm" c="dimmed">
        {t('export.ownerOnly')}
      </Text>
    )
  return (
    <Stack gap={0} component="ul" className={classes.list} maw={480}>
      {FILES.map(({ what, formats }) => (
        <Group key={what} component="li" justify="space-between" py={6} className={classes.item}>
          <Text size="sm">{t(`export.whats.${what}`)}</Text>
          <Group gap="md">
            {formats.map((format) => (
              <Anchor
                key={format}
                size="sm"
                href={`/api/export/${what}?format=${format.toLowerCase()}`}
                download
                aria-label={t('export.as', { what: t(`export.whats.${what}`), format })}
              >
                {format}
              </Anchor>
            ))}
          </Group>
        </Group>
      ))}
    </Stack>
  )
}
