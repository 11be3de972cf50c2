import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { useSession } from '../../session/useSession.ts'

/** What owners see; everybody else is told so. */
export function OwnersOnly({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['access', 'shell'])
  const { role } = useSession()
  if (role === 'owner') return children
  return (
    <Empty
      icon={<IconLock size={22} stroke={1.6} aria-hidden />}
      title={t('ownersOnly.title')}
      text={t('ownersOnly.text', { role: t(`roles.${role}`, { ns: 'shell' }) })}
    />
  )
}
