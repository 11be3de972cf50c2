import { Alert, Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../api/apiProblem.ts'

/** What went wrong, in the server's own words, and a way to try again. */
export function Failure({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation('shell')
  return (
    <Alert color="red" title={t('failed')} role="alert">
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{messageOf(error)}</Text>
        {reset ? (
          <Button size="xs" variant="default" onClick={reset}>
            {t('again')}
          </Button>
        ) : null}
      </Stack>
    </Alert>
  )
}
