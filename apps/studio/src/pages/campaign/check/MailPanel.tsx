import { Button, Group, NativeSelect, SegmentedControl, Skeleton, Text, Alert } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { CustomerPick } from '../../template/preview/CustomerPick.tsx'
import { MailFrame } from '../../template/preview/MailFrame.tsx'
import { usePreview, type PreviewChoice } from '../../template/preview/usePreview.ts'
import { TestDialog } from '../../template/publish/TestDialog.tsx'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'
import { liveTemplateQuery, valueOf, type TemplateValue } from '../../templates/templateQueries.ts'
import { useCampaignEditing } from '../editor/campaignEditing.ts'
import { wordedAs } from './wordedAs.ts'

const WIDTHS = ['desktop', 'phone'] as const
const SCHEMES = ['light', 'dark'] as const
/** Whoever types sees the mail when they pause. */
const PAUSE = 500

/** The mail as a customer would get it: the template as it is, in the campaign's words. */
export function MailPanel() {
  const { t } = useTranslation('campaigns')
  const { campaign } = useCampaignEditing()
  const [place, setPlace] = useState(0)
  const variant = campaign.variants[place] ?? campaign.variants[0]
  const template = variant?.template ?? campaign.template ?? ''
  const { data, error } = useQuery({ ...liveTemplateQuery(template), enabled: template !== '' })
  const value = useMemo(
    () => data && wordedAs(valueOf(data.source), campaign.strings, variant?.strings ?? {}),
    [data, campaign.strings, variant?.strings],
  )
  const [shown] = useDebouncedValue(value, PAUSE)
  return (
    <Panel title={t('mail.title')}>
      {campaign.variants.length > 1 ? (
        <SegmentedControl
          size="xs"
          aria-label={t('mail.variant')}
          data={campaign.variants.map(({ id }, at) => ({ value: String(at), label: id }))}
          value={String(Math.min(place, campaign.variants.length - 1))}
          onChange={(next) => setPlace(Number(next))}
        />
      ) : null}
      {error ? (
        <Alert color="red" title={t('mail.gone')} className="any-text">
          {messageOf(error)}
        </Alert>
      ) : null}
      {value && shown ? (
        <Mail name={template} value={shown} written={value} />
      ) : error ? null : (
        <Skeleton height={320} aria-busy="true" />
      )}
    </Panel>
  )
}

function Mail({
  name,
  value,
  written,
}: {
  name: string
  value: TemplateValue
  /** What stands in the editor by now: a test sends it. */
  written: TemplateValue
}) {
  const { t } = useTranslation('campaigns')
  const nameOf = useLanguageNames()
  const [choice, setChoice] = useState<PreviewChoice>({ customerId: null, locale: null })
  const [width, setWidth] = useState<(typeof WIDTHS)[number]>('desktop')
  const [scheme, setScheme] = useState<(typeof SCHEMES)[number]>('light')
  const [isTesting, testing] = useDisclosure(false)
  const { data, error, isPlaceholderData } = usePreview(name, value, choice)
  return (
    <>
      <Group gap="xs" grow preventGrowOverflow={false} align="flex-end">
        <CustomerPick
          customerId={choice.customerId}
          onChange={(customerId) => setChoice({ ...choice, customerId })}
        />
        <NativeSelect
          size="xs"
          label={t('mail.language')}
          value={choice.locale ?? ''}
          onChange={({ currentTarget }) => setChoice({ ...choice, locale: currentTarget.value || null })}
          data={[
            { value: '', label: t('mail.theirs') },
            ...Object.keys(value.strings).map((locale) => ({ value: locale, label: nameOf(locale) })),
          ]}
        />
      </Group>
      <Group gap="xs" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t('mail.width')}
          data={WIDTHS.map((one) => ({ value: one, label: t(`mail.${one}`) }))}
          value={width}
          onChange={setWidth}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('mail.scheme')}
          data={SCHEMES.map((one) => ({ value: one, label: t(`mail.${one}`) }))}
          value={scheme}
          onChange={setScheme}
        />
      </Group>
      {error && !isPlaceholderData ? (
        <Alert color="red" title={t('mail.gone')} className="any-text">
          {messageOf(error)}
        </Alert>
      ) : null}
      {data ? (
        <>
          <Text size="sm" className="any-text">
            <Text span c="dimmed" size="sm">
              {t('mail.subject')}:{' '}
            </Text>
            {data.subject}
          </Text>
          <MailFrame
            html={data.html}
            scheme={scheme}
            width={width}
            title={t('mail.frame', { subject: data.subject })}
          />
          <Group justify="space-between" gap="xs">
            <Text size="xs" c="dimmed" flex={1} miw={200}>
              {t('mail.inert')}
            </Text>
            <Button variant="default" size="xs" onClick={testing.open}>
              {t('test.title')}
            </Button>
          </Group>
        </>
      ) : error ? null : (
        <Skeleton height={320} aria-busy="true" />
      )}
      {isTesting ? <TestDialog name={name} value={written} choice={choice} onClose={testing.close} /> : null}
    </>
  )
}
