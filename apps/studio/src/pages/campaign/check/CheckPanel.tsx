import { Alert, Button, List, Loader, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import type { CampaignPreview } from '../../campaigns/campaignQueries.ts'
import { useSkipReason } from '../watch/useSkipReason.ts'

/** Who would get it now, who would be skipped and why, and what is in the way. */
export function CheckPanel({
  preview,
  error,
  isChecking,
  isSaved,
  onAgain,
}: {
  preview: CampaignPreview | undefined
  error: Error | null
  isChecking: boolean
  /** What is checked is what the server has. */
  isSaved: boolean
  onAgain: () => void
}) {
  const { t } = useTranslation('campaigns')
  const { number, dateTime } = useFormats()
  const reasonOf = useSkipReason()
  const skipped = Object.entries(preview?.skipped.reasons ?? {}).toSorted(([, one], [, other]) => other - one)
  return (
    <Panel
      title={t('check.title')}
      actions={
        isChecking ? (
          <Loader size="xs" role="img" aria-label={t('check.title')} />
        ) : (
          <Button variant="subtle" size="compact-sm" onClick={onAgain} disabled={!isSaved}>
            {t('check.again')}
          </Button>
        )
      }
    >
      {isSaved ? null : (
        <Text size="sm" c="dimmed">
          {t('check.unsaved')}
        </Text>
      )}
      {error ? (
        <Alert color="red" className="any-text">
          {messageOf(error)}
        </Alert>
      ) : null}
      {preview ? (
        <>
          <div>
            <Text fw={700} fz={26} lh={1.2} className="figure">
              {t('check.recipients', { count: preview.recipients, formatted: number(preview.recipients) })}
            </Text>
            <Text size="sm" c="dimmed">
              {t('check.of', { count: preview.audience, formatted: number(preview.audience) })} ·{' '}
              {t('check.startAt', { when: dateTime(preview.startAt) })}
            </Text>
          </div>
          {preview.variants.length > 1 ? (
            <Table aria-label={t('check.perVariant')}>
              <Table.Tbody>
                {preview.variants.map(({ id, recipients }) => (
                  <Table.Tr key={id}>
                    <Table.Th scope="row">{t('variants.heading', { id })}</Table.Th>
                    <Table.Td ta="right" className="figure">
                      {number(recipients)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          ) : null}
          {skipped.length === 0 ? (
            <Text size="sm">{t('check.nobodySkipped')}</Text>
          ) : (
            <Table aria-label={t('check.skipped')} captionSide="top">
              <Table.Caption ta="left">{t('check.skipped')}</Table.Caption>
              <Table.Tbody>
                {skipped.map(([reason, people]) => (
                  <Table.Tr key={reason}>
                    <Table.Td>{reasonOf(reason)}</Table.Td>
                    <Table.Td ta="right" className="figure">
                      {number(people)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
          {preview.problems.length === 0 ? (
            <Text size="sm" c="var(--mantine-color-green-text)">
              {t('check.none')}
            </Text>
          ) : (
            <Alert color="red" title={t('check.problems')}>
              <List size="sm">
                {preview.problems.map(({ path, message }) => (
                  <List.Item key={`${path} ${message}`} className="any-text">
                    {message}
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
        </>
      ) : null}
    </Panel>
  )
}
