import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyListed } from './journeysQuery.ts'

/** What every dialogue about one journey is given. */
export interface JourneyDialogProps {
  journey: Pick<JourneyListed, 'id' | 'status' | 'versions' | 'runs'>
  /** As the reader knows it. */
  name: string
  onClose: () => void
}

/** Asks before something is done to a journey, and says what comes of it. */
export function JourneyDialog({
  title,
  label,
  color,
  isBusy,
  isDisabled = false,
  onConfirm,
  onClose,
  children,
}: {
  title: string
  label: string
  color?: string
  isBusy: boolean
  isDisabled?: boolean
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { t } = useTranslation('journeys')
  return (
    <Modal
      opened
      onClose={onClose}
      title={<span className="any-text">{title}</span>}
      closeButtonProps={{ 'aria-label': t('actions.cancel') }}
    >
      <Stack gap="sm">
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('actions.cancel')}
          </Button>
          <Button
            {...(color === undefined ? {} : { color })}
            loading={isBusy}
            disabled={isDisabled}
            onClick={onConfirm}
          >
            {label}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
