import { List, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { PageLink } from '../../../parts/PageLink.tsx'

/** Which journeys and campaigns send a template. */
export function UsesPanel({ name }: { name: string }) {
  const { t } = useTranslation('template')
  const { data } = useQuery({
    queryKey: ['templates', 'uses', name],
    queryFn: () => ask(api.templates[':name'].uses.$get({ param: { name } })),
  })
  if (!data) return null
  const { journeys, campaigns } = data
  return (
    <section aria-label={t('uses.title')}>
      <Text size="sm" fw={600} mb={4}>
        {t('uses.title')}
      </Text>
      {journeys.length + campaigns.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('uses.nowhere')}
        </Text>
      ) : (
        <List size="sm">
          {journeys.map((journey) => (
            <List.Item key={journey.id}>
              <PageLink
                to="/journeys/$journeyId"
                params={{ journeyId: journey.id }}
                search={journey.steps[0] ? { step: journey.steps[0].id } : {}}
                size="sm"
                className="any-text"
              >
                {t('uses.journey', { name: journey.name })}
              </PageLink>
            </List.Item>
          ))}
          {campaigns.map((campaign) => (
            <List.Item key={campaign.id} className="any-text">
              {t('uses.campaign', { name: campaign.name })}
            </List.Item>
          ))}
        </List>
      )}
    </section>
  )
}
