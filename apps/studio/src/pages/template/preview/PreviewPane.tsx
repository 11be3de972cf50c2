import {
  Box,
  Alert,
  Badge,
  Group,
  NativeSelect,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
} from '@mantine/core'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import type { TemplateValue } from '../../templates/templateQueries.ts'
import { ProblemList } from '../parts/ProblemList.tsx'
import type { TemplateProblem } from '../parts/useTemplateProblems.ts'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'
import { CustomerPick } from './CustomerPick.tsx'
import { MailFrame } from './MailFrame.tsx'
import classes from './PreviewPane.module.css'
import { usePreview, type PreviewChoice } from './usePreview.ts'

/** Mail programs cut what is longer. */
const MOST_KILOBYTES = 90
const SHOWN = ['desktop', 'phone', 'plain'] as const
const SCHEMES = ['light', 'dark'] as const

interface PreviewPaneProps {
  name: string
  /** As it stands once the writer pauses. */
  value: TemplateValue
  choice: PreviewChoice
  onChoose: (choice: PreviewChoice) => void
  problems: readonly TemplateProblem[]
  onJump: (problem: TemplateProblem) => void
}

/** The mail as a customer would get it now, and what is wrong with it. */
export const PreviewPane = memo(function PreviewPane(props: PreviewPaneProps) {
  const { name, value, choice, onChoose, problems, onJump } = props
  const { t } = useTranslation('template')
  const formats = useFormats()
  const nameOf = useLanguageNames()
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('desktop')
  const [scheme, setScheme] = useState<(typeof SCHEMES)[number]>('light')
  const { data, error, isPlaceholderData } = usePreview(name, value, choice)
  const kilobytes = data ? new Blob([data.html]).size / 1024 : 0
  // What this customer's mail lacks, besides what is wrong with all of them.
  const all = [
    ...problems,
    ...(data?.problems ?? []).filter(({ message }) => problems.every((one) => one.message !== message)),
  ]
  return (
    <Panel
      title={t('preview.title')}
      actions={
        data ? (
          <Badge
            variant="light"
            color={kilobytes > MOST_KILOBYTES ? 'red' : 'gray'}
            tt="none"
            title={t('preview.sizeText', { most: MOST_KILOBYTES })}
          >
            {t('preview.size', { size: formats.number(Math.ceil(kilobytes)), most: MOST_KILOBYTES })}
          </Badge>
        ) : null
      }
    >
      <Group gap="xs" grow preventGrowOverflow={false} align="flex-end">
        <CustomerPick
          customerId={choice.customerId}
          onChange={(customerId) => onChoose({ ...choice, customerId })}
        />
        <NativeSelect
          size="xs"
          label={t('preview.language')}
          value={choice.locale ?? ''}
          onChange={({ currentTarget }) =>
            onChoose({ ...choice, locale: currentTarget.value === '' ? null : currentTarget.value })
          }
          data={[
            { value: '', label: t('preview.theirs') },
            ...Object.keys(value.strings).map((locale) => ({ value: locale, label: nameOf(locale) })),
          ]}
        />
      </Group>
      <Group gap="xs" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t('preview.shown')}
          data={SHOWN.map((one) => ({ value: one, label: t(`preview.as.${one}`) }))}
          value={shown}
          onChange={setShown}
        />
        {shown === 'plain' ? null : (
          <SegmentedControl
            size="xs"
            aria-label={t('preview.scheme')}
            data={SCHEMES.map((one) => ({ value: one, label: t(`preview.${one}`) }))}
            value={scheme}
            onChange={setScheme}
          />
        )}
      </Group>
      {error && !isPlaceholderData ? (
        <Alert color="red" title={t('preview.failed')}>
          <Text size="sm" className="any-text">
            {messageOf(error)}
          </Text>
        </Alert>
      ) : null}
      {data ? (
        <Stack gap="xs" aria-busy={isPlaceholderData}>
          <div className={classes.inbox} role="group" aria-label={t('preview.inbox')}>
            <Text size="sm" fw={650} className="any-text" lineClamp={2}>
              {data.subject}
            </Text>
            <Text size="xs" c="dimmed" className="any-text" lineClamp={2}>
              {data.preheader}
            </Text>
          </div>
          {shown === 'plain' ? (
            // Long texts are read with the keyboard, too.
            <pre className={classes.text} tabIndex={0} role="region" aria-label={t('preview.as.plain')}>
              {data.text}
            </pre>
          ) : (
            // Words of ours stay legible, also while they are out of date.
            <Box opacity={isPlaceholderData || error ? 0.75 : 1}>
              <MailFrame
                html={data.html}
                scheme={scheme}
                width={shown}
                title={t('preview.frame', { subject: data.subject })}
              />
            </Box>
          )}
        </Stack>
      ) : error instanceof ApiProblem ? null : (
        <Skeleton height={420} aria-busy="true" />
      )}
      <section aria-label={t('checks.title')}>
        <ProblemList problems={all} onJump={onJump} />
      </section>
    </Panel>
  )
})
