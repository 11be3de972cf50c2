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
import { useDoorErrors } from './useDoorErrors.ts'

const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => ask(api.access.invitations[':token'].$get({ param: { token } })),
    retry: false,
  })

/** Where somebody who was invited joins. */
export function InvitationPage() {
  const { t } = useTranslation(['access', 'shell'])
  const { token } = useParams({ from: '/invitation/$token' })
  const answer = useQuery(invitationQuery(token))
  const errors = useDoorErrors()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', password: '' },
    validate: { name: errors.name, password: errors.newPassword },
  })
  const accept = useMutation({
    mutationFn: (values: { name: string; password: string }) =>
      ask(api.access.invitations[':token'].$post({ param: { token } }, withBody(values))),
    onSuccess: () => window.location.assign('/'),
  })
  return (
    <LinkGate answer={answer} unfit={t('unfit.invitation')}>
      {({ email, role, shop }) => (
        <DoorCard
          title={t('invitation.title', { shop })}
          text={t('invitation.text', { role: t(`roles.${role}`, { ns: 'shell' }) })}
        >
          <DoorForm
            onSubmit={form.onSubmit((values) => accept.mutate(values))}
            error={accept.isError ? errors.messageOf(accept.error) : undefined}
            isBusy={accept.isPending || accept.isSuccess}
            submit={t('invitation.submit')}
          >
            <TextInput
              label={t('fields.email')}
              type="email"
              name="email"
              autoComplete="username"
              value={email}
              readOnly
            />
            <NameField key={form.key('name')} {...form.getInputProps('name')} autoFocus />
            <NewPasswordField key={form.key('password')} {...form.getInputProps('password')} />
          </DoorForm>
        </DoorCard>
      )}
    </LinkGate>
  )
}
