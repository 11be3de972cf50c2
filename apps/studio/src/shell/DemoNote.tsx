import { Alert, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useSession } from '../session/useSession.ts'

/** What puts links into a sentence is 5 kB that no shop needs before it sees anything. */
const DemoWords = lazy(async () => ({ default: (await import('./DemoWords.tsx')).DemoWords }))

/** On the demo's first page: what is made up here, and where to make more of it. */
export function DemoNote() {
  const { isDemo } = useSession()
  const { pathname } = useLocation()
  if (!isDemo || pathname !== '/') return null
  return (
    <Alert mb="md" p="xs" color="gray" icon={<IconFlask size={18} stroke={1.6} aria-hidden />}>
      <Text size="sm" mih="1lh">
        <Suspense>
          <DemoWords />
        </Suspense>
      </Text>
    </Alert>
  )
}
