import { Alert, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../api/apiProblem.ts'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import { contentQuery, mailPath, type MessageDetail } from './messageQueries.ts'
import classes from './Messages.module.css'

const WIDTHS = ['desktop', 'phone'] as const
const SCHEMES = ['light', 'dark'] as const
const PARTS = ['html', 'plain'] as const

type Choice = (typeof WIDTHS)[number] | (typeof SCHEMES)[number] | (typeof PARTS)[number]

/** The mail as its reader sees it, in a frame where nothing in it does anything. */
export function MailPreview({ message }: { message: MessageDetail }) {
  const { id, state, sentAt, templateChangedAt } = message
  const { t } = useTranslation('messages')
  const formats = useFormats()
  const [width, setWidth] = useState<(typeof WIDTHS)[number]>('desktop')
  const [scheme, setScheme] = useState<(typeof SCHEMES)[number]>('light')
  const [part, setPart] = useState<(typeof PARTS)[number]>('html')
  const { data, error } = useQuery(contentQuery(id))
  const words: Record<Choice, string> = {
    html: t('preview.html'),
    plain: t('preview.plain'),
    desktop: t('preview.desktop'),
    phone: t('preview.phone'),
    light: t('preview.light'),
    dark: t('preview.dark'),
  }
  const note =
    sentAt === null
      ? t(state === 'queued' || state === 'sending' ? 'preview.notYet' : 'preview.neverSent')
      : templateChangedAt === null
        ? undefined
        : t('preview.changed', { when: formats.date(templateChangedAt) })
  const choice = <Value extends Choice>(
    label: string,
    values: readonly Value[],
    value: Value,
    onChange: (value: Value) => void,
  ) => (
    <SegmentedControl
      size="xs"
      aria-label={label}
      data={values.map((one) => ({ value: one, label: words[one] }))}
      value={value}
      onChange={onChange}
    />
  )
  return (
    <Panel
      title={t('preview.title')}
      actions={
        <Group gap="xs">
          {choice(t('preview.part'), PARTS, part, setPart)}
          {part === 'html' ? choice(t('preview.width'), WIDTHS, width, setWidth) : null}
          {part === 'html' ? choice(t('preview.scheme'), SCHEMES, scheme, setScheme) : null}
        </Group>
      }
    >
      {error ? (
        <Alert color="gray" title={t('preview.gone')}>
          {messageOf(error)}
        </Alert>
      ) : data ? (
        <Stack gap="sm">
          {note === undefined ? null : (
            <Text size="sm" c="dimmed">
              {note}
            </Text>
          )}
          <Text size="sm">
            <Text span c="dimmed" size="sm">
              {t('preview.subject')}:{' '}
            </Text>
            {message.subject ?? data.subject}
          </Text>
          <div className={classes.stage}>
            {part === 'plain' ? (
              // Long texts are read with the keyboard, too.
              <pre className={classes.text} tabIndex={0} aria-label={t('preview.plain')} role="region">
                {data.text}
              </pre>
            ) : (
              <iframe
                key={scheme}
                className={classes.frame}
                data-width={width}
                data-scheme={scheme}
                title={t('preview.frame', { subject: message.subject ?? data.subject })}
                src={mailPath(id, scheme)}
                sandbox=""
                referrerPolicy="no-referrer"
              />
            )}
          </div>
          <Text size="xs" c="dimmed">
            {t('preview.inert')}
          </Text>
        </Stack>
      ) : (
        <Skeleton height={420} aria-busy="true" />
      )}
    </Panel>
  )
}
