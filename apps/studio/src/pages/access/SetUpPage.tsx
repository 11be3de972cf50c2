import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { DoorCard } from './DoorCard.tsx'
import { DoorForm } from './DoorForm.tsx'
import { LinkGate } from './LinkGate.tsx'
import { NameField } from './NameField.tsx'
import { NewPasswordField } from './NewPasswordField.tsx'
import { LONGEST_EMAIL } from './rules.ts'
import { useDoorErrors } from './useDoorErrors.ts'

const setUpQuery = (token: string) =>
  queryOptions({
    queryKey: ['set-up', token],
    queryFn: () => ask(api.access['set-up'][':token'].$get({ param: { token } })),
    retry: false,
  })

/** Where the first owner is made. */
export function SetUpPage() {
  const { t } = useTranslation('access')
  const { token } = useParams({ from: '/set-up/$token' })
  const answer = useQuery(setUpQuery(token))
  const errors = useDoorErrors()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', password: '' },
    validate: { name: errors.name, email: errors.email, password: errors.newPassword },
  })
  const setUp = useMutation({
    mutationFn: (values: { name: string; email: string; password: string }) =>
      ask(api.access['set-up'][':token'].$post({ param: { token } }, withBody(values))),
    onSuccess: () => window.location.assign('/guide'),
  })
  return (
    <LinkGate answer={answer} unfit={t('unfit.setUp')}>
      {() => (
        <DoorCard title={t('setUp.title')} text={t('setUp.text')}>
          <DoorForm
            onSubmit={form.onSubmit((values) => setUp.mutate(values))}
            error={setUp.isError ? errors.messageOf(setUp.error) : undefined}
            isBusy={setUp.isPending || setUp.isSuccess}
            submit={t('setUp.submit')}
          >
            <NameField key={form.key('name')} {...form.getInputProps('name')} autoFocus />
            <TextInput
              key={form.key('email')}
              {...form.getInputProps('email')}
              label={t('fields.email')}
              type="email"
              name="email"
              autoComplete="username"
              maxLength={LONGEST_EMAIL}
            />
            <NewPasswordField key={form.key('password')} {...form.getInputProps('password')} />
          </DoorForm>
        </DoorCard>
      )}
    </LinkGate>
  )
}
