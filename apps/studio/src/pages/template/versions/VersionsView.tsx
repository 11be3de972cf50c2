import { Badge, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import type { Draft } from '../../../drafts/useDraft.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Empty } from '../../../parts/Empty.tsx'
import { Panel } from '../../../parts/Panel.tsx'
import { templatesQuery, type TemplateDetail, type TemplateValue } from '../../templates/templateQueries.ts'
import { VersionDifference } from './VersionDifference.tsx'
import classes from './VersionsView.module.css'

interface VersionsViewProps {
  detail: TemplateDetail
  draft: Draft<TemplateValue>
  isReadOnly: boolean
  onChanged: () => void
}

/** What a template has said before: each version beside what stands in the editor now, and the ways back. */
export function VersionsView({ detail, draft, isReadOnly, onChanged }: VersionsViewProps) {
  const { name } = detail
  const { t } = useTranslation('template')
  const formats = useFormats()
  const queryClient = useQueryClient()
  const published = detail.versions.filter(({ status }) => status === 'published').toReversed()
  const shown = published.filter(({ hash }) => hash !== 'shipped')
  const [chosen, setChosen] = useState(shown[0]?.version)
  const version = shown.find((one) => one.version === chosen)
  const isOwn = published[0] !== undefined && published[0].hash !== 'shipped'
  const { data } = useQuery(templatesQuery)
  const navigate = useNavigate()
  const isShipped = data?.templates.find((template) => template.name === name)?.isShipped ?? false
  const isOnlyDraft = published.length === 0 && !isShipped
  const hasDraft = detail.versions.some(({ status }) => status === 'draft') || draft.hash !== detail.hash

  const act = useMutation({
    mutationFn: async ({ run }: { run: () => Promise<unknown>; done: string }) => {
      await run()
      // Nothing is left of a template that was a draft alone.
      if (isOnlyDraft) return
      await draft.look()
      // Nobody else has changed it.
      draft.heard()
    },
    onSuccess: (_result, { done }) => {
      notifications.show({ message: done, color: 'green' })
      void queryClient.invalidateQueries({ queryKey: templatesQuery.queryKey })
      onChanged()
    },
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 }),
  })
  const param = { name }
  const restore = (wanted: number) =>
    act.mutate({
      run: async () => {
        await draft.flush()
        await ask(
          api.templates[':name'].versions[':version'].restore.$post({
            param: { name, version: String(wanted) },
          }),
        )
      },
      done: t('versions.restored', { version: wanted }),
    })
  const confirm = (what: 'dropDraft' | 'useShipped', run: () => Promise<unknown>) =>
    modals.openConfirmModal({
      title: t(`versions.${what}.title`),
      children: <Text size="sm">{t(`versions.${what}.text`)}</Text>,
      labels: { confirm: t(`versions.${what}.action`), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => act.mutate({ run, done: t(`versions.${what}.done`) }),
    })

  return (
    <>
      {isReadOnly ? null : (
        <Group gap="xs" mb="md">
          {isOwn && isShipped ? (
            <Button
              size="xs"
              variant="default"
              loading={act.isPending}
              onClick={() =>
                confirm('useShipped', () => ask(api.templates[':name']['use-shipped'].$post({ param })))
              }
            >
              {t('versions.useShipped.action')}
            </Button>
          ) : null}
          {hasDraft && data ? (
            <Button
              size="xs"
              variant="default"
              loading={act.isPending}
              onClick={() =>
                confirm('dropDraft', async () => {
                  await draft.flush()
                  await ask(api.templates[':name'].draft.$delete({ param }))
                  if (isOnlyDraft) await navigate({ to: '/templates' })
                })
              }
            >
              {t('versions.dropDraft.action')}
            </Button>
          ) : null}
        </Group>
      )}
      {shown.length === 0 ? (
        <Empty title={t('versions.empty')} text={t('versions.emptyText')} />
      ) : (
        <div className={classes.columns}>
          <Panel title={t('versions.title')}>
            <Stack gap={2} component="nav" aria-label={t('versions.title')}>
              {published.map((one, index) => (
                <UnstyledButton
                  key={one.version}
                  className={classes.version}
                  disabled={one.hash === 'shipped'}
                  aria-current={one.version === chosen}
                  onClick={() => setChosen(one.version)}
                >
                  <Group gap="xs" justify="space-between">
                    <Text size="sm" fw={550}>
                      {one.hash === 'shipped'
                        ? t('versions.shippedAgain')
                        : t('versions.version', { version: one.version })}
                    </Text>
                    {index === 0 ? (
                      <Badge size="sm" variant="light" tt="none">
                        {t('versions.live')}
                      </Badge>
                    ) : null}
                  </Group>
                  <Text size="xs" c="dimmed">
                    {one.publishedAt === null ? null : formats.dateTime(one.publishedAt)}
                  </Text>
                </UnstyledButton>
              ))}
            </Stack>
          </Panel>
          {version ? (
            <VersionDifference
              key={version.version}
              name={name}
              version={version}
              now={draft.value}
              action={
                isReadOnly ? null : (
                  <Button size="xs" loading={act.isPending} onClick={() => restore(version.version)}>
                    {t('versions.restore')}
                  </Button>
                )
              }
            />
          ) : null}
        </div>
      )}
    </>
  )
}
