import { Button, Group } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { sessionQuery } from '../../session/sessionQuery.ts'
import { NameField } from './NameField.tsx'
import { useDoorErrors } from './useDoorErrors.ts'

/** How a person is called beside what they did. */
export function NameForm({ name }: { name: string }) {
  const { t } = useTranslation('access')
  const errors = useDoorErrors()
  const queryClient = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name },
    validate: { name: errors.name },
  })
  const rename = useMutation({
    mutationFn: (values: { name: string }) =>
      ask(api.signIn['update-user'].$post({}, withBody({ name: values.name.trim() }))),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      notifications.show({ message: t('account.nameSaved') })
    },
    onError: (error) => form.setFieldError('name', errors.messageOf(error)),
  })
  return (
    <form onSubmit={form.onSubmit((values) => rename.mutate(values))} noValidate>
      <Group align="flex-end" gap="sm">
        <NameField key={form.key('name')} {...form.getInputProps('name')} flex={1} miw={200} />
        <Button type="submit" variant="default" loading={rename.isPending}>
          {t('account.save')}
        </Button>
      </Group>
    </form>
  )
}
