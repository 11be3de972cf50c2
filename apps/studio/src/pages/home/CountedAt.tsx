import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'

/** How old figures are; nothing where they are as good as new. */
const WORTH_SAYING = 60_000

export function CountedAt({ countedAt, isCounting }: { countedAt: string; isCounting: boolean }) {
  const { t } = useTranslation('home')
  const formats = useFormats()
  if (!isCounting && Date.now() - Date.parse(countedAt) < WORTH_SAYING) return null
  return (
    <Text size="xs" c="dimmed">
      {t(isCounting ? 'countingAnew' : 'countedAt', { at: formats.dateTime(countedAt) })}
    </Text>
  )
}
