import { Anchor, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../api/contract.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { useCampaignWords } from '../../campaigns/useCampaignWords.ts'
import { durationText } from '../../segments/rule/durations.ts'

/** How a campaign was set up when it was started: nothing of it changes any more. */
export function SetUpPanel({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation('campaigns')
  const words = useCampaignWords()
  const { template, variants, topic, sender, expiresAfter, onCap } = campaign
  const templates = [
    ...new Set(
      [template, ...variants.map((variant) => variant.template)].filter((name) => name !== undefined),
    ),
  ]
  const rows = [
    [t('fields.audience'), words.audience(campaign)],
    [
      t('fields.template'),
      templates.map((name) => (
        <Anchor
          key={name}
          size="sm"
          mr="sm"
          renderRoot={(props) => (
            <Link to="/templates/$templateName" params={{ templateName: name }} {...props} />
          )}
        >
          {name}
        </Anchor>
      )),
    ],
    [
      t('fields.variants'),
      variants.length === 0 ? t('steps.summary.noVariants') : variants.map(({ id }) => id).join(', '),
    ],
    [t('fields.topic'), topic ?? t('content.noTopic')],
    [t('fields.sender'), sender ?? t('content.mainSender')],
    [t('fields.schedule'), words.schedule(campaign)],
    [
      t('fields.expiresAfter'),
      expiresAfter === null ? t('time.expiresSettings') : durationText(expiresAfter, i18n.language),
    ],
    [t('fields.onCap'), onCap === 'skip' ? t('time.capSkip') : t('time.capPostpone')],
  ] as const
  return (
    <Panel title={t('watch.setUp')}>
      <Table verticalSpacing="xs">
        <Table.Tbody>
          {rows.map(([word, text]) => (
            <Table.Tr key={word}>
              <Table.Th scope="row" w={{ base: 120, sm: 220 }}>
                {word}
              </Table.Th>
              <Table.Td className="any-text">{text}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}
