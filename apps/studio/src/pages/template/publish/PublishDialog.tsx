import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import type { Draft } from '../../../drafts/useDraft.ts'
import {
  templatesQuery,
  versionQuery,
  type TemplateDetail,
  type TemplateValue,
} from '../../templates/templateQueries.ts'
import { describeDifference } from '../parts/describeDifference.ts'
import { UsesPanel } from '../parts/UsesPanel.tsx'
import { ProblemList } from '../parts/ProblemList.tsx'
import type { TemplateProblem } from '../parts/useTemplateProblems.ts'
import { ifMatch } from '../useTemplateEditing.ts'

/** What publishing would do: what keeps it from that, and what is different then. */
export function PublishDialog({
  detail,
  draft,
  problems,
  onClose,
  onChanged,
  onJump,
}: {
  detail: TemplateDetail
  draft: Draft<TemplateValue>
  problems: readonly TemplateProblem[]
  onClose: () => void
  onChanged: () => void
  onJump: (problem: TemplateProblem) => void
}) {
  const { name, versions } = detail
  const { t } = useTranslation('template')
  const queryClient = useQueryClient()
  const newest = versions.findLast(({ status, hash }) => status === 'published' && hash !== 'shipped')
  const before = useQuery({
    ...versionQuery(name, newest ?? { version: 0, hash: '' }),
    enabled: newest !== undefined,
  })
  const errors = problems.filter(({ severity }) => severity === 'error')
  const publish = useMutation({
    mutationFn: async () => {
      await draft.flush()
      // What was saved just now: nobody publishes what they have not seen.
      const { hash } = await ask(api.templates[':name'].$get({ param: { name } }))
      if (draft.hash !== null && draft.status === 'saved' && hash !== draft.hash)
        throw new Error(t('publish.changed'))
      const { headers } = withBody({}).init
      return await ask(
        api.templates[':name'].publish.$post(
          { param: { name } },
          { init: { headers: { ...headers, ...ifMatch(hash) }, body: '{}' } },
        ),
      )
    },
    onSuccess: ({ version }) => {
      notifications.show({ message: t('publish.done', { version }), color: 'green' })
      void queryClient.invalidateQueries({ queryKey: templatesQuery.queryKey })
      onChanged()
      onClose()
    },
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 10_000 }),
  })
  const lines = before.data ? describeDifference(before.data.source, draft.value) : []
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('cancel') }}
      opened
      onClose={onClose}
      title={t('publish.title', { name })}
      size="lg"
    >
      <Stack gap="md">
        {errors.length > 0 ? (
          <Alert color="red" title={t('publish.errors', { count: errors.length })}>
            <ProblemList problems={errors} onJump={onJump} />
          </Alert>
        ) : (
          <Text size="sm">{t('publish.text')}</Text>
        )}
        {newest === undefined ? null : (
          <section>
            <Text size="sm" fw={600} mb={4}>
              {t('publish.changes', { version: newest.version })}
            </Text>
            {before.data && lines.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t('difference.none')}
              </Text>
            ) : (
              <List size="sm">
                {lines.map(({ kind, ...what }) => {
                  const line = t(`difference.${kind}`, what)
                  return (
                    <List.Item key={line} className="any-text">
                      {line}
                    </List.Item>
                  )
                })}
              </List>
            )}
          </section>
        )}
        {errors.length < problems.length ? (
          <section>
            <Text size="sm" fw={600} mb={4}>
              {t('publish.warnings')}
            </Text>
            <ProblemList
              problems={problems.filter(({ severity }) => severity === 'warning')}
              onJump={onJump}
            />
          </section>
        ) : null}
        <UsesPanel name={name} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            onClick={() => publish.mutate()}
            loading={publish.isPending}
            disabled={errors.length > 0}
            data-autofocus
          >
            {t('actions.publish')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
