import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ApiProblem } from '../../api/apiProblem.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { useSession } from '../../session/useSession.ts'
import { NewPasswordField } from './NewPasswordField.tsx'
import { PasswordField } from './PasswordField.tsx'
import { useDoorErrors } from './useDoorErrors.ts'

/** Another password, for who knows the one that they have. */
export function PasswordForm() {
  const { t } = useTranslation('access')
  const { user } = useSession()
  const errors = useDoorErrors()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: errors.password,
      newPassword: (value, { currentPassword }) =>
        value !== '' && value === currentPassword ? t('errors.passwordSame') : errors.newPassword(value),
    },
  })
  const change = useMutation({
    mutationFn: (values: { currentPassword: string; newPassword: string }) =>
      ask(api.signIn['change-password'].$post({}, withBody(values))),
    onSuccess: () => {
      form.reset()
      notifications.show({ message: t('account.passwordSaved') })
    },
    onError: (error) => {
      const isWrong = error instanceof ApiProblem && error.code === 'forbidden'
      form.setFieldError('currentPassword', isWrong ? t('errors.currentWrong') : errors.messageOf(error))
      form.getInputNode('currentPassword')?.focus()
    },
  })
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      <Stack gap="sm">
        <input type="email" name="email" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordField
          key={form.key('currentPassword')}
          {...form.getInputProps('currentPassword')}
          label={t('fields.currentPassword')}
          name="currentPassword"
          autoComplete="current-password"
        />
        <NewPasswordField
          key={form.key('newPassword')}
          {...form.getInputProps('newPassword')}
          label={t('fields.newPassword')}
          name="newPassword"
        />
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('account.changePassword')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
