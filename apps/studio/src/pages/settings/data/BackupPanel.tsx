import { Button, Skeleton, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import { CopyValue } from '../CopyValue.tsx'
import { useMayChange } from '../useMayChange.ts'

const MEGABYTE = 1024 * 1024

/** The whole database as a file, or the command that makes one. */
export function BackupPanel() {
  const { t, i18n } = useTranslation('settings')
  const isOwner = useMayChange('backup')
  const { data, error, refetch } = useQuery({
    queryKey: ['backup'],
    queryFn: () => ask(api.backup.index.$get()),
    enabled: isOwner,
  })
  const size = (bytes: number) =>
    new Intl.NumberFormat(i18n.language, {
      style: 'unit',
      unit: 'megabyte',
      maximumFractionDigits: 1,
    }).format(Math.max(bytes / MEGABYTE, 0.1))
  return (
    <Panel title={t('backup.title')} text={t('backup.text')}>
      {isOwner ? null : <Text size="sm">{t('backup.ownerOnly')}</Text>}
      {error ? <Failure error={error} reset={() => void refetch()} /> : null}
      {isOwner && !data && !error ? <Skeleton height={60} aria-busy="true" /> : null}
      {data ? (
        <>
          {data.database === 'sqlite' && data.bytes !== null ? (
            <Button
              component="a"
              href="/api/backup/file"
              download
              variant="default"
              w="fit-content"
              leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
            >
              {t('backup.download', { size: size(data.bytes) })}
            </Button>
          ) : (
            <Text size="sm">{t('backup.postgres')}</Text>
          )}
          <Text size="sm">{t('backup.orCommand')}</Text>
          <CopyValue label={t('backup.command')} value={data.command} />
          <Text size="xs" c="dimmed">
            {t('backup.secret')}
          </Text>
        </>
      ) : null}
    </Panel>
  )
}
