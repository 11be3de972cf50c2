import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { CopyValue } from '../settings/CopyValue.tsx'
import { LONGEST_EMAIL } from './rules.ts'
import { teamQuery } from './teamQuery.ts'
import { useDoorErrors } from './useDoorErrors.ts'
import { useRoleOptions } from './useRoleOptions.ts'

/** Asks somebody to join, and shows the link that does. */
export function InviteForm() {
  const { t } = useTranslation('access')
  const errors = useDoorErrors()
  const options = useRoleOptions()
  const queryClient = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', role: 'marketer' },
    validate: { email: errors.email },
  })
  const invite = useMutation({
    mutationFn: (values: { email: string; role: string }) =>
      ask(api.team.invitations.$post({}, withBody(values))),
    onSuccess: async () => {
      form.setFieldValue('email', '')
      await queryClient.invalidateQueries({ queryKey: teamQuery.queryKey })
    },
    onError: (error) => {
      form.setFieldError('email', errors.messageOf(error))
      form.getInputNode('email')?.focus()
    },
  })
  return (
    <form onSubmit={form.onSubmit((values) => invite.mutate(values))} noValidate>
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <TextInput
            key={form.key('email')}
            {...form.getInputProps('email')}
            label={t('fields.email')}
            type="email"
            name="email"
            autoComplete="off"
            maxLength={LONGEST_EMAIL}
            flex={1}
            miw={220}
          />
          <NativeSelect
            key={form.key('role')}
            {...form.getInputProps('role')}
            label={t('team.role')}
            data={options}
            w={150}
          />
          <Button type="submit" loading={invite.isPending} mt={25}>
            {t('team.send')}
          </Button>
        </Group>
        {/* Always there, so that what appears in it is read out. */}
        <div role="status">
          {invite.isSuccess ? (
            <Alert variant="light" p="sm" title={t('team.invited', { email: invite.data.email })}>
              <Stack gap="xs">
                <Text size="sm">
                  {t(`team.mail.${invite.data.mail.state}`, { response: invite.data.mail.response ?? '' })}
                </Text>
                <CopyValue label={t('team.link')} value={invite.data.link} />
              </Stack>
            </Alert>
          ) : null}
        </div>
      </Stack>
    </form>
  )
}
