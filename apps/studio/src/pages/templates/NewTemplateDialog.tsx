import { Button, FileInput, Group, Modal, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { messageOf } from '../../api/apiProblem.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { segmentIdOf } from '../segments/rule/segmentIdOf.ts'
import { htmlTemplate } from './htmlTemplate.ts'
import { valueOf, type TemplateListed } from './templateQueries.ts'

const BEGINNINGS = ['blank', 'copy', 'html'] as const
type Beginning = (typeof BEGINNINGS)[number]

/** A new template: what it is called, and what it begins with. */
export function NewTemplateDialog({
  templates,
  startName = '',
  onMade,
  onClose,
}: {
  templates: readonly TemplateListed[]
  /** What it may be called: by what needs it. */
  startName?: string
  /** Told of the name before its page is opened. */
  onMade?: (name: string) => Promise<void>
  onClose: () => void
}) {
  const { t } = useTranslation('templates')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [called, setCalled] = useState(startName)
  const [beginning, setBeginning] = useState<Beginning>('blank')
  const [origin, setOrigin] = useState<string | null>(null)
  const [html, setHtml] = useState('')
  const name = called.trim() === '' ? '' : segmentIdOf(called, new Set(templates.map((one) => one.name)))
  const usable = templates.filter(({ uses, draft }) => uses !== null || draft !== null)

  const make = useMutation({
    mutationFn: async () => {
      const { source } =
        beginning === 'copy' && origin !== null
          ? await ask(api.templates[':name'].$get({ param: { name: origin } }))
          : await ask(api.templates[':name'].blank.$get({ param: { name } }))
      const value = valueOf(beginning === 'html' ? htmlTemplate(source, html) : source)
      await ask(api.templates[':name'].draft.$put({ param: { name } }, withBody(value)))
    },
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: ['templates'] })
      await onMade?.(name)
      await navigate({ to: '/templates/$templateName', params: { templateName: name }, search: {} })
    },
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 }),
  })
  const isComplete =
    name !== '' && (beginning !== 'copy' || origin !== null) && (beginning !== 'html' || html.trim() !== '')

  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('cancel') }}
      opened
      onClose={onClose}
      title={t('new.title')}
      size="lg"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isComplete) make.mutate()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('new.name')}
            description={name === '' ? t('new.nameText') : t('new.id', { id: name })}
            placeholder={t('new.namePlaceholder')}
            value={called}
            maxLength={100}
            required
            data-autofocus
            onChange={({ currentTarget }) => setCalled(currentTarget.value)}
          />
          <Radio.Group
            label={t('new.begin')}
            value={beginning}
            onChange={(value) => setBeginning(BEGINNINGS.find((one) => one === value) ?? 'blank')}
          >
            <Stack gap="xs" mt="xs">
              {BEGINNINGS.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`new.beginnings.${one}.title`)}
                  description={t(`new.beginnings.${one}.text`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {beginning === 'copy' ? (
            <Select
              label={t('new.origin')}
              data={usable.map((template) => template.name)}
              value={origin}
              onChange={setOrigin}
              searchable
              required
              nothingFoundMessage={t('empty.search')}
            />
          ) : null}
          {beginning === 'html' ? (
            <>
              <FileInput
                label={t('new.file')}
                accept=".html,.htm,text/html"
                onChange={(file) => void file?.text().then(setHtml)}
              />
              <Textarea
                label={t('new.html')}
                value={html}
                onChange={({ currentTarget }) => setHtml(currentTarget.value)}
                rows={8}
                ff="monospace"
                spellCheck={false}
                required
              />
            </>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={make.isPending} disabled={!isComplete}>
              {t('new.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
