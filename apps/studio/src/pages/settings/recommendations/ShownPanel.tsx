import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageLink } from '../../../parts/PageLink.tsx'
import { Panel } from '../../../parts/Panel.tsx'
import { Recommended } from '../../../parts/recommendations/Recommended.tsx'
import { recommendedQuery } from '../../../parts/recommendations/recommendationQueries.ts'

const LIMIT = 10

/** What goes with a product and what comes after it; what is popular, where none is named. */
export function ShownPanel({ productId }: { productId: string }) {
  const { t } = useTranslation('recommendations')
  const together = { kind: 'together', productId, limit: LIMIT } as const
  const { data } = useQuery({ ...recommendedQuery(together), enabled: productId !== '' })
  if (productId === '')
    return (
      <Panel title={t('shown.popular')} text={t('shown.text')}>
        <AskForProduct />
        <Recommended asked={{ kind: 'popular', limit: LIMIT }} />
      </Panel>
    )
  return (
    <Panel
      title={data?.about[0]?.name ?? productId}
      text={
        <PageLink to="/settings/{-$part}" params={{ part: 'recommendations' }} hash="" size="sm">
          {t('shown.back')}
        </PageLink>
      }
    >
      <Stack gap="xs">
        <Title order={3}>{t('shown.together')}</Title>
        <Recommended asked={together} isPure />
      </Stack>
      <Stack gap="xs">
        <Title order={3}>{t('shown.next')}</Title>
        <Recommended asked={{ kind: 'next', productId, limit: LIMIT }} isPure />
      </Stack>
      <Text size="xs" c="dimmed">
        {t('shown.filled')}
      </Text>
    </Panel>
  )
}

/** A product by the number that the shop knows it by. */
function AskForProduct() {
  const { t } = useTranslation('recommendations')
  const navigate = useNavigate()
  const [given, setGiven] = useState('')
  const productId = given.trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (productId === '') return
        void navigate({
          to: '/settings/{-$part}',
          params: { part: 'recommendations' },
          hash: productId,
        })
      }}
    >
      <Group gap="xs" align="end">
        <TextInput
          label={t('shown.product')}
          value={given}
          onChange={({ currentTarget }) => setGiven(currentTarget.value)}
          style={{ flexGrow: 1 }}
          maw={320}
        />
        <Button type="submit" variant="default" disabled={productId === ''}>
          {t('shown.see')}
        </Button>
      </Group>
    </form>
  )
}
