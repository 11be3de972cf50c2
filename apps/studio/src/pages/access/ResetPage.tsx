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
import { NewPasswordField } from './NewPasswordField.tsx'
import { useDoorErrors } from './useDoorErrors.ts'

const resetQuery = (token: string) =>
  queryOptions({
    queryKey: ['reset', token],
    queryFn: () => ask(api.access.resets[':token'].$get({ param: { token } })),
    retry: false,
  })

/** Where somebody who has forgotten their password sets another. */
export function ResetPage() {
  const { t } = useTranslation('access')
  const { token } = useParams({ from: '/reset/$token' })
  const answer = useQuery(resetQuery(token))
  const errors = useDoorErrors()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: errors.newPassword },
  })
  const reset = useMutation({
    mutationFn: (values: { password: string }) =>
      ask(api.access.resets[':token'].$post({ param: { token } }, withBody(values))),
    onSuccess: () => window.location.assign('/'),
  })
  return (
    <LinkGate answer={answer} unfit={t('unfit.reset')}>
      {({ email }) => (
        <DoorCard title={t('reset.title')} text={t('reset.text')}>
          <DoorForm
            onSubmit={form.onSubmit((values) => reset.mutate(values))}
            error={reset.isError ? errors.messageOf(reset.error) : undefined}
            isBusy={reset.isPending || reset.isSuccess}
            submit={t('reset.submit')}
          >
            {/* So that a password manager knows whose password it keeps. */}
            <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
            <NewPasswordField
              key={form.key('password')}
              {...form.getInputProps('password')}
              label={t('fields.newPassword')}
              autoFocus
            />
          </DoorForm>
        </DoorCard>
      )}
    </LinkGate>
  )
}
