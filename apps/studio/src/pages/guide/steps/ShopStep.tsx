import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { sessionQuery } from '../../../session/sessionQuery.ts'
import { Failure } from '../../../shell/Failure.tsx'
import { Loading } from '../../../shell/Loading.tsx'
import { guideQuery } from '../guideQuery.ts'

const shopQuery = { queryKey: ['guide', 'shop'], queryFn: () => ask(api.settings.index.$get()) }

/** What every mail says of its sender: the shop's name and postal address. */
export function ShopStep() {
  const { data, error, refetch } = useQuery(shopQuery)
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Loading />
  const { name, address = '' } = data.shop
  return <ShopForm name={name === 'Shop' ? '' : name} address={address} />
}

function ShopForm({ name, address }: { name: string; address: string }) {
  const { t } = useTranslation('guide')
  const queryClient = useQueryClient()
  const form = useForm({
    initialValues: { name, address },
    validate: {
      name: (value) => (value.trim() === '' ? t('steps.shop.nameMissing') : null),
      address: (value) => (value.trim() === '' ? t('steps.shop.addressMissing') : null),
    },
  })
  const save = useMutation({
    mutationFn: (shop: { name: string; address: string }) =>
      ask(api.settings.index.$patch(undefined, withBody({ shop }))),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: guideQuery.queryKey })
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  return (
    <form onSubmit={form.onSubmit((shop) => save.mutate(shop))} noValidate>
      <Stack gap="sm" maw={480}>
        <TextInput label={t('steps.shop.name')} autoComplete="organization" {...form.getInputProps('name')} />
        <TextInput
          label={t('steps.shop.address')}
          description={t('steps.shop.addressWhy')}
          autoComplete="street-address"
          {...form.getInputProps('address')}
        />
        {save.error ? <Failure error={save.error} /> : null}
        <Group gap="md">
          <Button type="submit" loading={save.isPending}>
            {t('steps.shop.save')}
          </Button>
          <Anchor component={Link} to="/settings" size="sm">
            {t('steps.shop.more')}
          </Anchor>
        </Group>
      </Stack>
    </form>
  )
}
