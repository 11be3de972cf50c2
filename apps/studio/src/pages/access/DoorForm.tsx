import { Alert, Button, Stack } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ComponentProps, ReactNode } from 'react'

/** The fields of a door, what the server has against them, and the one button. */
export function DoorForm({
  onSubmit,
  error,
  isBusy,
  submit,
  children,
}: {
  onSubmit: NonNullable<ComponentProps<'form'>['onSubmit']>
  error?: string | undefined
  isBusy: boolean
  submit: string
  children: ReactNode
}) {
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        {error === undefined ? null : (
          <Alert
            role="alert"
            color="red"
            variant="light"
            p="sm"
            icon={<IconAlertCircle size={18} stroke={1.6} aria-hidden />}
          >
            {error}
          </Alert>
        )}
        {children}
        <Button type="submit" loading={isBusy} fullWidth mt={4}>
          {submit}
        </Button>
      </Stack>
    </form>
  )
}
