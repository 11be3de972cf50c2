import { Badge, Group, Stack, Text } from '@mantine/core'
import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import classes from './CustomerPage.module.css'
import { mailQuery, type CustomerDetail } from './customerQueries.ts'

const SHOWN_BROWSERS = 3

function Identity({ value, isProven }: { value: string; isProven: boolean }) {
  const { t } = useTranslation('customer')
  const Icon = isProven ? IconShieldCheck : IconShieldQuestion
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Icon size={16} stroke={1.6} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <Text size="sm" truncate title={value}>
        {value}
      </Text>
      <Badge size="xs" variant="default" tt="none" style={{ flexShrink: 0 }}>
        {t(isProven ? 'who.proven' : 'who.claimed')}
      </Badge>
    </Group>
  )
}

/** By what a customer is known, what of it is proven, in which language, and where they came from. */
export function WhoPanel({ customer }: { customer: CustomerDetail }) {
  const { t, i18n } = useTranslation('customer')
  const formats = useFormats()
  const { data: mail } = useQuery(mailQuery(customer.id))
  const { identities, claims, sources, merges, consent } = customer
  const browsers = identities.filter(({ kind }) => kind === 'anonymousId')
  const named = identities.filter(({ kind }) => kind !== 'anonymousId')
  const languages = new Intl.DisplayNames([i18n.language], { type: 'language' })
  const regions = new Intl.DisplayNames([i18n.language], { type: 'region' })
  const claimed = Object.values(claims).filter((value) => value !== undefined)
  const languageOf = (tag: string) => {
    try {
      return languages.of(tag) ?? tag
    } catch {
      return tag
    }
  }
  return (
    <Panel title={t('who.title')}>
      <dl className={classes['facts']}>
        <dt>{t('who.identities')}</dt>
        <dd>
          <Stack gap={4}>
            {named.map(({ kind, value }) => (
              <Identity key={`${kind} ${value}`} value={value} isProven />
            ))}
            {claimed.map((value) => (
              <Identity key={value} value={value} isProven={false} />
            ))}
            {named.length + claimed.length === 0 ? <span>{t('who.nobody')}</span> : null}
          </Stack>
        </dd>
        <dt>{t('who.browsers')}</dt>
        <dd>
          {browsers.length === 0 ? '–' : null}
          {browsers.slice(0, SHOWN_BROWSERS).map(({ value }) => (
            <Text key={value} size="sm" ff="monospace" truncate title={value}>
              {value}
            </Text>
          ))}
          {browsers.length > SHOWN_BROWSERS
            ? t('who.moreBrowsers', { count: browsers.length - SHOWN_BROWSERS })
            : null}
        </dd>
        {mail ? (
          <>
            <dt>{t('who.language')}</dt>
            <dd>
              {languageOf(mail.locale.value)}
              <Text size="xs" c="dimmed">
                {t(`who.from.${mail.locale.from}`)}
              </Text>
            </dd>
            <dt>{t('who.timeZone')}</dt>
            <dd>
              {mail.timeZone.value}
              <Text size="xs" c="dimmed">
                {t(`who.from.${mail.timeZone.from}`)}
              </Text>
            </dd>
          </>
        ) : null}
        {consent.country === null ? null : (
          <>
            <dt>{t('who.country')}</dt>
            <dd>{regions.of(consent.country) ?? consent.country}</dd>
          </>
        )}
        {sources.first ? (
          <>
            <dt>{t('who.cameFrom')}</dt>
            <dd>
              {[sources.first.source, sources.first.medium, sources.first.campaign]
                .filter((part) => part !== null)
                .join(' / ')}
              <Text size="xs" c="dimmed">
                {formats.date(sources.first.at)}
              </Text>
            </dd>
          </>
        ) : null}
        {merges.length > 0 ? (
          <>
            <dt>{t('who.merges')}</dt>
            <dd>{t('who.mergedFrom', { count: merges.length })}</dd>
          </>
        ) : null}
      </dl>
    </Panel>
  )
}
