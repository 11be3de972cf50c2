import { Alert, Button, Group, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { CopyValue } from '../CopyValue.tsx'

/** A secret that is shown when somebody asks for it, and renewed after it has leaked. It is kept in no cache. */
export function RenewableSecret({
  title,
  text,
  warning,
  read,
  renew,
}: {
  title: string
  text: string
  warning: string
  read: () => Promise<string>
  renew: () => Promise<string>
}) {
  const { t } = useTranslation('settings')
  const [shown, setShown] = useState<string | null>(null)
  const reading = useMutation({ mutationFn: read, onSuccess: setShown, gcTime: 0 })
  const renewing = useMutation({ mutationFn: renew, onSuccess: setShown, gcTime: 0 })
  const failed = reading.error ?? renewing.error
  return (
    <Panel title={title} text={text}>
      {shown === null ? null : <CopyValue label={title} value={shown} />}
      {failed ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(failed)}
        </Alert>
      ) : null}
      <Group gap="xs">
        {shown === null ? (
          <Button size="xs" variant="default" loading={reading.isPending} onClick={() => reading.mutate()}>
            {t('secrets.show')}
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => setShown(null)}>
            {t('secrets.hide')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          loading={renewing.isPending}
          onClick={() =>
            modals.openConfirmModal({
              title: t('secrets.renewTitle', { what: title }),
              children: <Text size="sm">{warning}</Text>,
              labels: { confirm: t('secrets.renew'), cancel: t('cancel') },
              confirmProps: { color: 'red' },
              closeButtonProps: { 'aria-label': t('close') },
              onConfirm: () => renewing.mutate(),
            })
          }
        >
          {t('secrets.renew')}
        </Button>
      </Group>
    </Panel>
  )
}
