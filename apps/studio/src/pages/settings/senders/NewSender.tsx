import { Anchor, Radio, Stack, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { problemIn } from '../form/problemIn.ts'
import { SenderForm } from './SenderForm.tsx'
import type { Sender } from './sendersQuery.ts'
import { useSenderActions } from './useSenderActions.ts'

const PURPOSES = ['marketing', 'transactional'] as const

/** A sender of one's own: nothing goes by it before it was checked and tried. */
export function NewSender({ senders }: { senders: readonly Sender[] }) {
  const { t } = useTranslation(['settings', 'states'])
  const navigate = useNavigate()
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('marketing')
  const [given, setGiven] = useState<string | null>(null)
  const usual = purpose === 'marketing' ? 'news' : 'orders'
  const free = [usual, ...Array.from({ length: 50 }, (_, place) => `${usual}-${place + 2}`)].find(
    (name) => !senders.some((sender) => sender.id === name),
  )
  const id = given ?? free ?? usual
  const { save } = useSenderActions(id)
  const wrong = problemIn(save.error)
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/settings/senders" size="sm" w="fit-content">
        {t('senders.back')}
      </Anchor>
      <Panel title={t('senders.new')} text={t('senders.newText')}>
        <SenderForm
          problem={save.error}
          isSaving={save.isPending}
          top={
            <>
              <Radio.Group
                label={t('senders.purpose')}
                value={purpose}
                onChange={(value) => setPurpose(value === 'transactional' ? value : 'marketing')}
              >
                <Stack gap="xs" mt="xs">
                  {PURPOSES.map((value) => (
                    <Radio
                      key={value}
                      value={value}
                      label={t(`purpose.${value}`, { ns: 'states' })}
                      description={t(`senders.purposes.${value}`)}
                    />
                  ))}
                </Stack>
              </Radio.Group>
              <TextInput
                label={t('senders.id')}
                description={t('senders.idText')}
                maw={280}
                value={id}
                onChange={({ currentTarget }) => setGiven(currentTarget.value)}
                {...(wrong?.path === 'id' ? { error: wrong.message } : {})}
              />
            </>
          }
          onSave={(change) =>
            save.mutate(
              { purpose, ...change },
              {
                onSuccess: () =>
                  void navigate({ to: '/settings/{-$part}', params: { part: 'senders' }, hash: id }),
              },
            )
          }
        />
      </Panel>
    </Stack>
  )
}
