import { IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './SectionsEditor.module.css'

/**
 * A picture of this server; those of others, and names that each mail fills, are only said, since the studio loads
 * nothing from elsewhere.
 */
export function PictureView({ src }: { src: string }) {
  const { t } = useTranslation('template')
  const [failed, setFailed] = useState<string>()
  const own = ownPath(src)
  return own === undefined || failed === src ? (
    <div className={classes.picture}>
      <IconPhoto size={28} stroke={1.4} aria-hidden />
      <span>{t('sections.noPicture')}</span>
      <span className={classes.address}>{src}</span>
    </div>
  ) : (
    <img className={classes.image} src={own} alt="" onError={() => setFailed(src)} />
  )
}

function ownPath(src: string): string | undefined {
  if (!URL.canParse(src)) return undefined
  const { origin, pathname } = new URL(src)
  return origin === location.origin ? pathname : undefined
}
