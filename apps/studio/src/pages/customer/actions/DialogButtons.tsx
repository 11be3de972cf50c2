import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The way out of a dialogue, and what it is for. */
export function DialogButtons({
  label,
  color,
  isBusy,
  isDisabled = false,
  onCancel,
}: {
  label: string
  color?: string
  isBusy: boolean
  isDisabled?: boolean
  onCancel: () => void
}) {
  const { t } = useTranslation('customer')
  return (
    <Group justify="flex-end" gap="xs" mt="md">
      <Button variant="default" onClick={onCancel}>
        {t('actions.cancel')}
      </Button>
      <Button
        type="submit"
        loading={isBusy}
        disabled={isDisabled}
        {...(color === undefined ? {} : { color })}
      >
        {label}
      </Button>
    </Group>
  )
}
