import { Alert, Button, Checkbox, Group, List, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'

/** Everything of one person is forgotten, after it was said what that is. */
export function ErasePanel() {
  const { t } = useTranslation('settings')
  const { number } = useFormats()
  const [email, setEmail] = useState('')
  const [isSure, setSure] = useState(false)
  const request = (dryRun: boolean) =>
    ask(api.dataRights.erasures.$post({}, withBody({ email: email.trim(), dryRun })))
  const look = useMutation({ mutationFn: () => request(true) })
  const erase = useMutation({ mutationFn: () => request(false) })
  const reset = () => {
    setSure(false)
    look.reset()
    erase.reset()
  }
  const failed = look.error ?? erase.error
  const removed = Object.entries(look.data?.removed ?? {}).filter(([, rows]) => rows > 0)
  return (
    <Panel title={t('erase.title')} text={t('erase.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          reset()
          look.mutate()
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            type="email"
            required
            flex="1 1 220px"
            maw={360}
            label={t('erase.email')}
            value={email}
            onChange={({ currentTarget }) => {
              reset()
              setEmail(currentTarget.value)
            }}
          />
          <Button type="submit" variant="default" loading={look.isPending}>
            {t('erase.look')}
          </Button>
        </Group>
      </form>
      {failed ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(failed)}
        </Alert>
      ) : null}
      {look.data && !erase.data ? (
        <Stack gap="sm">
          <Text size="sm" role="status">
            {look.data.customers.length === 0
              ? t('erase.nobody')
              : t('erase.found', { customers: number(look.data.customers.length) })}
          </Text>
          {removed.length > 0 ? (
            <List size="sm" spacing={2}>
              {removed.map(([table, rows]) => (
                <List.Item key={table}>
                  {table}: {number(rows)}
                </List.Item>
              ))}
            </List>
          ) : null}
          <Checkbox
            label={t('erase.sure')}
            checked={isSure}
            onChange={({ currentTarget }) => setSure(currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button color="red" disabled={!isSure} loading={erase.isPending} onClick={() => erase.mutate()}>
              {t('erase.go')}
            </Button>
          </Group>
        </Stack>
      ) : null}
      {erase.data ? (
        <Alert color="green" variant="light" role="status" p="sm">
          {t('erase.done')}
        </Alert>
      ) : null}
    </Panel>
  )
}
