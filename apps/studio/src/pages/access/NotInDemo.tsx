import { Alert } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Stands where the demo, which nobody signs in to, has nothing to be set up. */
export function NotInDemo({ children }: { children: ReactNode }) {
  return (
    <Alert variant="light" color="gray" p="sm" icon={<IconInfoCircle size={18} stroke={1.6} aria-hidden />}>
      {children}
    </Alert>
  )
}
