import { Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { safePath } from '../../session/safePath.ts'
import { DoorCard } from './DoorCard.tsx'
import { DoorForm } from './DoorForm.tsx'
import { PasswordField } from './PasswordField.tsx'
import { LONGEST_EMAIL } from './rules.ts'
import { useDoorErrors } from './useDoorErrors.ts'

/** The door: by e-mail address and password, and then to where one wanted to go. */
export function SignInPage() {
  const { t } = useTranslation('access')
  const { to } = useSearch({ from: '/sign-in' })
  const errors = useDoorErrors()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: { email: errors.email, password: errors.password },
  })
  const signIn = useMutation({
    mutationFn: (values: { email: string; password: string }) =>
      ask(api.signIn['sign-in'].email.$post({}, withBody(values))),
    // As a new page: nothing of whoever was here before is left in memory.
    onSuccess: () => window.location.assign(safePath(to)),
    onError: () => form.getInputNode('password')?.focus(),
  })
  return (
    <DoorCard title={t('signIn.title')} text={to === undefined ? undefined : t('signIn.ended')}>
      <DoorForm
        onSubmit={form.onSubmit((values) => signIn.mutate(values))}
        error={signIn.isError ? errors.messageOf(signIn.error) : undefined}
        isBusy={signIn.isPending || signIn.isSuccess}
        submit={t('signIn.submit')}
      >
        <TextInput
          key={form.key('email')}
          {...form.getInputProps('email')}
          label={t('fields.email')}
          type="email"
          name="email"
          autoComplete="username"
          maxLength={LONGEST_EMAIL}
          autoFocus
        />
        <PasswordField
          key={form.key('password')}
          {...form.getInputProps('password')}
          name="password"
          autoComplete="current-password"
        />
      </DoorForm>
      <Text component="details" size="sm" c="dimmed">
        <summary>{t('signIn.forgotten')}</summary>
        <Text size="sm" mt={6}>
          {t('signIn.forgottenText')}
        </Text>
      </Text>
    </DoorCard>
  )
}
