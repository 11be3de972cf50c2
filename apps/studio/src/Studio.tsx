import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createQueryClient } from './api/createQueryClient.ts'
import { createStudioRouter } from './createStudioRouter.tsx'
import { LateOverlays } from './LateOverlays.tsx'
import { styleNonce } from './styleNonce.ts'
import { theme } from './theme.ts'
import { themeVariables } from './themeVariables.ts'

const queryClient = createQueryClient()
const router = createStudioRouter(queryClient)

/** Everything that all pages stand on. */
export function Studio() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={themeVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <LateOverlays />
      </QueryClientProvider>
    </MantineProvider>
  )
}
