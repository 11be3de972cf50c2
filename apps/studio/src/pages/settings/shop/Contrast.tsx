import { READABLE_CONTRAST } from '@ciclo/engine'
import { Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { contrastOf } from './contrastOf.ts'

/** Whether a text can be read on a colour. */
export function Contrast({ what, text, on }: { what: string; text: string; on: string }) {
  const { t, i18n } = useTranslation('settings')
  const contrast = contrastOf(text, on)
  if (contrast === undefined) return null
  const isEnough = contrast >= READABLE_CONTRAST
  const Icon = isEnough ? IconCheck : IconAlertTriangle
  // Rounded down: 4.46 is not enough, and must not look so.
  const ratio = new Intl.NumberFormat(i18n.language).format(Math.floor(contrast * 10) / 10)
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Text component="span" c={isEnough ? 'green' : 'var(--mantine-color-error)'} lh={1}>
        <Icon size={16} stroke={1.6} aria-hidden />
      </Text>
      <Text size="xs">{t(isEnough ? 'brand.readable' : 'brand.hardToRead', { what, ratio })}</Text>
    </Group>
  )
}
