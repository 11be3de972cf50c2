import { Badge, Group, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PageLink } from '../../parts/PageLink.tsx'
import type { TemplateListed } from './templateQueries.ts'

/** Templates by their names: what mails are made of, and whether a draft waits. */
export function TemplateRows({ templates }: { templates: readonly TemplateListed[] }) {
  const { t } = useTranslation('templates')
  return (
    <Table verticalSpacing="xs" horizontalSpacing="xs" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('list.name')}</Table.Th>
          <Table.Th scope="col">{t('list.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {templates.map(({ name, uses, version, draft, isShipped }) => (
          <Table.Tr key={name}>
            <Table.Td>
              <PageLink
                to="/templates/$templateName"
                params={{ templateName: name }}
                search={{}}
                fw={550}
                size="sm"
                className="any-text"
              >
                {name}
              </PageLink>
            </Table.Td>
            <Table.Td>
              <Group gap={6}>
                {uses === null ? (
                  <Text size="sm" c="dimmed">
                    {t('state.none')}
                  </Text>
                ) : (
                  <Text size="sm" {...(uses === 'shipped' ? { c: 'dimmed' } : {})}>
                    {t(`state.${uses}`, { version: version ?? 0 })}
                    {uses === 'own' && isShipped ? ` · ${t('state.changed')}` : null}
                  </Text>
                )}
                {draft === null ? null : (
                  <Badge variant="light" color="orange" tt="none">
                    {t('state.draft')}
                  </Badge>
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
