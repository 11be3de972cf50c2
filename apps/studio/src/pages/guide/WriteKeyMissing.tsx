import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { Failure } from '../../shell/Failure.tsx'

/** Where the key was chosen elsewhere, and only its hash is known here: another one can be made at once. */
export function WriteKeyMissing({ onMade }: { onMade: (key: string) => void }) {
  const { t } = useTranslation('guide')
  const queryClient = useQueryClient()
  const make = useMutation({
    mutationFn: () => ask(api.keys.index.$post(undefined, withBody({ kind: 'write' }))),
    onSuccess: async ({ key }) => {
      onMade(key)
      await queryClient.invalidateQueries({ queryKey: ['keys'] })
    },
  })
  return (
    <Alert color="gray" title={t('keyMissing.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('keyMissing.text')}</Text>
        {make.error ? <Failure error={make.error} /> : null}
        <Group>
          <Button size="xs" variant="default" loading={make.isPending} onClick={() => make.mutate()}>
            {t('keyMissing.make')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
